import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { filesIn } from "../support/world.ts";
import { deliver, goldenOf, prepare, scenarioNamed } from "./scenario.ts";

/** The program as people start it, in zones where UTC midnight is another day: the same bytes as the goldens have, which are made in UTC. */

const cli = join(import.meta.dirname, "../../src/cli.ts");
const run = promisify(execFile);

async function overpace(folder: string, zone: string, ...words: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [cli, ...words], {
    cwd: folder,
    env: { ...process.env, TZ: zone, LC_ALL: "de_DE.UTF-8" },
  });
  return stdout;
}

async function bytesIn(zone: string, name: string): Promise<Record<string, string>> {
  const scenario = scenarioNamed(name);
  const folder = prepare(scenario);
  const last = scenario.runs.at(-1)?.asOf ?? "";
  for (const step of scenario.runs) {
    deliver(folder, step);
    await overpace(folder, zone, "weekly", "--as-of", step.asOf);
  }
  const figures = JSON.parse(await overpace(folder, zone, "analyze", "--json", "--as-of", last)) as unknown;
  const reviews = Object.entries(filesIn(join(folder, "reviews"))).map(([file, text]) => [`reviews/${file}`, text] as const);
  return { "figures.json": `${JSON.stringify(figures, null, 2)}\n`, ...Object.fromEntries(reviews) };
}

describe.each(["real-focus-1.0", "week-53", "monthly-fees"])("%s", (name) => {
  test.concurrent.each(["America/Los_Angeles", "Pacific/Auckland"])("%s", async (zone) => {
    const { "said.txt": _, ...expected } = goldenOf(name).files;
    expect(await bytesIn(zone, name)).toEqual(expected);
  });
});
