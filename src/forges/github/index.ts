import type { Forge, ForgeContext, Standing } from "../forge.ts";
import { type Client, type Repository, clientOf, repositoryOf } from "./client.ts";
import { type Pull, pullsOf } from "./pulls.ts";
import { propose } from "./propose.ts";
import { isStatus, problemOf } from "./refusal.ts";

/** Who and where, for every request of one run. */
export interface Desk {
  readonly client: Client;
  readonly at: Repository;
  readonly defaultBranch: string;
  readonly reviewers: readonly string[];
}

/** Runs requests; what GitHub refuses becomes a Problem that says what was being done and which setting to change. */
export async function saying<T>(doing: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw problemOf(error, doing);
  }
}

/** The text of a file on a branch, null when there is none. Over 1 MB only the raw form is given. */
async function textAt({ client, at }: Desk, path: string, ref: string): Promise<string | null> {
  try {
    const { data } = await client.repos.getContent({ ...at, path, ref, mediaType: { format: "raw" } });
    return typeof data === "string" ? data : null;
  } catch (error) {
    if (isStatus(error, 404)) return null;
    throw error;
  }
}

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

function closedReason(pull: Pull | undefined, onBase: boolean): string {
  if (pull?.state === "merged") return `its pull request ${pull.url} is merged`;
  if (pull?.state === "closed") return `a person closed its pull request ${pull.url}`;
  return onBase ? "it is on the default branch already" : "";
}

/** GitHub through its API: a branch, a commit and a pull request for each review, nothing pushed to the default branch. */
export async function github({ world, reviewers }: ForgeContext): Promise<Forge> {
  const client = clientOf(world);
  const at = repositoryOf(world);
  const { data } = await saying(`reading ${at.owner}/${at.repo}`, () => client.repos.get({ ...at }));
  const desk: Desk = { client, at, defaultBranch: data.default_branch, reviewers };
  const branches = await saying("listing branches", () => branchesOf(desk));
  const pulls = await saying("listing pull requests", () => pullsOf(desk));
  return {
    known: async () => [...new Set([...branches.keys(), ...pulls.keys()])].sort(),
    standing: async (id, path): Promise<Standing> => {
      const head = branches.get(id) ?? null;
      const pull = pulls.get(id);
      const open = pull?.state === "open" || (pull === undefined && head !== null);
      const onBase = !open && (await saying(`reading ${path}`, () => textAt(desk, path, desk.defaultBranch))) !== null;
      const reason = open ? "" : closedReason(pull, onBase);
      const read = new Map<string, Promise<string | null>>();
      return {
        state: reason !== "" ? "closed" : open ? "open" : "new",
        reason,
        pr: pull?.url ?? null,
        read: async (file) => {
          if (head === null && !onBase) return null;
          const known = read.get(file) ?? saying(`reading ${file}`, () => textAt(desk, file, head ?? desk.defaultBranch));
          read.set(file, known);
          return known;
        },
        propose: async (proposal) => {
          const made = await saying(`proposing ${id}`, () => propose(desk, { proposal, head, pull: pull ?? null }));
          branches.set(id, made.head);
          pulls.set(id, made.pull);
          return { pr: made.pull.url, warnings: made.warnings };
        },
      };
    },
  };
}
