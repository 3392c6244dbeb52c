import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One finished process: seconds of wall and CPU time, peak memory in MiB, what it printed. */
export interface Run {
  readonly wall: number;
  readonly cpu: number;
  readonly peak: number;
  readonly output: string;
}

const usageHook = new URL("usage.mjs", import.meta.url).href;
const usageFile = join(mkdtempSync(join(tmpdir(), "overpace-bench-")), "usage.json");

/** Runs `node` with the given words to its end. @throws when it ends with another code than the one wanted. */
export function runNode(words: readonly string[], cwd: string, wanted = 0): Run {
  const env = { ...process.env, BENCH_USAGE: usageFile, NODE_EXTRA_CA_CERTS: undefined };
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", usageHook, ...words], {
    cwd,
    env,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const wall = (performance.now() - start) / 1000;
  if (status !== wanted) throw new Error(`${words.join(" ")} ended with ${status}: ${stderr}`);
  const { cpu, peak } = JSON.parse(readFileSync(usageFile, "utf8")) as { cpu: number; peak: number };
  return { wall, cpu, peak, output: stdout };
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Medians of both sides and of the ratios a/b, pair by pair, after one uncounted pair. */
export interface Pair {
  readonly a: Run;
  readonly b: Run;
  readonly wall: number;
  readonly cpu: number;
  readonly peak: number;
}

export function pair(a: () => Run, b: () => Run, pairs: number): Pair {
  a();
  b();
  const runs = Array.from({ length: pairs }, () => ({ a: a(), b: b() }));
  const middle = (pick: (run: { a: Run; b: Run }) => number) => medianOf(runs.map(pick));
  const side = (name: "a" | "b"): Run => ({
    wall: middle((run) => run[name].wall),
    cpu: middle((run) => run[name].cpu),
    peak: middle((run) => run[name].peak),
    output: runs[0]?.[name].output ?? "",
  });
  return {
    a: side("a"),
    b: side("b"),
    wall: middle((run) => run.a.wall / run.b.wall),
    cpu: middle((run) => run.a.cpu / run.b.cpu),
    peak: middle((run) => run.a.peak / run.b.peak),
  };
}
