/** Days of a series that something planned explains; indexes into it, `end` exclusive, `start` may lie before its first day. */
export interface PlannedSpan {
  readonly start: number;
  readonly end: number;
  /** What comes after it is a level of its own (a launch); else it is as before (a holiday). */
  readonly lasting: boolean;
}

const holds = ({ start, end }: PlannedSpan, day: number) => start <= day && day < end;

/** Which of the spans explains a day: of several the one that began last; -1 for a usual day. */
export function spanOn(spans: readonly PlannedSpan[], day: number): number {
  return spans.reduce((best, span, index) => (holds(span, day) && span.start >= (spans[best]?.start ?? -Infinity) ? index : best), -1);
}

/** The days are all usual ones, or all of one planned event: what is planned lends its neighbours nothing. */
export function alike(spans: readonly PlannedSpan[], from: number, to: number): boolean {
  for (let day = from; day < to; day++) if (spanOn(spans, day) !== spanOn(spans, to)) return false;
  return true;
}

/**
 * Whether a day says nothing about what `index` is expected to cost: it is planned, and no new level has come of it yet; or it was odd, and
 * belongs to no new level that `index` is compared with.
 */
export function isLeftOut(spans: readonly PlannedSpan[], day: number, index: number, isOdd: boolean): boolean {
  const own = spans.filter((span) => holds(span, day));
  return own.some((span) => !span.lasting || index < span.end) || (isOdd && own.length === 0);
}

/** Where the level that `index` is compared with begins; 0 where nothing planned has changed it. */
export function levelFrom(spans: readonly PlannedSpan[], index: number): number {
  return spans.reduce((from, { start, end, lasting }) => (lasting && end <= index ? Math.max(from, start) : from), 0);
}
