import { type Day, addDays } from "../../core/day.ts";
import { changeText } from "../../core/format.ts";
import type { Outcome } from "../../core/review/effects/outcome.ts";
import { logText, plural } from "../../core/text.ts";
import type { ActionChange, ChangeKind } from "./changes.ts";
import { type ActionsReport, type KnownAction, closedOn, closing, loadOf, shortId, slipsOf } from "./report.ts";
import { ageWeeks, isOverdue } from "./track.ts";

const width = 100;
const longestOwner = 20;
/** Closed actions are listed so many weeks longer. */
const recentWeeks = 4;

/** A text cut to a number of letters. */
function cut(text: string, most: number): string {
  const letters = Array.from(logText(text));
  return letters.length <= most ? letters.join("") : `${letters.slice(0, Math.max(0, most - 1)).join("")}…`;
}

/** Lines with their columns below one another; the last column takes what is left of the line. */
function columns(rows: readonly (readonly string[])[], right: ReadonlySet<number>): string[] {
  const length = (text: string) => Array.from(text).length;
  const [first = []] = rows;
  const widths = first.map((_, index) => Math.max(...rows.map((row) => length(row[index] ?? ""))));
  const used = widths.slice(0, -1).reduce((total, size) => total + size + 2, 2);
  return rows.map((row) => {
    const cells = row.slice(0, -1).map((cell, index) => {
      const space = " ".repeat((widths[index] ?? 0) - length(cell));
      return right.has(index) ? space + cell : cell + space;
    });
    return `  ${[...cells, cut(row.at(-1) ?? "", width - used)].join("  ")}`.trimEnd();
  });
}

function tableOf(actions: readonly KnownAction[], asOf: Day): string[] {
  const rows = actions.map((known) => {
    const { tracked } = known;
    const { action, status, due } = tracked;
    const when = status === "open" ? due : `${status} ${closedOn(known) ?? ""}`.trim();
    const owner = cut(action.owner || "(nobody)", longestOwner);
    return [action.id, when, owner, `${ageWeeks(tracked, asOf)} w`, String(slipsOf(known)), action.title || "(no title)"];
  });
  return columns(
    [["Id", actions.every(({ tracked }) => tracked.status === "open") ? "Due" : "Closed", "Owner", "Age", "Slips", "Action"], ...rows],
    new Set([3, 4]),
  );
}

/** What an action was to change in a week, and what changed. */
function outcomeText({ state, why, expected, measured, low80, high80, weeks }: Outcome, currency: string): string {
  const money = (cents: bigint | null) => changeText(cents ?? 0n, currency);
  const stated = expected === null ? "" : `expected ${money(expected)} a week; `;
  if (state === "too-early") return `${stated}too early: ${why}`;
  if (state === "not-measurable") return `${stated}not measurable: ${why}`;
  return `${stated}measured ${money(measured)} (80 %: ${money(low80)} to ${money(high80)}) in ${plural(weeks, "week")}`;
}

/** Actions in groups, the most urgent first; each in one. */
function groupsOf({ asOf, decided, drafts }: ActionsReport): [string, KnownAction[]][] {
  const soon = addDays(asOf, 7);
  const byDue = (list: KnownAction[]) =>
    list.toSorted((a, b) => (a.tracked.due < b.tracked.due ? -1 : a.tracked.due > b.tracked.due ? 1 : 0));
  const open = byDue(decided.filter(({ tracked }) => tracked.status === "open"));
  const late = open.filter(({ tracked }) => isOverdue(tracked, asOf));
  const next = open.filter(({ tracked }) => !isOverdue(tracked, asOf) && tracked.due <= soon);
  const since = addDays(asOf, -7 * recentWeeks);
  return [
    ["Overdue", late],
    [`Due by ${soon}`, next],
    ["Open", open.filter(({ tracked }) => tracked.due > soon)],
    [
      `Done or dropped since ${since}`,
      decided.filter((known) => known.tracked.status !== "open" && (closedOn(known) ?? known.tracked.decided) >= since),
    ],
    ["Drafts, not decided until their review is held and merged", [...drafts]],
  ];
}

/** `overpace actions` for a terminal of 100 columns. */
export function actionsText(report: ActionsReport): string {
  const { asOf, decided, drafts, note, currency } = report;
  const groups = groupsOf(report).filter(([, list]) => list.length > 0);
  const measured = decided.flatMap(({ tracked, outcome }) => (outcome ? [[tracked.action.id, outcomeText(outcome, currency)]] : []));
  const load = loadOf(decided, asOf).map(
    ({ owner, open, overdue }) => `${cut(owner || "(nobody)", longestOwner)} ${open} open${overdue > 0 ? `, ${overdue} overdue` : ""}`,
  );
  const recent = new Set(groups.flatMap(([, list]) => list.map(({ tracked }) => tracked.action.id)));
  const effects = measured.filter(([id = ""]) => recent.has(id)).map(([id = "", text = ""]) => `  ${id}  ${text}`);
  return [
    `${plural(decided.length, "action")} on ${asOf}${drafts.length > 0 ? `, and ${plural(drafts.length, "draft")}` : ""}`,
    ...groups.map(([title, list]) => [`${title} (${list.length})`, ...tableOf(list, asOf)].join("\n")),
    ...(effects.length > 0 ? [["Effects on the cost of the slice", ...effects].join("\n")] : []),
    ...(load.length > 0 ? [`Load: ${load.join(" · ")}`] : []),
    ...(note === null ? [] : [logText(note)]),
    ...(decided.length + drafts.length > 0 ? ["overpace actions <id> tells every change of one."] : []),
  ].join("\n\n");
}

const kindWords: Readonly<Record<ChangeKind, string>> = {
  created: "created",
  seen: "first seen",
  decided: "decided",
  reworded: "reworded",
  category: "category",
  about: "about",
  owner: "owner",
  due: "date moved",
  status: "status",
  effect: "effect",
  issue: "issue",
  removed: "removed",
  restored: "restored",
};

function changeWords({ kind, from, to, reason, said, isSlip }: ActionChange): string {
  const because = reason === null ? "" : `: ${reason}`;
  if (said) return `"${to ?? ""}", ${said.owner ?? "nobody"}, due ${said.due ?? "-"}, ${said.status ?? ""}`;
  if (kind === "decided") return "its review is held";
  if (kind === "removed") return `"${from ?? ""}"`;
  return `${from ?? "-"} → ${to ?? "-"}${isSlip ? " (slip)" : ""}${because}`;
}

function changeLines(changes: readonly ActionChange[]): string[] {
  const rows = changes.map((change) => {
    const { commit, kind } = change;
    return [commit.day ?? "not yet", shortId(commit.id) ?? "-", cut(commit.author ?? "(not committed)", 24), kindWords[kind]];
  });
  const heads =
    rows.length === 0
      ? []
      : columns(
          rows.map((row) => [...row, ""]),
          new Set(),
        );
  const wide = Math.max(0, ...heads.map((line) => Array.from(line).length));
  return changes.map((change, index) => `${(heads[index] ?? "").padEnd(wide)}  ${logText(changeWords(change))}  [${logText(change.file)}]`);
}

/** `overpace actions <id>`: where it stands, and every change of it. */
export function actionText({
  id,
  known,
  changes,
  report,
}: {
  id: string;
  known: KnownAction | null;
  changes: readonly ActionChange[];
  report: ActionsReport;
}): string {
  const { asOf, note, currency } = report;
  const history = [...changeLines(changes), ...(note === null ? [] : [logText(note)])];
  if (known === null) return [`${id} stands in no review any more`, ...history].join("\n");
  const { tracked, outcome } = known;
  const { action, review, decided, held, status, due, issue, reason } = tracked;
  const slips = slipsOf(known);
  const [closed, by] = [closedOn(known), closing(known)?.commit.author ?? null];
  return [
    `${id}: ${logText(action.title)}`,
    `${action.decision}, ${held ? status : "a draft"}${isOverdue(tracked, asOf) ? ", overdue" : ""}; owner ${logText(action.owner || "(nobody)")}; due ${due}${issue === null ? "" : `; issue #${issue}`}`,
    `${held ? "decided" : "proposed"} on ${decided} in ${review}, ${plural(ageWeeks(tracked, asOf), "week")} ago; date moved away ${plural(slips, "time")}`,
    ...(closed === null ? [] : [`${status} on ${closed}${by === null ? "" : ` by ${logText(by)}`}`]),
    ...(reason === null ? [] : [`reason: ${logText(reason)}`]),
    ...(outcome ? [`effect: ${outcomeText(outcome, currency)}`] : []),
    "",
    ...history,
  ].join("\n");
}
