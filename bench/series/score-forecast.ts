import { addDays, monthLength, monthOf } from "../../src/core/day.ts";
import { forecastSeries } from "../../src/core/forecast/forecast.ts";
import { mean, median } from "../../src/core/statistics.ts";
import type { MadeSeries } from "./made-series.ts";
import { lastDay } from "./real-series.ts";

interface Case {
  readonly known: readonly number[];
  readonly rest: readonly number[];
  readonly cut: number;
  readonly monthDays: number;
}

const cuts = [5, 10, 15, 20, 25];
const fewestKnown = 56;

/** Every cut of at most `most` whole months a series, spread over it, eight weeks known before. */
function casesOf(series: MadeSeries, most: number): Case[] {
  const end = lastDay(series);
  const months: { at: number; days: number }[] = [];
  for (let at = 0; at < series.values.length; at++) {
    const day = addDays(series.start, at);
    const days = monthLength(day);
    if (day.endsWith("-01") && at >= fewestKnown && addDays(day, days - 1) <= end) months.push({ at, days });
  }
  const stride = Math.max(1, Math.ceil(months.length / most));
  return months
    .filter((_, index) => index % stride === 0)
    .flatMap(({ at, days }) =>
      cuts.map((cut) => ({
        known: series.values.slice(0, at + cut),
        rest: series.values.slice(at + cut, at + days),
        cut,
        monthDays: days,
      })),
    );
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** The last day at 35 %, the one before at 80 %. */
const late = (values: readonly number[]) =>
  values.map((value, index) => value * (index === values.length - 1 ? 0.35 : index === values.length - 2 ? 0.8 : 1));

interface Score {
  readonly ape: number;
  readonly runRate: number;
  readonly cover80: number;
  readonly cover95: number;
  readonly winkler: number;
  readonly mase: number;
  readonly wape: number;
}

function scoreOf({ known, rest, cut, monthDays }: Case, values: readonly number[], provisionalDays: number): Score {
  const { monthTotal, daily } = forecastSeries({ values, toDate: cut, monthDays, provisionalDays });
  const total = sum(known.slice(-cut)) + sum(rest);
  const { point, lo80, hi80, lo95, hi95 } = monthTotal;
  const outside = Math.max(lo80 - total, total - hi80, 0);
  const week = rest.slice(0, 7);
  const error = mean(week.map((value, day) => Math.abs(value - (daily[day] ?? 0))));
  const seasonal = mean(known.slice(7).map((value, index) => Math.abs(value - (known[index] ?? 0))));
  return {
    ape: Math.abs(point - total) / total,
    runRate: Math.abs(mean(known.slice(-cut)) * monthDays - total) / total,
    cover80: outside === 0 ? 1 : 0,
    cover95: total >= lo95 && total <= hi95 ? 1 : 0,
    winkler: (hi80 - lo80 + 10 * outside) / total,
    mase: error / seasonal,
    wape: error / mean(week),
  };
}

const percent = (values: readonly number[], digits = 1) => (100 * mean(values)).toFixed(digits);

/** Figures F1 to F6 of one set of series. */
export function forecastFigures(list: readonly MadeSeries[], most: number): Record<string, string> {
  const cases = list.flatMap((series) => casesOf(series, most)).filter(({ known, rest, cut }) => sum(known.slice(-cut)) + sum(rest) > 0);
  const clean = cases.map((one) => scoreOf(one, one.known, 0));
  const provisional = cases.map((one) => scoreOf(one, late(one.known), 2));
  const early = cases.filter(({ cut }) => cut <= 10);
  const short = early.map((one) => scoreOf(one, one.known.slice(-14), 0));
  const long = early.map((one) => scoreOf(one, one.known, 0));
  const pick = (key: keyof Score, from = clean) => from.map((score) => score[key]);
  return {
    cases: String(cases.length),
    "F1 MAPE": `${percent(pick("ape"))} (run-rate ${percent(pick("runRate"))})`,
    "F2 MdAPE": `${(100 * median(pick("ape"))).toFixed(1)} (run-rate ${(100 * median(pick("runRate"))).toFixed(1)})`,
    "F3 MASE / WAPE 7 d": `${mean(pick("mase")).toFixed(2)} / ${percent(pick("wape"))}`,
    "F4 cover 80 / IS80 / cover 95": `${percent(pick("cover80"))} / ${percent(pick("winkler"))} / ${percent(pick("cover95"))}`,
    "F5 provisional × clean": (mean(pick("ape", provisional)) / mean(pick("ape"))).toFixed(2),
    "F6 MdAPE, 14 days": `${(100 * median(pick("ape", short))).toFixed(1)} at days 5 and 10 (all history ${(100 * median(pick("ape", long))).toFixed(1)})`,
  };
}

/** F7: 7-day WAPE in percent from day 21 on, beside that of the last-7-day pace. */
export function shortSeriesFigures(list: readonly MadeSeries[]): Record<string, string> {
  return Object.fromEntries(
    list.map(({ name, start, values }) => {
      const errors = { own: 0, last7: 0, actual: 0 };
      for (let known = 21; known + 7 <= values.length; known++) {
        const seen = values.slice(0, known);
        const day = addDays(start, known - 1);
        const { daily } = forecastSeries({
          values: seen,
          toDate: Number(day.slice(8)),
          monthDays: monthLength(`${monthOf(day)}-01`),
          provisionalDays: 0,
        });
        const pace = mean(seen.slice(-7));
        values.slice(known, known + 7).forEach((value, index) => {
          errors.own += Math.abs(value - (daily[index] ?? 0));
          errors.last7 += Math.abs(value - pace);
          errors.actual += value;
        });
      }
      const share = (error: number) => ((100 * error) / errors.actual).toFixed(1);
      return [`F7 ${name}`, `${share(errors.own)} (last-7 pace ${share(errors.last7)})`];
    }),
  );
}
