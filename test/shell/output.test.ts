import { spawn } from "node:child_process";
import { existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { project } from "../scenarios/project.ts";
import { charge, focusCsv } from "../support/focus.ts";

/** What becomes of output that goes where nobody takes it, or nothing has room. */

const cli = join(import.meta.dirname, "../../src/cli.ts");

/** Starts overpace on a project with far more to print than a pipe holds. */
function started(stdout: "pipe" | number) {
  const services = Array.from({ length: 1500 }, (_, index) => charge("2026-11-20", "AWS", `Service ${index}`, 10_000));
  const folder = project({ "costs/all.csv": focusCsv(services) });
  return spawn(process.execPath, [cli, "analyze", "--json", "--as-of", "2026-11-23"], { cwd: folder, stdio: ["ignore", stdout, "pipe"] });
}

const ended = (child: ReturnType<typeof started>) => new Promise<number | null>((done) => child.once("close", done));

describe("what is printed", () => {
  test("comes whole through a pipe that is read slowly", async () => {
    const child = started("pipe");
    const code = ended(child);
    await new Promise((later) => setTimeout(later, 1500));
    const { deltas } = JSON.parse(await text(child.stdout as NodeJS.ReadableStream)) as { deltas: unknown[] };
    expect([await code, deltas.length]).toEqual([0, 1504]);
  });

  test("may be cut off by whoever has read enough", async () => {
    const child = started("pipe");
    const [code, said] = [ended(child), text(child.stderr as NodeJS.ReadableStream)];
    child.stdout?.once("data", () => child.stdout?.destroy());
    expect([await code, await said]).toEqual([0, ""]);
  });

  test.skipIf(!existsSync("/dev/full"))("is told as not written where there is no room (needs /dev/full)", async () => {
    const child = started(openSync("/dev/full", "w"));
    const [code, said] = [ended(child), text(child.stderr as NodeJS.ReadableStream)];
    expect([await code, await said]).toEqual([
      3,
      "error: cannot write what is to be printed (ENOSPC)\n  do: make room where it goes, or print it elsewhere\n",
    ]);
  });
});
