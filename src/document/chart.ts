import { type Day, addDays, weekdayOf } from "../core/day.ts";
import { moneyText, shortDayText } from "../core/format.ts";
import { missingFrom } from "../core/review/data/arrivals.ts";
import { isHeld } from "../core/review/data/beginning.ts";
import type { Review } from "../core/review/review.ts";

/**
 * Daily cost of the last weeks as an SVG file: bars, the week under review in a stronger colour, the mean of seven days as a line, the
 * peak labelled. By hand, as no library was lighter or clearer. System fonts, no scripts, fixed number formats:
 * the same review gives the same bytes. Light and dark follow the system.
 */

const width = 800;
const height = 240;
const frame = { right: 16, top: 28, bottom: 28 };
/** Room for the labels of the axis: at least this, and so much for each character. */
const [leastLeft, perCharacter] = [64, 7.5];
const meanDays = 7;

const style = [
  "text{font:12px system-ui,sans-serif;fill:#57606a}",
  ".bar{fill:#b6c6d8}.week{fill:#2f6fb7}.open{opacity:.45}.mean{fill:none;stroke:#c4571a;stroke-width:2}.grid{stroke:#d8dee4}.strong{fill:#24292f;font-weight:600}",
  "@media(prefers-color-scheme:dark){text{fill:#9198a1}.bar{fill:#3d4c5e}.week{fill:#5a9be0}.mean{stroke:#f0883e}.grid{stroke:#30363d}.strong{fill:#e6edf3}}",
].join("");

const number = (value: number) => String(Math.round(value * 10) / 10);

/** No axis is finer than cents. */
const leastStep = 0.01;

/** A round step that divides the axis into two to five parts. */
function stepFor(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const steps = [0.2, 0.5, 1, 2, 5].map((factor) => factor * power);
  return steps.find((step) => step >= leastStep && most / step <= 5) ?? power * 10;
}

interface Scale {
  readonly left: number;
  readonly labels: readonly { readonly value: number; readonly text: string }[];
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
  readonly bar: number;
}

/** Amounts along the axis; the currency of others than dollars stands in the title. */
function labelsOf(step: number, top: number, currency: string): Scale["labels"] {
  const values = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step);
  return values.map((value) => {
    const text = moneyText(BigInt(Math.round(value * 100)), currency).replace(/^[A-Z]+ /, "");
    return { value, text: step < 1 ? text : text.replace(/\.00$/, "") };
  });
}

function scaleOf(values: readonly number[], currency: string): Scale {
  const most = Math.max(...values, leastStep);
  const step = stepFor(most);
  const top = Math.ceil(most / step) * step;
  const labels = labelsOf(step, top, currency);
  const left = Math.max(leastLeft, Math.ceil(Math.max(...labels.map(({ text }) => text.length)) * perCharacter) + 6);
  const slot = (width - left - frame.right) / values.length;
  const inner = height - frame.top - frame.bottom;
  return {
    left,
    labels,
    x: (index) => left + index * slot,
    y: (value) => frame.top + inner * (1 - Math.max(0, value) / top),
    bar: slot * 0.8,
  };
}

function axis({ left, labels, y }: Scale): string[] {
  return labels.map(
    ({ value, text }) =>
      `<path class="grid" d="M${left} ${number(y(value))}H${width - frame.right}"/><text x="${left - 6}" y="${number(y(value) + 4)}" text-anchor="end">${text}</text>`,
  );
}

function months(days: Review["days"], { x }: Scale): string[] {
  return days.flatMap(({ day }, index) =>
    day.endsWith("-01") ? [`<text x="${number(x(index))}" y="${height - 8}">${shortDayText(day, weekdayOf(day)).slice(4)}</text>`] : [],
  );
}

/** Tells days that are not final, or of which the costs of a source have not come. */
function openDays(review: Review): (day: Day) => boolean {
  const [{ settledThrough }, missing] = [review, missingFrom(review)];
  return (day) => (settledThrough !== null && day > settledThrough) || (missing !== null && day >= missing);
}

/** The mean of seven days that are final and in the data; a line for each stretch of them. */
function meanLine(review: Review, values: readonly number[], { x, y, bar }: Scale): string {
  const { days } = review;
  const isOpen = openDays(review);
  const isKnown = days.map(({ day }) => isHeld(review, day) && !isOpen(day));
  let path = "";
  let points = 0;
  for (const [index] of values.entries()) {
    const from = index - meanDays + 1;
    const isWhole = from >= 0 && isKnown.slice(from, index + 1).every(Boolean);
    points = isWhole ? points + 1 : 0;
    if (!isWhole) continue;
    const mean = values.slice(from, index + 1).reduce((total, value) => total + value, 0) / meanDays;
    path += `${points === 1 ? "M" : "L"}${number(x(index) + bar / 2)} ${number(y(mean))}`;
  }
  return path.includes("L") ? `<path class="mean" d="${path}"/>` : "";
}

/** What the chart shows, and what it does not. */
function titleText({ days, currency }: Review): string {
  const below = days.some(({ total }) => total < 0n) ? "; days below zero are not drawn" : "";
  const unit = currency === "USD" ? "" : ` in ${currency}`;
  return `Cost by day${unit}; the week under review is blue, the line is the mean of ${meanDays} days${below}`;
}

function barsOf(review: Review, values: readonly number[], { x, y, bar }: Scale): string[] {
  const isOpen = openDays(review);
  return review.days.map(({ day }, index) => {
    const [top, bottom] = [y(values[index] ?? 0), y(0)];
    const names = [day >= review.period.start ? "week" : "bar", ...(isOpen(day) ? ["open"] : [])];
    return `<rect class="${names.join(" ")}" x="${number(x(index))}" y="${number(top)}" width="${number(bar)}" height="${number(bottom - top)}"/>`;
  });
}

/** With fewer days than this a chart says nothing. */
const leastDays = 14;

/** Whether there is anything to draw: two weeks of data, and a day that cost anything. */
export function hasChart({ days }: Pick<Review, "days">): boolean {
  return days.length >= leastDays && days.some(({ total }) => total > 0n);
}

/** The chart of a review; null without anything to draw. */
export function chartOf(review: Review): string | null {
  const { days, currency } = review;
  if (!hasChart(review)) return null;
  const values = days.map(({ total }) => Number(total) / 100);
  const scale = scaleOf(values, currency);
  const peak = values.indexOf(Math.max(...values));
  const peakDay = days[peak];
  const label = peakDay ? `${shortDayText(peakDay.day, weekdayOf(peakDay.day))} ${moneyText(peakDay.total, currency)}` : "";
  const anchor = scale.x(peak) > width / 2 ? "end" : "start";
  const last = addDays(review.asOf, -1);
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Daily cost through ${last}">`,
    `<style>${style}</style>`,
    ...axis(scale),
    ...barsOf(review, values, scale),
    meanLine(review, values, scale),
    ...months(days, scale),
    `<text class="strong" x="${number(scale.x(peak) + scale.bar)}" y="${number(scale.y(values[peak] ?? 0) - 6)}" text-anchor="${anchor}">${label}</text>`,
    `<text x="${scale.left}" y="14">${titleText(review)}</text>`,
    "</svg>",
  ];
  return `${lines.filter((line) => line !== "").join("\n")}\n`;
}
