import { type Day, addDays, monthOf } from "./day.ts";
import { absolute, divideRounded } from "./money.ts";

/** How people read figures: money in cents of the rounded model, percents with one decimal, days as `16 November 2026`. */

const monthNames = "January February March April May June July August September October November December".split(" ");
const weekdayNames = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

/** `4820.00` from cents: the form of JSON and front matter. */
export function centsText(cents: bigint): string {
  const digits = String(absolute(cents)).padStart(3, "0");
  return `${cents < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const centsPattern = /^-?\d{1,15}\.\d{2}$/;

/** The cents of what `centsText` printed, up to 15 digits before the point; null for any other text. */
export function centsOf(text: string): bigint | null {
  return centsPattern.test(text) ? BigInt(text.replace(".", "")) : null;
}

/** Currencies of ISO 4217 that have no smaller unit: what is whole in them is printed so. */
const withoutCents = new Set("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" "));

/** `$4,820.00`, `EUR 4,820.00`, `-$40.00`, `JPY 4,820`. */
export function moneyText(cents: bigint, currency: string): string {
  const [whole = "0", fraction = "00"] = centsText(absolute(cents)).split(".");
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  const amount = fraction === "00" && withoutCents.has(currency) ? grouped : `${grouped}.${fraction}`;
  const sign = cents < 0n ? "-" : "";
  return currency === "USD" ? `${sign}$${amount}` : `${sign}${currency} ${amount}`;
}

/** The same with a sign on a rise: `+$650.00`. */
export function changeText(cents: bigint, currency: string): string {
  return cents > 0n ? `+${moneyText(cents, currency)}` : moneyText(cents, currency);
}

/**
 * `(value − base) / base` in percent; null when there is no base above zero. It is cut after three decimals, not rounded: so it rounds to
 * one decimal and to two as the exact one does, where a rounded one would round twice (3.346 → 3.35 → 3.4).
 */
export function percentChange(value: bigint, base: bigint): number | null {
  if (base <= 0n) return null;
  return Number(((value - base) * 100_000n) / base) / 1_000;
}

/** The same of counts and ratios, which are no money; null when there is no base above zero. */
export function percentGrown({ last7, prior7 }: { readonly last7: number; readonly prior7: number }): number | null {
  return prior7 <= 0 ? null : thousandths(((last7 - prior7) / prior7) * 100) / 1_000;
}

/** A percentage as JSON and front matter have it: to two decimals, halves away from zero. */
export function percentFigure(percent: number | null): number | null {
  return percent === null ? null : Number(divideRounded(BigInt(thousandths(percent)), 10n)) / 100;
}

/** `part / whole` in percent to one decimal; null when the whole is not above zero. */
export function percentOf(part: bigint, whole: bigint): number | null {
  if (whole <= 0n) return null;
  return Number(divideRounded(part * 1_000n, whole)) / 10;
}

/** `+22.0 %`; `new` when there is no base to compare with. */
export function percentText(percent: number | null): string {
  if (percent === null) return "new";
  const text = tenths(percent);
  return `${percent > 0 && text !== "0.0" ? "+" : ""}${text} %`;
}

/** `12.3 %` without a sign. */
export function shareText(percent: number): string {
  return `${tenths(percent)} %`;
}

/** Whole thousandths of it, the rest cut off; free of what binary fractions add. */
function thousandths(percent: number): number {
  return Math.trunc(Number((percent * 1_000).toFixed(3)));
}

/** To one decimal, halves away from zero. */
function tenths(percent: number): string {
  const rounded = divideRounded(BigInt(thousandths(percent)), 100n);
  return `${rounded < 0n ? "-" : ""}${absolute(rounded) / 10n}.${absolute(rounded) % 10n}`;
}

function monthName(day: Day): string {
  return monthNames[Number(day.slice(5, 7)) - 1] ?? "";
}

/** `16 November 2026`. */
export function dayText(day: Day): string {
  return `${Number(day.slice(8))} ${monthName(day)} ${day.slice(0, 4)}`;
}

/** `Wed 18 Nov`. */
export function shortDayText(day: Day, weekday: number): string {
  return `${weekdayNames[weekday]?.slice(0, 3)} ${Number(day.slice(8))} ${monthName(day).slice(0, 3)}`;
}

/** `16–22 November 2026`, `26 October – 1 November 2026`, `28 December 2026 – 3 January 2027`; the end is the day after the last. */
export function periodText(start: Day, end: Day): string {
  const last = addDays(end, -1);
  if (monthOf(start) === monthOf(last)) return `${Number(start.slice(8))}–${dayText(last)}`;
  if (start.slice(0, 4) === last.slice(0, 4)) return `${Number(start.slice(8))} ${monthName(start)} – ${dayText(last)}`;
  return `${dayText(start)} – ${dayText(last)}`;
}

/** `November 2026`. */
export function monthText(month: string): string {
  return `${monthName(`${month}-01`)} ${month.slice(0, 4)}`;
}

const endings = ["th", "st", "nd", "rd"];

/** `second`, `third`, `4th`, `21st`: which time it is. */
export function ordinalText(count: number): string {
  const isTeen = Math.floor((count % 100) / 10) === 1;
  return ["first", "second", "third"][count - 1] ?? `${count}${(isTeen ? undefined : endings[count % 10]) ?? "th"}`;
}
