import { addDays, contains, type Day, eachDay, type Period } from "../../core/day.ts";

/** Days that follow each other as ranges, in order. */
export function rangesOf(days: Iterable<Day>): Period[] {
  const ranges: Period[] = [];
  for (const day of [...new Set(days)].sort()) {
    const last = ranges.at(-1);
    if (last?.end === day) ranges[ranges.length - 1] = { start: last.start, end: addDays(day, 1) };
    else ranges.push({ start: day, end: addDays(day, 1) });
  }
  return ranges;
}

/** The range in words: `2026-10-01`, or `2026-10-01 to 2026-10-03`, both inclusive. */
export function rangeText({ start, end }: Period): string {
  const last = addDays(end, -1);
  return start === last ? start : `${start} to ${last}`;
}

/**
 * The days of `asked` that a vendor answered for, with or without charges, as ranges; and a sentence about those it left out: they are not
 * known, which is not the same as nothing spent, so they stay as the ledger has them. `lastDay` is its last day of the source: of later ones it has
 * nothing either, and the figures lack what they cost.
 */
export function answeredDays(
  source: string,
  asked: Period,
  answered: Iterable<Day>,
  lastDay: Day | null,
): { ranges: Period[]; warnings: string[] } {
  const known = new Set([...answered].filter((day) => contains(asked, day)));
  const missing = rangesOf(eachDay(asked).filter((day) => !known.has(day)));
  const [first, second] = missing;
  const rest = missing.length > 2 ? ` and ${missing.length - 2} more ranges` : "";
  const named = [first, second].flatMap((range) => (range ? [rangeText(range)] : [])).join(", ") + rest;
  const lacking = missing.some(({ end }) => lastDay === null || end > addDays(lastDay, 1));
  const last = lastDay === null ? "none yet" : `none after ${lastDay}`;
  const lost = lacking ? `, which has ${last}: what they cost is missing from the figures until a run reads it` : "";
  const text = `source \`${source}\` says nothing of ${named}: these days stay as the ledger has them${lost}`;
  return { ranges: rangesOf(known), warnings: missing.length === 0 ? [] : [text] };
}
