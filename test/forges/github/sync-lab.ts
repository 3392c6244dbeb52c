import { rmSync } from "node:fs";
import { addDays, isoWeekOf } from "../../../src/core/day.ts";
import { options, serve } from "../../support/github/lab.ts";
import type { GitHub } from "../../support/github/server.ts";
import type { RepoOptions } from "../../support/github/setup.ts";
import type { Permissions } from "../../support/github/state.ts";
import { type Clone, cloneInto } from "../../support/people/clone.ts";
import { type Result, folderWith, overpace, write } from "../../support/world.ts";

/** Settings of two owners. */
const config = "owners: { engineering: { login: octocat }, product: { login: hubot } }\nsources: [{ type: focus, path: costs/*.csv }]\n";

/** Keys of an action as YAML flow text, laid over a sound investigation by octocat. */
export interface ActionText {
  readonly n?: number;
  readonly decision?: string;
  readonly title?: string;
  readonly owner?: string;
  readonly due?: string;
  readonly status?: string;
  /** Anything else: `tactic: "…", about: openai/inference`. */
  readonly more?: string;
}

export interface ReviewParts {
  readonly actions?: readonly ActionText[];
  /** Entries of `previous` as YAML flow text. */
  readonly previous?: readonly string[];
  readonly state?: string;
}

/** The file and the text of the review whose period ends before this day. */
export function reviewOf(
  end: string,
  { actions = [{}], previous = [], state = "held" }: ReviewParts = {},
): { path: string; text: string; id: string } {
  const id = isoWeekOf(addDays(end, -1));
  const next = addDays(end, 7);
  const list = actions.map(
    ({
      n = 1,
      decision = "investigate",
      title = "Find the customer that drives the rise",
      owner = "@octocat",
      due = next,
      status = "open",
      more = "",
    }) =>
      `  - { id: ${id}-${n}, decision: ${decision}, title: ${JSON.stringify(title)}, owner: "${owner}", due: ${due}, status: ${status}${more === "" ? "" : `, ${more}`} }`,
  );
  const text = `---
review: ${id}
period: { start: ${addDays(end, -7)}, end: ${end} }
state: ${state}
attendees: { engineering: "@octocat", product: "@hubot", others: [] }
minutes: 27
outcome: actions
reason:
actions:${list.length === 0 ? " []" : `\n${list.join("\n")}`}
previous:${previous.length === 0 ? " []" : `\n${previous.map((entry) => `  - ${entry}`).join("\n")}`}
waivers: []
silenced: []
next: ${next}
figures: { generator: overpace, currency: USD, plan: "16000.00", pace: "19020.00", pacePercent: 18.88, last7: "4820.00", prior7: "3950.00", zones: {} }
---
<!-- overpace:delta openai/inference -->

### OpenAI · Inference: +$650.00 (+28.0 %)

| A | B |
<!-- /overpace:delta -->
`;
  return { path: `reviews/${id.slice(0, 4)}/${id}.md`, text, id };
}

export interface Synced extends Result {
  readonly json: Record<string, unknown>;
}

export interface SyncLab {
  readonly github: GitHub;
  readonly folder: string;
  /** Commits files to the default branch, brings them into the checkout, and runs sync. */
  readonly push: (files: Readonly<Record<string, string | null>>, ...words: string[]) => Promise<Synced>;
  /** Runs sync on what is checked out. */
  readonly run: (...words: string[]) => Promise<Synced>;
  /** The same with other words and another environment. */
  readonly runAs: (words: readonly string[], env: Readonly<Record<string, string>>) => Promise<Synced>;
  /** Brings what stands on the server into the checkout. */
  readonly pull: () => Promise<void>;
  readonly bodyOf: (number: number) => string;
}

/** The job's token. */
const syncPermissions: Permissions = { contents: "read", issues: "write", metadata: "read" };

interface Setting {
  readonly repo?: RepoOptions;
  /** Repositories beside it. */
  readonly others?: Readonly<Record<string, RepoOptions>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly permissions?: Permissions;
  /** A clone instead of a folder with the files: the times of commits are known. */
  readonly git?: boolean;
}

const repo = "acme/app";

/** A GitHub with `acme/app`, a checkout of it, and sync from one to the other. */
export async function syncLab({
  repo: given = {},
  others = {},
  env = {},
  permissions: may = syncPermissions,
  git = false,
}: Setting = {}): Promise<SyncLab> {
  const base = options({ files: { "README.md": "# App\n", "config/overpace.yaml": config }, ...given });
  const github = await serve({ ...base, repos: { ...base.repos, ...others } });
  const folder = `${folderWith()}/checkout`;
  const world = {
    GITHUB_TOKEN: github.token({ actions: repo, permissions: may }),
    GITHUB_REPOSITORY: repo,
    GITHUB_API_URL: github.url,
    GITHUB_SERVER_URL: github.webUrl,
    ...env,
  };
  let clone: Clone | null = null;
  const copy = async () => {
    rmSync(folder, { recursive: true, force: true });
    write(folder, await github.repo(repo).files());
  };
  const pull = async () => {
    if (!git) return copy();
    const access = { address: `${github.webUrl}/${repo}`, login: "octocat", token: github.token({ user: "octocat" }) };
    if (clone === null) clone = await cloneInto(folder, access);
    else await clone.pull();
  };
  const runAs = async (words: readonly string[], other: Readonly<Record<string, string>>): Promise<Synced> => {
    const result = await overpace(folder, ["sync", ...words], { env: { ...world, ...other } });
    return { ...result, json: result.out.startsWith("{") ? (JSON.parse(result.out) as Record<string, unknown>) : {} };
  };
  const run = (...words: string[]) => runAs(["--publish", "github", "--json", ...words], {});
  return {
    github,
    folder,
    run,
    runAs,
    pull,
    push: async (files, ...words) => {
      await github.repo(repo).commit("main", files, { message: "Review" });
      await pull();
      return run(...words);
    },
    bodyOf: (number) =>
      github
        .repo(repo)
        .issues()
        .find((issue) => issue.number === number)?.body ?? "",
  };
}
