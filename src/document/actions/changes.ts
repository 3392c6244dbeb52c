import type { Day } from "../../core/day.ts";
import { type Said, saidBy, saidKeys } from "./said.ts";
import type { ActionSource, TrackedAction } from "./track.ts";
import { trackActions } from "./track.ts";

/** The commit of a change; null fields for what stands in the files and is not committed yet. */
export interface ChangeCommit {
  /** Null = not committed. */
  readonly id: string | null;
  readonly author: string | null;
  /** UTC day on which its author made it. */
  readonly day: Day | null;
  /** The commit at which a shallow clone ends: what it holds is older than it. */
  readonly isBoundary: boolean;
}

/** One review file as a commit leaves it. A source that cannot be read is `unreadable`; null is no file. */
export interface FileVersion {
  readonly commit: ChangeCommit;
  /** The path as the commit has it. */
  readonly file: string;
  readonly review: string;
  /** What stood there before; several where a merge had several. */
  readonly before: readonly (ActionSource | "unreadable" | null)[];
  readonly after: ActionSource | "unreadable" | null;
  /** A merge that took one side as it stood: no change of its own. */
  readonly isTaken: boolean;
}

const changeKinds = [
  "created",
  "seen",
  "decided",
  "reworded",
  "category",
  "about",
  "owner",
  "due",
  "status",
  "effect",
  "issue",
  "removed",
  "restored",
] as const;
export type ChangeKind = (typeof changeKinds)[number];

const kindOf = {
  title: "reworded",
  detail: "reworded",
  decision: "category",
  about: "about",
  owner: "owner",
  due: "due",
  status: "status",
  effect: "effect",
  issue: "issue",
} as const satisfies Record<(typeof saidKeys)[number], ChangeKind>;

/** A change of one action. */
export interface ActionChange {
  readonly id: string;
  readonly kind: ChangeKind;
  /** Which text changed; null where the action as a whole came, went or was decided. */
  readonly key: keyof Said | null;
  readonly from: string | null;
  readonly to: string | null;
  /** What the action says where it came or came back; else null. */
  readonly said: Said | null;
  /** The reason that stands beside a new date or status. */
  readonly reason: string | null;
  readonly commit: ChangeCommit;
  readonly file: string;
  /** The date moved away after the action was decided. */
  readonly isSlip: boolean;
}

type Found = Omit<ActionChange, "commit" | "file">;

function whole(kind: ChangeKind, now: TrackedAction): Found {
  return { id: now.action.id, kind, key: null, from: null, to: now.action.title || null, said: saidBy(now), reason: null, isSlip: false };
}

function decidedNow({ action }: TrackedAction): Found {
  return { id: action.id, kind: "decided", key: null, from: null, to: null, said: null, reason: null, isSlip: false };
}

/** Versions share what they repeat, so most states are seen to be the same at a glance. */
function isSame(before: TrackedAction, after: TrackedAction): boolean {
  return (
    before.action === after.action &&
    before.held === after.held &&
    before.status === after.status &&
    before.due === after.due &&
    before.issue === after.issue
  );
}

function between(before: TrackedAction, after: TrackedAction): Found[] {
  if (isSame(before, after)) return [];
  const { id } = after.action;
  const [old, now] = [saidBy(before), saidBy(after)];
  const decided = !before.held && after.held;
  const changes = saidKeys
    .filter((key) => old[key] !== now[key])
    .map((key): Found => ({
      id,
      kind: kindOf[key],
      key,
      from: old[key],
      to: now[key],
      said: null,
      reason: key === "due" || key === "status" ? after.reason : null,
      isSlip: key === "due" && before.held && after.due > before.due,
    }));
  return decided ? [...changes, decidedNow(after)] : changes;
}

/** What changed of one action from one state of the files to the next. */
function changesOf(id: string, before: TrackedAction | undefined, after: TrackedAction | undefined, gone: ReadonlySet<string>): Found[] {
  if (before && after) return between(before, after);
  if (after) {
    const kind = gone.has(id) ? "restored" : "created";
    return after.held && kind === "created" ? [whole(kind, after), decidedNow(after)] : [whole(kind, after)];
  }
  if (!before) return [];
  return [{ ...whole("removed", before), from: before.action.title || null, to: null, said: null }];
}

function idsIn(source: ActionSource | undefined): string[] {
  return source ? [...(source.actions ?? []), ...(source.previous ?? [])].map(({ id }) => id) : [];
}

/** The review files as they stand at one point of the history, and who mentions which action. */
interface Shelf {
  readonly files: Map<string, ActionSource>;
  readonly mentions: Map<string, Set<string>>;
}

function put({ files, mentions }: Shelf, review: string, source: ActionSource | null): void {
  for (const id of idsIn(files.get(review))) mentions.get(id)?.delete(review);
  if (source === null) {
    files.delete(review);
    return;
  }
  files.set(review, source);
  for (const id of idsIn(source)) mentions.set(id, (mentions.get(id) ?? new Set()).add(review));
}

/** The given actions as the files leave them, with one file in the place of another. */
function tracked({ files, mentions }: Shelf, ids: ReadonlySet<string>, review: string, source: ActionSource | null) {
  const names = new Set([...ids].flatMap((id) => [...(mentions.get(id) ?? [])]));
  names.add(review);
  const sources = [...names].sort().map((name) => (name === review ? (source ?? undefined) : files.get(name)));
  return trackActions(sources.filter((found) => found !== undefined));
}

function foundIn(shelf: Shelf, { review, after }: FileVersion, before: ActionSource | null, gone: ReadonlySet<string>): Found[] {
  const now = after === "unreadable" ? null : after;
  const ids = new Set([...idsIn(before ?? undefined), ...idsIn(now ?? undefined)]);
  const [old, fresh] = [tracked(shelf, ids, review, before), tracked(shelf, ids, review, now)];
  return [...ids].flatMap((id) => changesOf(id, old.get(id), fresh.get(id), gone));
}

function sameChange(a: Found, b: Found): boolean {
  return a.id === b.id && a.kind === b.kind && a.key === b.key && a.to === b.to;
}

/** What a version changes; where a merge had several versions before it, what differs from all of them. */
function changesIn(shelf: Shelf, version: FileVersion, gone: ReadonlySet<string>): Found[] {
  const known = shelf.files.get(version.review) ?? null;
  const [first, ...others] = version.before.map((before) => foundIn(shelf, version, before === "unreadable" ? known : before, gone));
  return (first ?? []).filter((change) => others.every((list) => list.some((other) => sameChange(change, other))));
}

/** What became of all actions. */
export interface ActionHistory {
  /** Oldest first. */
  readonly changes: readonly ActionChange[];
  /** The review files at the end, in order of period; those that cannot be read as they last could be. */
  readonly files: readonly ActionSource[];
}

/** The changes that versions of review files make, in their order; one that cannot be read changes nothing. */
export function actionHistory(versions: Iterable<FileVersion>): ActionHistory {
  const shelf: Shelf = { files: new Map(), mentions: new Map() };
  const gone = new Set<string>();
  const changes: ActionChange[] = [];
  for (const version of versions) {
    const { commit, file, review, after, isTaken } = version;
    if (after === "unreadable") continue;
    const found = isTaken ? [] : changesIn(shelf, version, gone);
    for (const change of found) {
      if (change.kind === "removed") gone.add(change.id);
      if (change.kind === "restored") gone.delete(change.id);
      const kind = commit.isBoundary && (change.kind === "created" || change.kind === "decided") ? "seen" : change.kind;
      if (change.kind !== "decided" || kind !== "seen") changes.push({ ...change, kind, commit, file });
    }
    put(shelf, review, after);
  }
  return { changes, files: [...shelf.files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, source]) => source) };
}
