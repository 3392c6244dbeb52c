import { addDays, type Day, daysBetween, type Period } from "../../core/day.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import type { SourceContext, VendorFacts } from "../source.ts";

/** How many days before the review date are asked for when the ledger holds nothing of a source. */
const firstDays = 90;

/**
 * The whole UTC days to ask a vendor for: those of the piece where a range is read in pieces; else up to the review date: ninety at first; then what
 * the ledger lacks, and the last days that it holds, which were not settled when they were read, or which the vendor may have restated since, however
 * long ago that was; never before the oldest day that it still answers for.
 */
export function rangeToAsk(
  { settlingDays }: Pick<SourceConfig, "settlingDays">,
  { restatementDays, oldestDays }: Pick<VendorFacts, "restatementDays" | "oldestDays">,
  { asOf, lastDay, piece }: Pick<SourceContext, "asOf" | "lastDay" | "piece">,
): Period {
  if (piece) return piece.range;
  const start = lastDay === null ? addDays(asOf, -firstDays) : addDays(lastDay, 1 - Math.max(settlingDays, restatementDays));
  const limit = oldestDays === null ? start : addDays(asOf, -oldestDays);
  return { start: start > limit ? start : limit, end: asOf };
}

/** A range cut into pieces of at most `days` days, in order. */
export function piecesOf({ start, end }: Period, days: number): Period[] {
  const pieces: Period[] = [];
  for (let from = start; from < end; from = addDays(from, days)) {
    const to = addDays(from, days);
    pieces.push({ start: from, end: to < end ? to : end });
  }
  return pieces;
}

/** Fewer days than this are no piece of their own: they go along with those that follow. */
const leastDays = 7;

/**
 * A range cut into pieces of `days` days, in order. They are counted back from its end, which is the same in every run for one review; what is left at
 * its start is a shorter piece, or makes the first one up to six days longer.
 */
export function piecesBackFrom({ start, end }: Period, days: number): Period[] {
  const pieces: Period[] = [];
  let to = end;
  while (daysBetween(start, to) >= days + leastDays) {
    const from = addDays(to, -days);
    pieces.unshift({ start: from, end: to });
    to = from;
  }
  return [{ start, end: to }, ...pieces];
}

/** Midnight UTC at the start of a day, in Unix seconds. */
export function unixOf(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000;
}

/** The UTC day that begins at a time in Unix seconds; null when none begins there. */
export function dayAt(seconds: number): Day | null {
  const text = Number.isSafeInteger(seconds) && Math.abs(seconds) < 1e11 ? new Date(seconds * 1000).toISOString() : "";
  return text.endsWith("T00:00:00.000Z") && text.length === 24 ? text.slice(0, 10) : null;
}
