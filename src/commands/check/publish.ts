import { basename, resolve } from "node:path";
import * as z from "zod/mini";
import type { Finding } from "../../core/finding.ts";
import { Problem, unlessRefused } from "../../core/problem.ts";
import { once } from "../../core/remember.ts";
import { type Checked, checkComment, checkReport, commentMarker } from "../../document/mirror/check-report.ts";
import type { Board, PullBoard } from "../../forges/forge.ts";
import { pullBoards } from "../../forges/index.ts";
import { assigneesOf } from "../../rules/engine/assignees.ts";
import { readText } from "../../shell/files.ts";
import { warningText } from "../../shell/report.ts";
import type { Call } from "../command.ts";
import { type Host, type ReviewText, nowhere } from "./host.ts";

const eventSchema = z.object({
  pull_request: z.object({
    number: z.number().check(z.int(), z.positive()),
    head: z.object({ sha: z.string().check(z.regex(/^[0-9a-f]{40}$/)), repo: z.nullable(z.object({ full_name: z.string() })) }),
  }),
});
type PullRequest = z.infer<typeof eventSchema>["pull_request"];

const remedy =
  "run it in a workflow `on: pull_request`, which sets GITHUB_EVENT_PATH (docs/github.md of overpace shows one), or leave out --publish github";

/** The pull request of the event that started the workflow. @throws Problem when there is none. */
async function pullRequestOf({ world }: Call): Promise<PullRequest> {
  const path = world.env["GITHUB_EVENT_PATH"];
  if (!path) throw new Problem("GITHUB_EVENT_PATH is not set: there is no pull request to show the result in", { remedy, kind: "usage" });
  const text = await readText(resolve(world.cwd, path), path);
  const parsed = eventSchema.safeParse(jsonIn(text ?? ""));
  if (!parsed.success)
    throw new Problem("the event that started this run is no pull request", { remedy, place: { file: path }, kind: "usage" });
  return parsed.data.pull_request;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Where no repository is named nothing can be told: that is refused later on. */
function isFork({ head }: PullRequest, { world }: Call): boolean {
  const own = world.env["GITHUB_REPOSITORY"];
  return Boolean(own) && head.repo?.full_name.toLowerCase() !== own?.toLowerCase();
}

/** Each file once: what could not be known of a file is remarked beside what stands in it. */
function checkedFiles(files: readonly ReviewText[], findings: readonly Finding[]): Checked[] {
  const paths = [...new Set(files.map(({ path }) => path))];
  return paths.map((path) => ({ path, findings: findings.filter(({ file }) => file === path) }));
}

/** What is refused on purpose, such as a file outside the repository, spoils the showing and not the check. */
function saidOf(error: unknown): string[] {
  if (error instanceof Problem) return [`the check result could not be shown: ${error.message}; ${error.remedy}`];
  throw error;
}

const reviewId = /^(\d{4}-(?:W\d{2}|\d{2}))\.md$/;

/** A pull request, its changes listed at most once. */
interface Shown {
  readonly board: PullBoard;
  readonly changes: () => ReturnType<PullBoard["changes"]>;
}

/** The check run, and a comment where the pull request brings a review; its own files come first. */
async function show({ board, changes }: Shown, files: readonly Checked[]): Promise<string[]> {
  const { paths, warnings } = await changes();
  const changed = new Set(paths);
  const isOwn = ({ path }: Checked) => changed.has(board.place(path));
  const [own, others] = [files.filter(isOwn), files.filter((file) => !isOwn(file))];
  const result = checkReport([...own, ...others], board);
  const posted = await board.post(result);
  const [id] = own.map(({ path }) => reviewId.exec(basename(path))?.[1]).filter((id) => id !== undefined);
  if (id === undefined) return [...warnings, ...posted];
  const comment = { marker: commentMarker(id), text: checkComment(result, id), create: result.conclusion !== "success" };
  return [...warnings, ...posted, ...(await board.comment(comment))];
}

/** Asks for each person once, and after a refusal for nobody any more. */
function asking({ board, changes }: Shown, warn: (warning: string) => void): Host["assignable"] {
  const known = new Map<string, boolean>();
  let refused = false;
  return async ({ file, front }) => {
    const logins = new Set(assigneesOf(front).map(({ login }) => login));
    // A file outside of the repository is none that the pull request brings.
    const place = unlessRefused(() => board.place(file));
    if (refused || logins.size === 0 || place === null || !(await changes()).paths.includes(place)) return null;
    const { assignable, warnings } = await board.assignable([...logins].filter((login) => !known.has(login)));
    warnings.forEach(warn);
    if (assignable === null) refused = true;
    for (const [login, can] of assignable ?? []) known.set(login, can);
    return assignable === null ? null : known;
  };
}

/** Always the workflow's own token: what the branch says in its settings chooses no secret. */
const tokenEnv = "GITHUB_TOKEN";

/**
 * What `--publish` of `check` means, found out before anything is checked. The result is shown in pull requests of the repository
 * itself; one of a fork is told by exit code and annotations of the log alone, without a request.
 * @throws Problem when the run has no pull request.
 */
export async function hostOf(call: Call): Promise<Host> {
  if (call.publish === "folder" || call.dryRun) return nowhere;
  const { world } = call;
  const pull = await pullRequestOf(call);
  if (isFork(pull, call)) return nowhere;
  const { number, head } = pull;
  const board = await pullBoards[call.publish]({ world, tokenEnv, number, sha: head.sha });
  const shown: Shown = { board, changes: once(board.changes) };
  const warn = (warning: string) => world.log(warningText(warning));
  return {
    assignable: asking(shown, warn),
    publish: async (files, findings) => (await show(shown, checkedFiles(files, findings)).catch(saidOf)).forEach(warn),
  };
}

/** Shows what is left to decide in a review that was just proposed. */
export async function showProposed(board: Board, path: string, findings: readonly Finding[]): Promise<readonly string[]> {
  return board.post(checkReport([{ path, findings }], board));
}
