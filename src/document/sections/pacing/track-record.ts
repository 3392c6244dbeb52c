import { monthText, shareText } from "../../../core/format.ts";
import { type TrackRecord, fewestForPercent } from "../../../core/review/month/track-record.ts";
import { plural } from "../../../core/text.ts";
import type { SectionContext } from "../context.ts";

/** Fewer closed months, or fewer forecasts of them, say nothing about the next one. */
const [fewestMonths, fewestForecasts] = [2, 4];

function monthsText(months: readonly string[]): string {
  const [first = "", last = ""] = [months[0], months.at(-1)];
  const names = first.slice(0, 4) === last.slice(0, 4) ? monthText(first).split(" ")[0] : monthText(first);
  return months.length === 2 ? `${names} and ${monthText(last)}` : `${names} to ${monthText(last)}`;
}

function countedText({ forecasts: n, closer, model }: TrackRecord): string {
  const { high, low } = model;
  if (high + low === 0) return "each of them was right to the cent";
  const side = high >= low ? `too high in ${high}` : `too low in ${low}`;
  return `it was closer than the current pace in ${closer} of ${n}, and ${side} of ${n}`;
}

function percentText({ model, pace, skill }: TrackRecord): string {
  const better =
    skill === null || skill === 0
      ? ""
      : `, ${shareText(Math.abs(skill))} ${skill > 0 ? "better" : "worse"} than the current pace (${shareText(pace.wape ?? 0)})`;
  const bias = model.bias ?? 0;
  const side =
    Math.abs(bias) < 0.05
      ? "neither too high nor too low on average"
      : `${shareText(Math.abs(bias))} too ${bias > 0 ? "high" : "low"} on average`;
  return `it was off by ${shareText(model.wape ?? 0)}${better}, and ${side}`;
}

/** How the likely month ends of earlier reviews turned out; null before two months have closed and four forecasts were made of them. */
export function trackRecordLine({ record }: SectionContext): string | null {
  if (!record || record.months.length < fewestMonths || record.forecasts < fewestForecasts) return null;
  const { forecasts, inside, months } = record;
  const told = forecasts < fewestForPercent ? countedText(record) : percentText(record);
  return `**Track record** of the likely month end, ${plural(forecasts, "weekly forecast")} of ${monthsText(months)}: ${inside} of ${forecasts} held the month end in their 80 % range; ${told}.`;
}
