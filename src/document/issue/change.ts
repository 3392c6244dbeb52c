import type { Issue, IssueChange } from "../../core/issue.ts";
import { markdownSentence, plainSentence } from "../../core/text.ts";
import { blocks } from "../markdown.ts";
import { type LatestAction, contentOf } from "./latest.ts";
import { type Written, machineText, titleHash, withMachinePart, writtenBy } from "./machine-part.ts";
import { type Link, answererOf, loginOf, packText } from "./pack.ts";

const longestTitle = 256;

/** What the issue of an action shall say. */
export interface Wanted {
  readonly id: string;
  readonly title: string;
  /** Whom it shall be assigned to; null where the file names no login. */
  readonly login: string | null;
  readonly status: LatestAction["status"];
  readonly content: string;
  readonly pack: string;
}

/** A title as the code host takes it: one line, at most 256 letters. */
function titleOf({ action: { id, title } }: LatestAction): string {
  const letters = Array.from(title.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim() || `${id} (no title)`);
  return letters.length <= longestTitle ? letters.join("") : `${letters.slice(0, longestTitle - 1).join("")}…`;
}

/** What the issue shall say, by the latest word on its action. */
export function wantedOf(latest: LatestAction, link: Link): Wanted {
  return {
    id: latest.action.id,
    title: titleOf(latest),
    login: loginOf(answererOf(latest.action)),
    status: latest.status,
    content: contentOf(latest),
    pack: packText(latest, link),
  };
}

/** What has to be found out before it is known what changes. */
export interface Questions {
  /** Whether the file was edited after the issue was closed. */
  readonly later: boolean;
  /** Whether the issue can be assigned to this login. */
  readonly assignable: string | null;
  /** What people said when they closed it as not planned. */
  readonly reason: boolean;
}

/** The answers; what was not asked has no say. */
export interface Answers {
  readonly later: boolean;
  readonly assignable: boolean;
  /** Null when they said nothing. */
  readonly reason: string | null;
}

const isSame = (one: string | null, other: string | null) => one?.toLowerCase() === other?.toLowerCase();

/** Nobody but overpace has assigned it since overpace did. */
function assigneesAreOurs({ assignees }: Issue, written: Written | null): boolean {
  const ours = written?.assignee ?? null;
  return ours === null ? assignees.length === 0 : assignees.length === 1 && isSame(assignees[0] ?? null, ours);
}

const writtenOf = ({ id }: { readonly id: string }, { body }: Issue) => writtenBy(body, id);

/** The closing was the file's own word: taking that back needs no look at the clock. */
const closedByFile = (written: Written | null) => written !== null && written.status !== "open";

/** The markers of the issue are sound. */
export function questionsOf(wanted: Wanted, issue: Issue): Questions {
  const written = writtenOf(wanted, issue);
  const edited = written?.content !== wanted.content;
  const claimed = wanted.status === "open" && issue.status !== "open";
  const reassigned = !isSame(wanted.login, written?.assignee ?? null) && assigneesAreOurs(issue, written);
  return {
    later: claimed && edited && !closedByFile(written),
    assignable: reassigned ? wanted.login : null,
    reason: claimed && issue.status === "dropped" && written?.reason === undefined && !closedByFile(written),
  };
}

const explanation =
  "overpace keeps the lines above up to date from the review; write below them, they are left alone. Close this issue as completed when it is done, or as not planned, with a comment that says why, to drop it: the next review says so.";

function unassignable(login: string | null, assignee: string | null): string | null {
  if (login === null || isSame(login, assignee)) return null;
  return `\`${login}\` cannot be assigned here: give them access to the repository, or name another person in the review.`;
}

function textOf(wanted: Wanted, written: Written, note: string | null): string {
  const dropped = written.reason ? `Dropped here: ${markdownSentence(written.reason)}` : null;
  return machineText(written, blocks([wanted.pack, note, dropped, explanation]));
}

/** A new issue; `assignable` says whether it can be assigned to the login that is wanted. */
export function newIssue(wanted: Wanted, assignable: boolean): { title: string; body: string; assignees: readonly string[] } {
  const assignee = assignable ? wanted.login : null;
  const written = { content: wanted.content, status: wanted.status, title: titleHash(wanted.title), assignee };
  const text = textOf(wanted, written, unassignable(wanted.login, assignee));
  return { title: wanted.title, body: withMachinePart("", wanted.id, text), assignees: assignee === null ? [] : [assignee] };
}

function statusChange(wanted: Wanted, issue: Issue, written: Written | null, answers: Answers): Pick<IssueChange, "status"> {
  // What was not edited since overpace wrote last leaves people's word as it is.
  if (written?.content === wanted.content) return {};
  if (wanted.status !== "open") return issue.status === "open" ? { status: wanted.status } : {};
  const reopen = issue.status !== "open" && (closedByFile(written) || answers.later);
  return reopen ? { status: "open" } : {};
}

/** The title of the file, unless people renamed the issue; and the fingerprint to remember. */
function titleChange({ title }: Wanted, issue: Issue, written: Written | null): { change: Pick<IssueChange, "title">; hash: string } {
  if (issue.title === title) return { change: {}, hash: titleHash(title) };
  if (written !== null && titleHash(issue.title) === written.title) return { change: { title }, hash: titleHash(title) };
  return { change: {}, hash: written?.title ?? "" };
}

/** Another owner in the file is assigned where nobody else touched the assignees; and whom to remember as assigned by overpace. */
function assigneeChange(wanted: Wanted, issue: Issue, written: Written | null, assignable: boolean) {
  const before = written?.assignee ?? null;
  const none: Pick<IssueChange, "assignees"> = {};
  if (isSame(wanted.login, before)) return { change: none, assignee: before, note: null };
  // People assigned somebody: that is their word.
  if (!assigneesAreOurs(issue, written)) return { change: none, assignee: wanted.login, note: null };
  const assignee = assignable ? wanted.login : null;
  const change = isSame(assignee, before) ? none : { assignees: assignee === null ? [] : [assignee] };
  return { change, assignee, note: unassignable(wanted.login, assignee) };
}

const sameText = (one: string, other: string) => one.replaceAll("\r\n", "\n") === other.replaceAll("\r\n", "\n");

/** The whole body with a new machine-owned part; nothing when it says that already, whatever its line breaks. */
function bodyChange(issue: Issue, id: string, text: string): Pick<IssueChange, "body"> {
  const body = withMachinePart(issue.body, id, text);
  return sameText(body, issue.body) ? {} : { body };
}

const orNull = (change: IssueChange): IssueChange | null => (Object.keys(change).length === 0 ? null : change);

/**
 * What an edit of the action changes of its issue; null for nothing. People's words, labels and assignees stay, and so does their
 * closing, unless the file was edited after it.
 */
export function issueChange(wanted: Wanted, issue: Issue, answers: Answers): IssueChange | null {
  const written = writtenOf(wanted, issue);
  const status = statusChange(wanted, issue, written, answers);
  const title = titleChange(wanted, issue, written);
  const assigned = assigneeChange(wanted, issue, written, answers.assignable);
  const asked = questionsOf(wanted, issue).reason ? plainSentence(answers.reason ?? "") : written?.reason;
  const keepsReason = asked !== undefined && (status.status ?? issue.status) === "dropped" && wanted.status === "open";
  const next: Written = {
    content: wanted.content,
    status: wanted.status,
    title: title.hash,
    assignee: assigned.assignee,
    ...(keepsReason ? { reason: asked } : {}),
  };
  const body = bodyChange(issue, wanted.id, textOf(wanted, next, assigned.note));
  return orNull({ ...status, ...title.change, ...assigned.change, ...body });
}

/** What changes when no review holds the action any more; null for nothing. An issue that people closed stays as they left it. */
export function goneChange(id: string, issue: Issue): IssueChange | null {
  const written = writtenOf({ id }, issue);
  if (issue.status !== "open" || written?.status === "gone") return null;
  const next: Written = { content: "gone", status: "gone", title: written?.title ?? "", assignee: written?.assignee ?? null };
  const text = `No review on the default branch holds the action ${id} any more, so overpace closed this issue as not planned. It is reopened if the action comes back.`;
  return { status: "dropped", ...bodyChange(issue, id, machineText(next, text)) };
}
