import type { Issue, IssueChange } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import type { NewIssue, Refused, Tracker, TrackerContext } from "../forge.ts";
import { isAssignable } from "./assignable.ts";
import { encoded, pagesOf, refusedBecause } from "./board.ts";
import { type Place, clientOf, repositoryOf } from "./client.ts";
import { deskOf } from "./desk.ts";
import { type Raw, actionLabel, closingCommentOf, findNewest, isTrusted, issueOf, listIssues } from "./issues.ts";
import { type LabelMemory, memoryOf, readMemory, writeMemory } from "./label-memory.ts";
import { placesIn } from "./place.ts";
import { createOnce } from "./propose.ts";
import { label } from "./pulls.ts";
import { isPassing, problemOf, refusalOf } from "./refusal.ts";

/** A creating request is never repeated by the client: the first may have worked without our hearing of it. */
const once = { request: { retries: 0 } };

const reasons = { done: "completed", dropped: "not_planned" } as const;

/** What GitHub refuses becomes a Problem; what issues alone need is said in words of their own. */
function issueProblem(error: unknown, doing: string): unknown {
  const refusal = refusalOf(error);
  if (refusal?.status === 410)
    return new Problem(`${doing}: issues are switched off in the repository (410)`, {
      remedy: "switch them on (Settings → General → Features → Issues), or do without overpace sync",
      cause: error,
    });
  if (refusal?.status === 403 && !isPassing(refusal))
    return new Problem(`${doing}: ${refusedBecause(error, "issues: write")}`, { remedy: "then run again", cause: error });
  return problemOf(error, doing);
}

async function saying<T>(doing: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw issueProblem(error, doing);
  }
}

/** A write whose refusal spoils nothing else; a limit, or a host that does not answer, passes and ends the run. */
async function orRefused<T>(doing: string, act: () => Promise<T>): Promise<T | Refused> {
  try {
    return await act();
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null || isPassing(refusal) || refusal.status === 401) throw problemOf(error, doing);
    return { refused: refusedBecause(error, "issues: write") ?? "" };
  }
}

async function create(place: Place, { title, body, assignees, marker }: NewIssue): Promise<Issue> {
  const { client, at } = place;
  const wanted = { ...at, title, body, assignees: [...assignees], labels: [label, actionLabel], ...once };
  const make = async (): Promise<Raw> => (await client.issues.create(wanted)).data;
  return issueOf(place, await createOnce(make, () => findNewest(place, marker)));
}

async function update(place: Place, number: number, { status, assignees, ...words }: IssueChange): Promise<Issue> {
  const { client, at } = place;
  const state =
    status === undefined
      ? {}
      : status === "open"
        ? { state: "open" as const }
        : { state: "closed" as const, state_reason: reasons[status] };
  const people = assignees === undefined ? {} : { assignees: [...assignees] };
  const { data } = await client.issues.update({ ...at, issue_number: number, ...words, ...state, ...people });
  return issueOf(place, data);
}

/** One issue; GitHub leads to where it was transferred, and refuses there what the token may not see. */
async function read(place: Place, number: number): Promise<Issue | null> {
  const { client, at } = place;
  try {
    const { data } = await client.issues.get({ ...at, issue_number: number });
    return data.pull_request ? null : issueOf(place, data);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal !== null && [403, 404, 410].includes(refusal.status) && !isPassing(refusal)) return null;
    throw error;
  }
}

/** The issues of the repository through GitHub's API. */
export async function tracker({ world, tokenEnv }: TrackerContext): Promise<Tracker> {
  const place = await deskOf(clientOf(world, tokenEnv), repositoryOf(world), []);
  const { at, defaultBranch } = place;
  const file = placesIn(world);
  const listing = (doing: string, query: Parameters<typeof listIssues>[1]) => saying(doing, () => listIssues(place, query));
  let memory: LabelMemory | null = null;
  const recall = async () => (memory ??= await saying(`reading the label ${actionLabel}`, () => readMemory(place)));
  return {
    name: `${at.owner}/${at.repo}`,
    defaultBranch,
    link: (path, line) => `${pagesOf(world, at)}/blob/${encoded(defaultBranch)}/${encoded(file(path))}?plain=1#L${line}`,
    labelled: async (since) => {
      const found = await listing("listing issues", { labels: actionLabel, ...(since === null ? {} : { since: `${since}T00:00:00Z` }) });
      memory ??= memoryOf(found);
      return found.map((raw) => issueOf(place, raw));
    },
    unlabelled: async (since) => {
      const found = await listing("listing issues", { since: `${since}T00:00:00Z` });
      return found.filter(isTrusted).map((raw) => issueOf(place, raw));
    },
    read: (number) => saying(`reading issue #${number}`, () => read(place, number)),
    remembered: async () => (await recall()).numbers,
    remember: async (numbers) => {
      const known = await recall();
      const ended = await orRefused(`describing the label ${actionLabel}`, async () => writeMemory(place, known, numbers));
      return ended ?? null;
    },
    isAssignable: (login) => saying(`asking whether ${login} can be assigned`, () => isAssignable(place, login)),
    closingComment: (issue) => saying(`reading comments of issue #${issue.number}`, () => closingCommentOf(place, issue)),
    create: async (wanted) => {
      const made = await orRefused("making an issue", () => create(place, wanted));
      if ("labelled" in made && made.labelled) memory = { ...(await recall()), exists: true };
      return made;
    },
    update: (number, change) => orRefused(`changing issue #${number}`, () => update(place, number, change)),
  };
}
