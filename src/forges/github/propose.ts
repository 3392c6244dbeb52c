import { Problem } from "../../core/problem.ts";
import { Moved, type Proposal } from "../forge.ts";
import { commit } from "./commit.ts";
import type { Desk } from "./desk.ts";
import { type Pull, branchOf, findPull, label, pullOf } from "./pulls.ts";
import { isPassing, isStatus, reasonOf, refusalOf } from "./refusal.ts";

interface Wanted {
  readonly proposal: Proposal;
  /** The commit that the branch pointed to when it was read; null when there was no branch. */
  readonly head: string | null;
  readonly pull: Pull | null;
}

interface Made {
  readonly head: string;
  readonly pull: Pull;
  readonly warnings: readonly string[];
}

/** A creating request is never repeated by the client: the first may have worked without our hearing of it. */
const once = { request: { retries: 0 } };

/** Creates what is looked up first when nothing was heard of the first try, and then at most once more. */
export async function createOnce<T>(create: () => Promise<T>, find: () => Promise<T | null>): Promise<T> {
  try {
    return await create();
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal !== null && refusal.status < 500) throw error;
    return (await find()) ?? create();
  }
}

async function branchHead({ client, at }: Desk, branch: string): Promise<string | null> {
  try {
    return (await client.git.getRef({ ...at, ref: `heads/${branch}` })).data.object.sha;
  } catch (error) {
    if (isStatus(error, 404, 409)) return null;
    throw error;
  }
}

/** The branch of a review, made at the head of the default branch where there is none. @throws Moved when somebody made it meanwhile. */
async function ensureBranch(desk: Desk, branch: string): Promise<string> {
  const { client, at, defaultBranch } = desk;
  const sha = await branchHead(desk, defaultBranch);
  if (sha === null)
    throw new Problem(`${at.owner}/${at.repo} has no commit on ${defaultBranch} yet`, { remedy: "push a first commit, then run again" });
  const create = async () => (await client.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha, ...once })).data.object.sha;
  const made = await createOnce(create, () => branchHead(desk, branch)).catch(async (error: unknown) => {
    if (isStatus(error, 422) && (await branchHead(desk, branch)) !== null) throw new Moved();
    throw error;
  });
  // Found instead of made, with a commit that nobody here has read.
  if (made !== sha) throw new Moved();
  return made;
}

async function createPull(desk: Desk, { id, title, body }: Proposal): Promise<Pull> {
  const { client, at, defaultBranch: base } = desk;
  const wanted = { ...at, base, head: branchOf(id), title, body };
  const create = async (draft: boolean) => pullOf((await client.pulls.create({ ...wanted, draft, ...once })).data);
  const find = () => findPull(desk, id, "open");
  try {
    return await createOnce(() => create(true), find);
  } catch (error) {
    if (!isStatus(error, 422)) throw error;
    // Made meanwhile, or a repository without draft pull requests.
    return (await find()) ?? createOnce(() => create(false), find);
  }
}

/** What is refused is said and spoils nothing; a limit is no refusal, it passes. */
async function attempt(what: string, act: () => Promise<unknown>): Promise<string[]> {
  try {
    await act();
    return [];
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null || isPassing(refusal)) throw error;
    return [`${what}: ${reasonOf(refusal)}`];
  }
}

/** Asks the reviewers one by one, then sets the label: a pull request without it was cut short, and is dressed by the next run. */
async function dress({ client, at, reviewers }: Desk, pull: Pull): Promise<string[]> {
  if (pull.dressed) return [];
  const warnings: string[] = [];
  for (const reviewer of new Set(reviewers)) {
    if (pull.asked.some((login) => login.toLowerCase() === reviewer.toLowerCase())) continue;
    const ask = () => client.pulls.requestReviewers({ ...at, pull_number: pull.number, reviewers: [reviewer] });
    warnings.push(...(await attempt(`@${reviewer} could not be asked for a review`, ask)));
  }
  const mark = () => client.issues.addLabels({ ...at, issue_number: pull.number, labels: [label] });
  return [...warnings, ...(await attempt(`the label ${label} could not be set`, mark))];
}

async function updatePull({ client, at }: Desk, pull: Pull, { title, body }: Proposal): Promise<Pull> {
  if (pull.title === title && pull.body === body) return pull;
  return pullOf((await client.pulls.update({ ...at, pull_number: pull.number, title, body })).data);
}

/** Brings a proposal in: branch, one commit on the head that was read, pull request; each looked up before it is made. */
export async function propose(desk: Desk, { proposal, head, pull }: Wanted): Promise<Made> {
  const branch = branchOf(proposal.id);
  const parent = head ?? (await ensureBranch(desk, branch));
  const newHead =
    proposal.files.length === 0 ? parent : await commit(desk, { branch, parent, title: proposal.title, files: proposal.files });
  const made = pull === null ? await createPull(desk, proposal) : await updatePull(desk, pull, proposal);
  return { head: newHead, pull: made, warnings: await dress(desk, made) };
}
