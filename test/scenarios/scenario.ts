import { copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { Figures } from "../../src/core/review/figures/figures.ts";
import { type Result, copyOf, filesIn, overpace, write } from "../support/world.ts";

const here = import.meta.dirname;
const fixtures = join(here, "../fixtures/focus");

const schema = z.strictObject({
  about: z.string(),
  /** The review date of the one run … */
  asOf: z.string().optional(),
  /** … or several runs, each with the folder that it finds as `costs/`. */
  runs: z.array(z.strictObject({ asOf: z.string(), costs: z.string() })).optional(),
  /** A file of test/fixtures/focus that becomes `costs/costs.csv`. */
  fixture: z.string().optional(),
  /** False where a source failed, which the ledger does not know. */
  ledgerAlone: z.boolean().default(true),
});

interface Run {
  readonly asOf: string;
  readonly costs: string;
}

/** A folder here with a `scenario.json`: configuration, costs, and what must come of them. */
export interface Scenario {
  readonly name: string;
  readonly about: string;
  readonly runs: readonly Run[];
  readonly fixture: string | undefined;
  readonly ledgerAlone: boolean;
}

function read(name: string): Scenario {
  const { about, asOf, runs, fixture, ledgerAlone } = schema.parse(JSON.parse(readFileSync(join(here, name, "scenario.json"), "utf8")));
  return { name, about, runs: runs ?? [{ asOf: asOf ?? "", costs: "costs" }], fixture, ledgerAlone };
}

export const scenarios: readonly Scenario[] = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "made")
  .map((entry) => read(entry.name))
  .toSorted((a, b) => (a.name < b.name ? -1 : 1));

export function scenarioNamed(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (!found) throw new Error(`no scenario ${name}`);
  return found;
}

/** A copy of a scenario in a temporary folder, without what must come of it and before the first run. */
export function prepare({ name, fixture }: Scenario): string {
  const folder = copyOf(join(here, name));
  rmSync(join(folder, "expected"), { recursive: true, force: true });
  if (fixture === undefined) return folder;
  mkdirSync(join(folder, "costs"));
  copyFileSync(join(fixtures, fixture), join(folder, "costs", "costs.csv"));
  return folder;
}

export function deliver(folder: string, { costs }: Run): void {
  if (costs === "costs") return;
  rmSync(join(folder, "costs"), { recursive: true, force: true });
  cpSync(join(folder, costs), join(folder, "costs"), { recursive: true });
}

/** What the runs of a scenario gave. */
export interface Played {
  readonly folder: string;
  /** The results of `weekly`, in order. */
  readonly results: readonly Result[];
  /** The same commands directly afterwards, as JSON, and the files they left. */
  readonly again: readonly { readonly result: Result; readonly before: Record<string, string>; readonly after: Record<string, string> }[];
  /** The text of the last review. */
  readonly review: string;
  readonly figures: Figures;
  /** The figures from the ledger alone. */
  readonly ledgerFigures: Figures;
  /** All that must stay the same: reviews, ledger, figures, what was said. */
  readonly outcome: Record<string, string>;
}

async function figuresOf(folder: string, asOf: string, ...more: string[]): Promise<Figures> {
  const { code, out, err } = await overpace(folder, ["analyze", "--json", "--as-of", asOf, ...more]);
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as Figures;
}

async function play(scenario: Scenario): Promise<Played> {
  const folder = prepare(scenario);
  const reviews = join(folder, "reviews");
  const [results, again]: [Result[], Played["again"][number][]] = [[], []];
  for (const run of scenario.runs) {
    deliver(folder, run);
    const words = ["weekly", "--as-of", run.asOf];
    results.push(await overpace(folder, words));
    const before = filesIn(reviews);
    again.push({ before, result: await overpace(folder, [...words, "--json"]), after: filesIn(reviews) });
  }
  const { asOf = "" } = scenario.runs.at(-1) ?? {};
  const figures = await figuresOf(folder, asOf);
  const files = filesIn(reviews);
  const said = results.map(({ out, err }) => `${err}${out}`).join("\n");
  return {
    folder,
    results,
    again,
    figures,
    review: files[`${figures.id.slice(0, 4)}/${figures.id}.md`] ?? "",
    ledgerFigures: await figuresOf(folder, asOf, "--no-fetch"),
    outcome: {
      "figures.json": `${JSON.stringify(figures, null, 2)}\n`,
      "said.txt": said,
      ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`reviews/${name}`, text])),
    },
  };
}

const known = new Map<string, Promise<Played>>();

/** Plays a scenario, once for all tests of a file. */
export function played(scenario: Scenario): Promise<Played> {
  const result = known.get(scenario.name) ?? play(scenario);
  known.set(scenario.name, result);
  return result;
}

/** What must come of a scenario; `OVERPACE_UPDATE=1` takes what came instead. */
export function expectedOf({ name }: Scenario, outcome: Record<string, string>): Record<string, string> {
  const folder = join(here, name, "expected");
  if (process.env["OVERPACE_UPDATE"] === "1") {
    rmSync(folder, { recursive: true, force: true });
    write(folder, outcome);
  }
  return filesIn(folder);
}

/** The files of a scenario as they stand here. */
export function filesOf({ name }: Scenario): Record<string, string> {
  return filesIn(join(here, name));
}

/** The golden files of a scenario; `scenarios.test.ts` sees to it that the program gives them. */
export interface Golden {
  readonly figures: Figures;
  /** The last review. */
  readonly review: string;
  readonly said: string;
  /** All of them by name. */
  readonly files: Record<string, string>;
  /** The text of the costs that the last run read. */
  readonly costs: string;
}

export function goldenOf(name: string): Golden {
  const scenario = scenarioNamed(name);
  const files = filesIn(join(here, name, "expected"));
  const figures = JSON.parse(files["figures.json"] ?? "") as Figures;
  const review = files[`reviews/${figures.id.slice(0, 4)}/${figures.id}.md`] ?? "";
  const costs =
    scenario.fixture === undefined
      ? (filesOf(scenario)[`${scenario.runs.at(-1)?.costs}/all.csv`] ?? "")
      : readFileSync(join(fixtures, scenario.fixture), "utf8");
  return { figures, review, said: files["said.txt"] ?? "", files, costs };
}
