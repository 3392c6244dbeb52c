/**
 * Measures overpace against its peers in the same run and prints ratios as Markdown: `npm run bench` (all), `npm run bench -- ingest`,
 * `npm run bench -- startup`. BENCH_ROWS (default 1,000,000) and BENCH_PAIRS (default 5) change the size. Build first: npm run build.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Pair, type Run, pair, runNode } from "./measure.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const cli = resolve(root, "dist/cli.js");
const rows = Number(process.env["BENCH_ROWS"] ?? 1_000_000);
const pairs = Number(process.env["BENCH_PAIRS"] ?? 5);
const only = process.argv.slice(2);
const wanted = (name: string) => only.length === 0 || only.includes(name);

const fixed = (value: number, digits = 2) => value.toFixed(digits);
const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
const print = (text: string) => process.stdout.write(text);

function pairLine(name: string, against: string, { a, b, wall, cpu, peak }: Pair): string {
  return line([
    name,
    against,
    fixed(wall),
    fixed(cpu),
    fixed(peak),
    `${fixed(a.wall, 3)} / ${fixed(b.wall, 3)} s`,
    `${fixed(a.peak, 0)} / ${fixed(b.peak, 0)} MiB`,
  ]);
}

function header(): void {
  print(
    line(["Measured", "against", "wall ratio", "CPU ratio", "peak ratio", "wall", "peak"]) +
      line(["---", "---", "---:", "---:", "---:", "---:", "---:"]),
  );
}

function sameTotal(ours: Run, peer: Run): void {
  const total = (JSON.parse(ours.output) as { last7: { total: string } }).last7.total;
  const theirs = peer.output.trim().split(", ")[1];
  if (total !== theirs) throw new Error(`overpace says ${total}, the peer says ${theirs}`);
}

function ingest(): void {
  const folder = mkdtempSync(join(tmpdir(), "overpace-bench-"));
  const file = join(folder, "costs.csv");
  mkdirSync(join(folder, "config"));
  writeFileSync(
    join(folder, "config/overpace.yaml"),
    "owners: { engineering: { login: octocat }, product: { login: hubot } }\nsources: [{ type: focus, path: costs.csv }]\n",
  );
  runNode([resolve(root, "bench/make-focus.ts"), String(rows), file], root);
  const ours = () =>
    runNode(
      [cli, "analyze", "--json", "--as-of", "2026-11-01", "--config", join(folder, "config"), "--reviews", join(folder, "reviews")],
      root,
    );
  const bare = () => runNode([resolve(root, "bench/peers/duckdb.ts"), file], root);
  sameTotal(ours(), bare());
  print(`\n${rows} rows of FOCUS CSV → figures\n\n`);
  header();
  const result = pair(ours, bare, pairs);
  print(pairLine("`analyze --json`, the whole process", "the same aggregation bare in DuckDB", result));
  for (const parser of ["papaparse", "csv-parse"]) {
    const peer = runNode([resolve(root, "bench/peers/csv.ts"), parser, file], root);
    sameTotal(ours(), peer);
    const { a } = result;
    print(
      line([
        "the same",
        `${parser} streaming, one run`,
        fixed(a.wall / peer.wall),
        fixed(a.cpu / peer.cpu),
        fixed(a.peak / peer.peak),
        `${fixed(a.wall, 3)} / ${fixed(peer.wall, 3)} s`,
        `${fixed(a.peak, 0)} / ${fixed(peer.peak, 0)} MiB`,
      ]),
    );
  }
  rmSync(folder, { recursive: true });
}

function startup(): void {
  const hello = () => runNode([resolve(root, "bench/peers/hello.mjs")], root);
  const bundled =
    (...words: string[]) =>
    () =>
      runNode([cli, ...words], root);
  print("\nStart-up of the bundle, on the project's own reviews\n\n");
  header();
  const many = pairs * 3;
  print(pairLine("`--help`", "bare Node", pair(bundled("--help"), hello, many)));
  print(pairLine("`check`, one file", "bare Node", pair(bundled("check", "reviews/2026/2026-W46.md"), hello, many)));
  print(
    pairLine(
      "`analyze --no-fetch`, four weeks of ledger",
      "bare Node",
      pair(bundled("analyze", "--no-fetch", "--as-of", "2026-11-16"), hello, many),
    ),
  );
}

if (wanted("startup")) startup();
if (wanted("ingest")) ingest();
