import { type Day, daysBetween } from "../../core/day.ts";
import { centsText } from "../../core/format.ts";
import type { Outcome } from "../../core/review/effects/outcome.ts";
import { median } from "../../core/statistics.ts";
import { decisions } from "../front-matter/decisions.ts";
import type { ActionChange } from "./changes.ts";
import type { Said } from "./said.ts";
import { type TrackedAction, ageWeeks, isOverdue } from "./track.ts";

/** An action with all that is known of it. */
export interface KnownAction {
  readonly tracked: TrackedAction;
  /** Oldest first; null where there is no git to ask. */
  readonly changes: readonly ActionChange[] | null;
  /** Null for an action that states no effect, and one that was dropped. */
  readonly outcome: Outcome | null;
}

/** How many times the date moved away: as the history shows it, else as the files do. */
export function slipsOf({ tracked, changes }: KnownAction): number {
  return changes?.filter(({ isSlip }) => isSlip).length ?? tracked.slips;
}

/** The change that closed an action; null while it is open, and when nothing tells. */
export function closing({ tracked, changes }: KnownAction): ActionChange | null {
  if (tracked.status === "open") return null;
  return changes?.findLast(({ key, from }) => key === "status" && from === "open") ?? null;
}

/** The day on which an action was closed, by a commit or a review, whichever is earlier; null while it is open. */
export function closedOn(known: KnownAction): Day | null {
  if (known.tracked.status === "open") return null;
  const days = [closing(known)?.commit.day ?? null, known.tracked.closed].filter((day) => day !== null);
  return days.sort()[0] ?? null;
}

/** The first characters of a commit's id. */
export function shortId(id: string | null): string | null {
  return id === null ? null : id.slice(0, 7);
}

/** What an action says, without what it leaves open. */
function spoken(said: Said): Partial<Said> {
  return Object.fromEntries(Object.entries(said).filter(([, text]) => text !== null));
}

function changeFigures({ kind, key, from, to, reason, said, commit, file }: ActionChange) {
  const where = { commit: shortId(commit.id), author: commit.author, date: commit.day, file };
  return {
    change: kind,
    field: key,
    from,
    to,
    reason,
    ...where,
    ...(said ? { said: spoken(said) } : {}),
    ...(commit.isBoundary ? { orEarlier: true } : {}),
  };
}

function outcomeFigures({ state, why, expected, measured, low80, high80, weeks }: Outcome) {
  const text = (cents: bigint | null) => (cents === null ? null : centsText(cents));
  return { state, why, expected: text(expected), measured: text(measured), low80: text(low80), high80: text(high80), weeks };
}

function actionFigures(known: KnownAction, asOf: Day) {
  const { tracked, changes, outcome } = known;
  const { action, review, decided, status, due, issue, reason } = tracked;
  const { id, title, decision, owner, about } = action;
  return {
    id,
    title,
    owner,
    due,
    status,
    issue,
    ageWeeks: ageWeeks(tracked, asOf),
    slips: slipsOf(known),
    overdue: isOverdue(tracked, asOf),
    decision,
    review,
    decided,
    closed: closedOn(known),
    closedBy: closing(known)?.commit.author ?? null,
    reason,
    about: about ?? null,
    effect: outcome && outcomeFigures(outcome),
    history: (changes ?? []).map(changeFigures),
  };
}

/** Open actions of one owner. */
export interface Load {
  readonly owner: string;
  readonly open: number;
  readonly overdue: number;
}

/** Open actions by owner, most first. */
export function loadOf(actions: readonly KnownAction[], asOf: Day): Load[] {
  const open = actions.map(({ tracked }) => tracked).filter(({ status }) => status === "open");
  const byOwner = Map.groupBy(open, ({ action }) => action.owner.trim().replace(/^@/, "").toLowerCase());
  return [...byOwner.values()]
    .map((list) => ({
      owner: list[0]?.action.owner ?? "",
      open: list.length,
      overdue: list.filter((tracked) => isOverdue(tracked, asOf)).length,
    }))
    .sort((a, b) => b.open - a.open || (a.owner < b.owner ? -1 : 1));
}

function weeksToClose(known: KnownAction): number[] {
  const closed = closedOn(known);
  return closed === null ? [] : [Math.max(0, daysBetween(known.tracked.decided, closed)) / 7];
}

/** What became of the decisions of one category. */
function categoryFigures(decision: string, actions: readonly KnownAction[]) {
  const count = (status: TrackedAction["status"]) => actions.filter(({ tracked }) => tracked.status === status).length;
  const weeks = actions.flatMap(weeksToClose);
  const outcomes = actions.flatMap(({ outcome }) => (outcome ? [outcome] : []));
  const measured = outcomes.filter(({ state }) => state === "measured");
  // Confirmed: the whole range lies on the side of zero that was expected.
  const confirmed = measured.filter(({ expected, low80, high80 }) => ((expected ?? 0n) < 0n ? (high80 ?? 0n) < 0n : (low80 ?? 0n) > 0n));
  return {
    decision,
    made: actions.length,
    done: count("done"),
    dropped: count("dropped"),
    open: count("open"),
    medianWeeksToClose: weeks.length === 0 ? null : Math.round(median(weeks) * 10) / 10,
    slips: actions.reduce((total, known) => total + slipsOf(known), 0),
    effects: { stated: outcomes.length, measured: measured.length, confirmed: confirmed.length },
  };
}

export interface ActionsReport {
  readonly asOf: Day;
  /** Of held reviews, and of drafts that nobody has decided. */
  readonly decided: readonly KnownAction[];
  readonly drafts: readonly KnownAction[];
  /** What the history cannot show, in a sentence; null when it is whole. */
  readonly note: string | null;
  readonly currency: string;
}

/** What `overpace actions --json` prints; with an id of that action alone. */
export function actionsFigures({ asOf, decided, drafts, note }: ActionsReport, id: string | null) {
  const shown = (list: readonly KnownAction[]) =>
    list.filter(({ tracked }) => id === null || tracked.action.id === id).map((known) => actionFigures(known, asOf));
  return {
    asOf,
    actions: shown(decided),
    drafts: shown(drafts),
    load: loadOf(decided, asOf),
    decisions: decisions.map((category) =>
      categoryFigures(
        category,
        decided.filter(({ tracked }) => tracked.action.decision === category),
      ),
    ),
    history: { complete: note === null, note },
  };
}
