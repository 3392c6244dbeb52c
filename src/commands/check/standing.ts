import { relative, resolve, sep } from "node:path";
import * as z from "zod/mini";
import type { FrontMatter } from "../../document/front-matter/schema.ts";
import { readText } from "../../shell/files.ts";
import { type Repository, blobsAt, isBlob, repositoryAround, textAt } from "../../shell/git.ts";
import type { Call } from "../command.ts";
import { frontMatterOf } from "../reviews/files.ts";
import type { Mode } from "./recompute.ts";

/** A review file with its front matter. */
export interface ReadFile {
  readonly id: string;
  readonly path: string;
  readonly text: string;
  readonly front: FrontMatter;
}

/** Why something is not known for sure, and what to do. */
export interface Doubt {
  readonly why: string;
  readonly remedy: string;
}

/** What git says of the reviews that are checked. */
export interface Standings {
  /** How a review is held to its inputs; `newest` is the id of the last review. */
  readonly modeOf: (file: ReadFile, newest: string) => Promise<Mode>;
  /** The commit in which the inputs of open reviews stand; null = as they stand in their folders. */
  readonly given: string | null;
  /** Why open reviews whose inputs differ cannot be judged, and what to do; null when they can. */
  readonly doubt: Doubt | null;
  /** Why it is not known which reviews are closed, and what to do; null when it is. */
  readonly guess: Doubt | null;
  /** Another branch than the default one is checked out, as far as is known. */
  readonly onBranch: boolean;
}

const eventSchema = z.object({ repository: z.object({ default_branch: z.string() }) });

/** The name of the default branch as GitHub Actions tells it; null elsewhere. */
export async function toldBranch({ world }: Call): Promise<string | null> {
  const path = world.env["GITHUB_EVENT_PATH"];
  const text = path ? await readText(path, path).catch(() => null) : null;
  if (text === null) return null;
  try {
    return eventSchema.safeParse(JSON.parse(text)).data?.repository.default_branch ?? null;
  } catch {
    return null;
  }
}

/** GitHub tests a pull request on a merge with its base that nobody pushed: its tree is not what the author committed. */
function isTestMerge({ head }: Repository, { world }: Call): boolean {
  return world.env["GITHUB_SHA"] === head && /^refs\/pull\/\d+\/merge$/.test(world.env["GITHUB_REF"] ?? "");
}

const mergeDoubt = {
  why: "the merge of the pull request with its base is checked out, not its head",
  remedy: "check out the head in the workflow: actions/checkout with ref: ${{ github.event.pull_request.head.sha }}",
};

/** What is said of a review by the machine alone. */
function machineText({ review, period, figures }: FrontMatter): string {
  return JSON.stringify([review, period, figures]);
}

/** The review as a commit holds it, when its machine-owned keys say the same there; else null. */
async function sameIn(file: ReadFile, folder: string, name: string, commit: string, blob: string | undefined): Promise<FrontMatter | null> {
  if (blob === undefined) return null;
  if (isBlob(file.text, blob)) return file.front;
  const text = await textAt(folder, commit, name);
  const front = text === null ? null : frontMatterOf({ ...file, text });
  return front !== null && machineText(front) === machineText(file.front) ? front : null;
}

const withoutGit = { modeOf: async () => "given" as const, given: null, doubt: null, guess: null, onBranch: false };
const noBranch = {
  why: "the default branch is not at hand",
  remedy: "fetch the default branch: actions/checkout with fetch-depth: 0, or git remote set-head origin --auto",
};
const noTrust = {
  why: "git does not trust the owner of this folder",
  remedy: "let git trust it: git config --global --add safe.directory followed by the folder of the repository",
};
/** Only the newest review is taken for open. */
const guessed = (guess: Doubt) => ({
  ...withoutGit,
  modeOf: async ({ id, front }: ReadFile, newest: string): Promise<Mode> => (front.state === "held" && id < newest ? "listed" : "given"),
  guess,
});

/**
 * Finds out which reviews are closed: those that are held on the default branch with the figures that the file has. On the default
 * branch itself all that is committed is taken as it was when it came in. `git` is the repository that contains the reviews.
 */
export async function standingsOf(call: Call): Promise<Standings> {
  const folder = resolve(call.world.cwd, call.reviews);
  const repository = await repositoryAround(folder, await toldBranch(call));
  if (repository === null) return withoutGit;
  if (repository === "unreadable") return guessed(noTrust);
  const { standing, onDefault, merged } = repository;
  const isMerge = isTestMerge(repository, call);
  const place = { given: isMerge ? merged : null, doubt: isMerge && merged === null ? mergeDoubt : null };
  if (standing === null) return { ...guessed(noBranch), ...place, onBranch: true };
  const blobs = await blobsAt(folder, standing);
  const modeOf = async (file: ReadFile): Promise<Mode> => {
    const name = relative(folder, resolve(call.world.cwd, file.path)).split(sep).join("/");
    const committed = await sameIn(file, folder, name, standing, blobs.get(name));
    return committed !== null && (onDefault || committed.state === "held") ? "listed" : "given";
  };
  return { ...place, modeOf, guess: null, onBranch: !onDefault };
}
