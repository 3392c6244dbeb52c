import { expect, test } from "vitest";
import { overpace } from "../support/world.ts";
import { project, weekly } from "../scenarios/project.ts";
import { whileReading } from "../../src/sources/reading.ts";
import { sizeText } from "../../src/shell/progress.ts";

test("on a terminal one line says what is read and how far it is, and goes away again, after a failure too", async () => {
  const said: string[] = [];
  let time = 0;
  const world = {
    env: {},
    cwd: ".",
    now: () => new Date((time += 60)),
    write() {},
    log: (text: string) => void said.push(text),
    isTerminal: true,
    fetch,
    second: 0,
  };
  const reading = whileReading(world, "costs\u001B[31m", ["/nowhere/a.csv", "/nowhere/b.csv"], async (told) => {
    // The clock moves 60 ms a call: every second one is less than 100 ms after the one before.
    for (const percent of [10.4, 20, 30.6]) told?.(percent);
    throw new Error("broken");
  });
  await expect(reading).rejects.toThrow("broken");
  expect(said).toEqual(["\r\u001B[Kcosts [31m: reading 2 files, 0 B", "\r\u001B[Kcosts [31m: reading 2 files, 0 B (20 %)", "\r\u001B[K"]);
});

test("elsewhere nothing is written", async () => {
  expect((await overpace(project(), [...weekly, "--json"])).err).toBe("");
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [848_851_663, "848.9 MB"],
  [9_226_000_000, "9.2 GB"],
  [5e15, "5000.0 TB"],
])("%d bytes are %s", (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
