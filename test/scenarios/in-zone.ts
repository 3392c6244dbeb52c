import { join } from "node:path";
import { endFile } from "../support/afterwards.ts";
import { filesIn, overpace } from "../support/world.ts";
import { deliver, prepare, scenarioNamed } from "./scenario.ts";

/** Plays scenarios in a process of their own, and prints what came of each: `node in-zone.ts NAME…`, with a time zone in `TZ`. */

async function ran(folder: string, ...words: string[]): Promise<string> {
  const { code, out, err } = await overpace(folder, words);
  if (code !== 0) throw new Error(err);
  return out;
}

async function bytesOf(name: string): Promise<Record<string, string>> {
  const scenario = scenarioNamed(name);
  const folder = prepare(scenario);
  const last = scenario.runs.at(-1)?.asOf ?? "";
  for (const step of scenario.runs) {
    deliver(folder, step);
    await ran(folder, "weekly", "--as-of", step.asOf);
  }
  const figures = JSON.parse(await ran(folder, "analyze", "--json", "--as-of", last)) as unknown;
  const reviews = Object.entries(filesIn(join(folder, "reviews"))).map(([file, text]) => [`reviews/${file}`, text] as const);
  return { "figures.json": `${JSON.stringify(figures, null, 2)}\n`, ...Object.fromEntries(reviews) };
}

const found: Record<string, Record<string, string>> = {};
for (const name of process.argv.slice(2)) found[name] = await bytesOf(name);
await endFile();
process.stdout.write(JSON.stringify({ hours: new Date(2026, 0).getTimezoneOffset() / 60, found }));
