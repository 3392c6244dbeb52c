import { expect, test } from "vitest";
import { progressOn, sizeText } from "../../src/shell/progress.ts";
import { whileReading } from "../../src/sources/reading.ts";
import { project, weekly } from "../scenarios/project.ts";
import { overpace } from "../support/world.ts";

const terminal = () => {
  const said: string[] = [];
  const now = () => new Date(0);
  const world = { env: {}, cwd: ".", now, write() {}, log: (text: string) => void said.push(text), isTerminal: true, fetch, second: 0 };
  return { said, world };
};

test("on a terminal one line says what is read, and goes away again after a failure too", async () => {
  const { said, world } = terminal();
  const reading = whileReading(world, "costs\u001B[31m", ["/nowhere/a.csv", "/nowhere/b.csv"], () => Promise.reject(new Error("broken")));
  await expect(reading).rejects.toThrow("broken");
  expect(said).toEqual(["\r\u001B[Kcosts [31m: reading 2 files, 0 B", "\r\u001B[K"]);
});

test("the line changes at most ten times a second, and what stays stands above it", () => {
  const { said, world } = terminal();
  let time = 0;
  const progress = progressOn(world, () => (time += 60));
  for (const text of ["1", "2", "3", "4"]) progress.show(text);
  progress.say("done");
  progress.end();
  progress.end();
  expect(said).toEqual(["\r\u001B[K1", "\r\u001B[K3", "\r\u001B[Kdone\n", "\r\u001B[K"]);
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
