import type { Issue } from "../../core/issue.ts";
import type { Place } from "./client.ts";
import { isPassing, refusalOf } from "./refusal.ts";

/** Every issue of an action bears it, so that one list holds them all. */
export const actionLabel = "overpace:action";

/** An issue as GitHub tells it, as far as it is used here. */
export interface Raw {
  readonly number: number;
  readonly html_url: string;
  readonly repository_url: string;
  readonly title: string;
  readonly body?: string | null | undefined;
  readonly state: string;
  readonly state_reason?: string | null | undefined;
  readonly closed_at: string | null;
  readonly assignees?: readonly { readonly login: string }[] | null | undefined;
  readonly labels: readonly (string | { readonly name?: string | undefined; readonly description?: string | null | undefined })[];
  readonly user: { readonly type: string } | null;
  readonly author_association?: string | undefined;
  readonly pull_request?: unknown;
}

function statusOf({ state, state_reason: reason }: Raw): Issue["status"] {
  if (state === "open") return "open";
  return reason === "not_planned" || reason === "duplicate" ? "dropped" : "done";
}

export function issueOf({ at }: Place, raw: Raw): Issue {
  const home = raw.repository_url.split("/").slice(-2).join("/");
  return {
    number: raw.number,
    url: raw.html_url,
    title: raw.title,
    body: raw.body ?? "",
    status: statusOf(raw),
    closedAt: raw.closed_at,
    assignees: (raw.assignees ?? []).map(({ login }) => login),
    labelled: raw.labels.some((label) => (typeof label === "string" ? label : (label.name ?? "")).toLowerCase() === actionLabel),
    elsewhere: home.toLowerCase() === `${at.owner}/${at.repo}`.toLowerCase() ? null : home,
  };
}

const insiders = new Set(["OWNER", "MEMBER", "COLLABORATOR"]);

/** What a stranger wrote, marker and all, must not be taken for ours; a label is trusted, as strangers cannot set one. */
export function isTrusted({ user, author_association }: Raw): boolean {
  return user?.type === "Bot" || insiders.has(author_association ?? "");
}

/** Pull requests stand among the issues of every list. */
const isIssue = (raw: Raw) => raw.pull_request === undefined || raw.pull_request === null;

interface Query {
  readonly labels?: string;
  readonly since?: string;
}

/** Issues in any state, oldest first. */
export async function listIssues({ client, at }: Place, query: Query): Promise<Raw[]> {
  const wanted = { ...at, ...query, state: "all", sort: "created", direction: "asc", per_page: 100 } as const;
  const found: readonly Raw[] = await client.paginate(client.issues.listForRepo, wanted);
  return found.filter(isIssue);
}

/** One of the newest issues, known by a line of its text: made just now, perhaps without our hearing of it. */
export async function findNewest({ client, at }: Place, marker: string): Promise<Raw | null> {
  const { data } = await client.issues.listForRepo({ ...at, state: "all", sort: "created", direction: "desc", per_page: 30 });
  const found: readonly Raw[] = data;
  return found.find((raw) => isIssue(raw) && isTrusted(raw) && (raw.body ?? "").split(/\r?\n/).includes(marker)) ?? null;
}

/**
 * Issues of actions that changed from a day on, for a run that does without them where it may not read them; a repository without
 * issues has none.
 */
export async function issuesSince(place: Place, day: string): Promise<{ issues: Issue[]; warnings: string[] }> {
  try {
    const found = await listIssues(place, { labels: actionLabel, since: `${day}T00:00:00Z` });
    return { issues: found.map((raw) => issueOf(place, raw)), warnings: [] };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.status === 410) return { issues: [], warnings: [] };
    if (refusal?.status !== 403 || isPassing(refusal)) throw error;
    const warning = "issues cannot be read (403), so `previous` says only what the reviews say: give the job permissions: { issues: read }";
    return { issues: [], warnings: [warning] };
  }
}

interface Comment {
  readonly body?: string | undefined;
  readonly created_at: string;
  readonly user: { readonly type: string } | null;
}

const hour = 3_600_000;
const moment = 15_000;

/** What people said with the closing of an issue: their last words in the hour before it. */
export async function closingCommentOf({ client, at }: Place, { number, closedAt }: Issue): Promise<string | null> {
  const closed = Date.parse(closedAt ?? "");
  if (Number.isNaN(closed)) return null;
  const since = new Date(closed - hour).toISOString();
  const comments: readonly Comment[] = await client.paginate(client.issues.listComments, {
    ...at,
    issue_number: number,
    since,
    per_page: 100,
  });
  const within = ({ created_at, user }: Comment) => {
    const time = Date.parse(created_at);
    return user?.type !== "Bot" && time >= closed - hour && time <= closed + moment;
  };
  return comments.findLast(within)?.body?.trim() || null;
}
