import { percentChange, percentText } from "../../core/format.ts";
import { absolute } from "../../core/money.ts";
import type { StatedFigures } from "../../document/front-matter/figures.ts";

/** A figure that a refresh moved, as the note below the summary says. */
interface MovedFigure {
  readonly label: string;
  /** Cents without their sign, and as printed. */
  readonly old: bigint;
  readonly now: bigint;
  readonly nowText: string;
}

/** A percentage that people may have quoted, as printed without its sign: `6.9`. */
interface MovedPercent {
  readonly label: string;
  readonly old: string;
  readonly now: string;
}

export interface Moved {
  readonly amounts: readonly MovedFigure[];
  readonly percents: readonly MovedPercent[];
}

function amountOf(text: string): bigint | null {
  const [, whole, cents] = /^-?(?:\$|[A-Z]{3} )([\d,]{1,25})(?:\.(\d{2}))?$/.exec(text) ?? [];
  return whole === undefined ? null : BigInt(`${whole.replaceAll(",", "")}${cents ?? "00"}`);
}

/** One line of the note: `- Last 7 days: $4,100.00 → $4,200.00`. */
function movedFigure(line: string): MovedFigure[] {
  const arrow = line.indexOf(" → ");
  const colon = line.lastIndexOf(": ", arrow);
  if (!line.startsWith("- ") || arrow < 0 || colon < 0) return [];
  const nowText = line.slice(arrow + 3).trim();
  const [old, now] = [amountOf(line.slice(colon + 2, arrow)), amountOf(nowText)];
  return old === null || now === null || old === now ? [] : [{ label: line.slice(2, colon).replaceAll("`", ""), old, now, nowText }];
}

const bare = (percent: number | null) => (percent === null ? null : percentText(percent).replace(/^[+-]| %$/g, ""));

/** The two percentages of the summary, as they were before and as they are. */
function movedPercents(amounts: readonly MovedFigure[], { last7, prior7, pace, plan }: StatedFigures): MovedPercent[] {
  const before = (label: string, now: bigint | null) => amounts.find((moved) => moved.label === label)?.old ?? now;
  const pairs = [
    ["the week on the week before", before("Last 7 days", last7), before("Prior 7 days", prior7), last7, prior7],
    ["the forecast against the plan", before("Month at current pace", pace), before("Plan for the month", plan), pace, plan],
  ] as const;
  return pairs.flatMap(([label, value, base, valueNow, baseNow]) => {
    if (value === null || base === null || valueNow === null || baseNow === null) return [];
    const [old, now] = [bare(percentChange(value, base)), bare(percentChange(valueNow, baseNow))];
    return old === null || now === null || old === now ? [] : [{ label, old, now }];
  });
}

/** What the note says has moved; what is again the number of another figure is left out, as it may be that one. */
export function movedIn(note: string, figures: StatedFigures): Moved {
  const all = note.split("\n").flatMap(movedFigure);
  const { last7, prior7, monthToDate, planToDate, plan, pace, deltas } = figures;
  const current = new Set(
    [last7, prior7, monthToDate, planToDate, plan, pace, ...Object.values(deltas)].map((now) => now && absolute(now)),
  );
  const percents = movedPercents(all, figures);
  const percentsNow = new Set(percents.map(({ now }) => now));
  return { amounts: all.filter(({ old }) => !current.has(old)), percents: percents.filter(({ old }) => !percentsNow.has(old)) };
}
