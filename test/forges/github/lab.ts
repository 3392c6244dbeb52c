import { charge, focusCsv } from "../../support/focus.ts";
import { options, serve, weekly as permissions } from "../../support/github/lab.ts";
import type { GitHub } from "../../support/github/server.ts";
import type { RepoOptions } from "../../support/github/setup.ts";
import { folderWith, overpace } from "../../support/world.ts";

const yaml = "owners: { engineering: { login: octocat }, product: { login: hubot } }\nsources: [{ type: focus, path: costs/*.csv }]\n";
const plan = 'currency: USD\nmonths: { "2026-11": 3000 }\n';
const day = (index: number) => `2026-11-${String(index + 1).padStart(2, "0")}`;
export const costs = (days: number, last = 100) =>
  focusCsv(Array.from({ length: days }, (_, index) => charge(day(index), "OpenAI", "Inference", (index === days - 1 ? last : 100) * 100)));
/** What stands in the folder of the run. */
export const files = { "config/overpace.yaml": yaml, "config/plan.yaml": plan, "costs/a.csv": costs(22) };
export const review = "reviews/2026/2026-W47.md";
export const branch = "overpace/2026-W47";

/** What a run did; `json` is what it printed, empty when it printed nothing. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly json: Record<string, unknown>;
}

export interface Lab {
  readonly github: GitHub;
  readonly folder: string;
  /** The review of 2026-11-23, unless `--as-of` says otherwise. */
  readonly run: (...words: string[]) => Promise<Ran>;
  /** What it prints for people. */
  readonly said: () => Promise<string>;
  /** The run of a schedule: without `--as-of`, at this time. */
  readonly scheduled: (now: string) => Promise<Ran>;
}

/** A GitHub with `acme/app`, a folder with configuration and costs, and the weekly run from one to the other. */
export async function lab(repo: RepoOptions = {}, env: Record<string, string> = {}): Promise<Lab> {
  const github = await serve(options(repo));
  const folder = folderWith(files);
  const world = {
    GITHUB_TOKEN: github.token({ actions: "acme/app", permissions }),
    GITHUB_REPOSITORY: "acme/app",
    GITHUB_API_URL: github.url,
    ...env,
  };
  const weekly = (words: readonly string[], setting: { now?: string }) =>
    overpace(folder, ["weekly", "--publish", "github", ...words], { env: world, ...setting });
  const ran = async (words: readonly string[], setting: { now?: string }): Promise<Ran> => {
    const result = await weekly(["--json", ...words], setting);
    return { ...result, json: result.out === "" ? {} : (JSON.parse(result.out) as Record<string, unknown>) };
  };
  return {
    github,
    folder,
    run: (...words) => ran(["--as-of", "2026-11-23", ...words], {}),
    said: async () => (await weekly(["--as-of", "2026-11-23"], {})).out,
    scheduled: (now) => ran([], { now }),
  };
}

/** Marks a pull request as ready for review, as a person does with a click. */
export async function ready({ github }: Lab, number: number): Promise<void> {
  const pull = (await github.repo("acme/app").pulls()).find((issue) => issue.number === number)?.pull;
  if (!pull) throw new Error(`there is no pull request ${number}`);
  pull.draft = false;
}
