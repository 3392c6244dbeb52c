import { execFileSync } from "node:child_process";
import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { overpace } from "../support/world.ts";
import { config, project, weekly } from "./project.ts";

/** A named pipe waits for whoever writes into it, and a device may never end: neither is read. */

const pipe = (path: string) => void execFileSync("mkfifo", [path]);
const device = (path: string) => symlinkSync("/dev/null", path);
const metric = `${config}metrics:\n  - { name: tickets, type: csv, path: costs/tickets.txt }\n`;
test.each([
  ["a pipe as the plan", "config/plan.yaml", pipe, 2, config],
  ["a device as the configuration", "config/overpace.yaml", device, 2, config],
  ["a pipe among the costs", "costs/all.csv", pipe, 3, config.replace("*.csv", "all.csv")],
  ["a device behind a link among the costs", "costs/more.csv", device, 3, config],
  ["a pipe as a metric", "costs/tickets.txt", pipe, 0, metric],
])("%s", async (_, file, make, code, settings) => {
  const folder = project({ "config/overpace.yaml": settings });
  rmSync(join(folder, file), { force: true });
  make(join(folder, file));
  const { code: ended, err } = await overpace(folder, weekly);
  expect(ended).toBe(code);
  expect(err.replace(/\n {2}(?:at|do): /g, " ")).toMatch(
    code === 0
      ? `${file}: is a named pipe, a socket or a device, not a file – put a plain file in its place`
      : `error: is a named pipe, a socket or a device, not a file ${file} put a plain file in its place`,
  );
});
