import type { Forge, ForgeContext, Standing } from "../forge.ts";
import { boardOf } from "./board.ts";
import { clientOf, repositoryOf } from "./client.ts";
import { textAt } from "./content.ts";
import { type Desk, deskOf, saying } from "./desk.ts";
import { issuesSince } from "./issues.ts";
import { placesIn } from "./place.ts";
import { propose } from "./propose.ts";
import { type Pull, type Pulls, branchOf, findPull, pullsOf } from "./pulls.ts";
import { isStatus } from "./refusal.ts";

/** The branches that overpace made, by review id, with the commit they point to. */
async function branchesOf({ client, at }: Desk): Promise<Map<string, string>> {
  try {
    const refs = await client.paginate(client.git.listMatchingRefs, { ...at, ref: "heads/overpace/", per_page: 100 });
    return new Map(refs.map(({ ref, object }) => [ref.slice("refs/heads/overpace/".length), object.sha]));
  } catch (error) {
    // An empty repository has no refs to list.
    if (isStatus(error, 409)) return new Map();
    throw error;
  }
}

function closedReason(pull: Pull | null, onBase: boolean): string {
  if (pull?.state === "merged") return `its pull request ${pull.url} is merged`;
  if (pull?.state === "closed") return `a person closed its pull request ${pull.url} (reopen it to go on)`;
  return onBase ? "it is on the default branch already" : "";
}

/** Whether a branch without a pull request holds files of its review already. A run that was cut short before its commit leaves none. */
async function holdsFilesOf(desk: Desk, id: string, head: string): Promise<boolean> {
  const basehead = `${desk.defaultBranch}...${head}`;
  try {
    const { data } = await desk.client.repos.compareCommitsWithBasehead({ ...desk.at, basehead, per_page: 1 });
    return (data.files ?? []).some(({ filename }) => filename.includes(id));
  } catch (error) {
    // A branch without a common past is somebody's own.
    if (isStatus(error, 404)) return true;
    throw error;
  }
}

/** What is known of one review, and a reader of its files that asks for each once. */
interface Found {
  readonly pull: Pull | null;
  readonly head: string | null;
  /** Why it is left alone; else empty. */
  readonly reason: string;
  readonly read: (path: string) => Promise<string | null>;
}

/**
 * Looks a review up. People's word counts: what they merged or closed is left alone, and so is a branch from which they deleted
 * the review file, or renamed it – a new one there would stand beside their work, or undo it.
 */
async function find(
  desk: Desk,
  id: string,
  path: string,
  known: { readonly branches: ReadonlyMap<string, string>; readonly pulls: Pulls },
): Promise<Found> {
  const head = known.branches.get(id) ?? null;
  const pull = known.pulls.found.get(id) ?? (known.pulls.more ? await findPull(desk, id, "all") : null);
  const texts = new Map<string, Promise<string | null>>();
  const readAt = (ref: string) => async (file: string) => {
    const text = texts.get(file) ?? saying(`reading ${file}`, () => textAt(desk, file, ref));
    texts.set(file, text);
    return text;
  };
  const nothing = async () => null;
  if (pull !== null && pull.state !== "open") return { pull, head, reason: closedReason(pull, false), read: readAt(pull.head) };
  const onBase = pull === null && (await textAt(desk, path, desk.defaultBranch)) !== null;
  if (onBase) return { pull, head, reason: closedReason(pull, true), read: readAt(desk.defaultBranch) };
  if (head === null) return { pull, head, reason: "", read: nothing };
  const read = readAt(head);
  const gone = (await read(path)) === null && (pull !== null || (await holdsFilesOf(desk, id, head)));
  const reason = gone ? `somebody deleted or renamed ${path} on the branch ${branchOf(id)} (bring it back there to go on)` : "";
  return { pull, head, reason, read };
}

/** GitHub through its API: a branch, a commit and a pull request for each review, nothing pushed to the default branch. */
export async function github({ world, reviewers, tokenEnv }: ForgeContext): Promise<Forge> {
  const desk = await deskOf(clientOf(world, tokenEnv), repositoryOf(world), reviewers);
  const placeOf = placesIn(world);
  const branches = await saying("listing branches", () => branchesOf(desk));
  const pulls = await saying("listing pull requests", () => pullsOf(desk));
  return {
    changes: async (query) => (await import("./changes.ts")).changesIn(desk.client, query),
    issues: (since) => saying("listing issues", () => issuesSince(desk, since)),
    known: async () => ({
      ids: [...new Set([...branches.keys(), ...pulls.found.keys()])].sort(),
      unfinished: [...branches.keys()].filter((id) => !pulls.found.has(id)).sort(),
    }),
    standing: async (id, path): Promise<Standing> => {
      const place = placeOf(path);
      const { pull, head, reason, read } = await saying(`looking for ${id}`, () => find(desk, id, place, { branches, pulls }));
      return {
        state: reason !== "" ? "closed" : pull !== null || head !== null ? "open" : "new",
        reason,
        pr: pull?.url ?? null,
        place,
        read: (file) => read(placeOf(file)),
        propose: async ({ files, ...words }) => {
          const proposal = { ...words, files: files.map(({ path: file, text }) => ({ path: placeOf(file), text })) };
          const made = await saying(`proposing ${id}`, () => propose(desk, { proposal, head, pull }));
          branches.set(id, made.head);
          pulls.found.set(id, made.pull);
          // A result that stands there, such as that of the check of the pull request, stays.
          const board = boardOf(world, desk, { sha: made.head, fresh: files.length > 0, keep: true });
          return { pr: made.pull.url, warnings: made.warnings, board };
        },
      };
    },
  };
}
