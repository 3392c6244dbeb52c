import { addDays, monthLength, monthOf } from "../../src/core/day.ts";
import { forecastSeries } from "../../src/core/forecast/forecast.ts";
import { mean, median } from "../../src/core/statistics.ts";
import type { MadeSeries } from "./made-series.ts";
import { type Method, methods, referenceMethods } from "./methods.ts";
import { lastDay } from "./real-series.ts";

interface Case {
  readonly known: readonly number[];
  readonly rest: readonly number[];
  /** The seven days after the known ones, also those of the next month; fewer where the series ends. */
  readonly week: readonly number[];
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
        week: series.values.slice(at + cut, at + cut + 7),
        cut,
        monthDays: days,
      })),
    );
}

/** Weeks that differ by less than this share of a mean day are alike. */
const flatness = 0.001;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** The last day at 35 %, the one before at 80 %. */
const late = (values: readonly number[]) =>
  values.map((value, index) => value * (index === values.length - 1 ? 0.35 : index === values.length - 2 ? 0.8 : 1));

interface Score {
  readonly ape: number;
  readonly runRate: number;
  readonly naive: number;
  /** Null where no range was answered. */
  readonly cover80: number | null;
  readonly cover95: number | null;
  readonly winkler: number | null;
  /** Null where every week was like the one before. */
  readonly mase: number | null;
  /** Null where the week had nothing. */
  readonly wape: number | null;
}

interface Total {
  readonly point: number;
  readonly lo80?: number | undefined;
  readonly hi80?: number | undefined;
  readonly lo95?: number | undefined;
  readonly hi95?: number | undefined;
}

const totalOf = ({ known, rest, cut }: Case) => sum(known.slice(-cut)) + sum(rest);

/** The month as the last week goes on. */
const naiveOf = ({ known, rest, cut }: Case) =>
  sum(known.slice(-cut)) + sum(rest.map((_, day) => known[known.length - 7 + (day % 7)] ?? 0));

function scoreOf(one: Case, { monthTotal, daily }: { monthTotal: Total; daily: readonly number[] }): Score {
  const { known, week, cut, monthDays } = one;
  const total = totalOf(one);
  const { point, lo80, hi80, lo95, hi95 } = monthTotal;
  const outside = lo80 === undefined || hi80 === undefined ? null : Math.max(lo80 - total, total - hi80, 0);
  const error = mean(week.map((value, day) => Math.abs(value - (daily[day] ?? 0))));
  const seasonal = mean(known.slice(7).map((value, index) => Math.abs(value - (known[index] ?? 0))));
  return {
    ape: Math.abs(point - total) / total,
    runRate: Math.abs(mean(known.slice(-cut)) * monthDays - total) / total,
    naive: Math.abs(naiveOf(one) - total) / total,
    cover80: outside === null ? null : outside === 0 ? 1 : 0,
    cover95: lo95 === undefined || hi95 === undefined ? null : total >= lo95 && total <= hi95 ? 1 : 0,
    winkler: outside === null ? null : ((hi80 ?? 0) - (lo80 ?? 0) + 10 * outside) / total,
    mase: seasonal > flatness * mean(known) ? error / seasonal : null,
    wape: sum(week) > 0 ? error / mean(week) : null,
  };
}

const own = ({ cut, monthDays }: Case, values: readonly number[], provisionalDays: number) =>
  forecastSeries({ values, toDate: cut, monthDays, provisionalDays });

/** The error of the month where only the last 14 days are known one by one, and of the month before them only what was spent (F6). */
function errorFromTwoWeeks(one: Case): number {
  const { known, cut, monthDays } = one;
  const toDate = Math.min(cut, 14);
  const spentBefore = sum(known.slice(-cut, known.length - toDate));
  const { monthTotal } = own({ ...one, cut: toDate, monthDays: toDate + monthDays - cut }, known.slice(-14), 0);
  const total = totalOf(one);
  return Math.abs(spentBefore + monthTotal.point - total) / total;
}

const known = (values: readonly (number | null)[]) => values.filter((value) => value !== null);
const percent = (values: readonly (number | null)[], digits = 1) =>
  known(values).length === 0 ? "–" : (100 * mean(known(values))).toFixed(digits);

/** The cases of a set that can be scored: something was spent in the month. */
const scorable = (list: readonly MadeSeries[], most: number) =>
  list.flatMap((series) => casesOf(series, most)).filter((one) => totalOf(one) > 0);

const askedOf = (cases: readonly Case[]) =>
  cases.map(({ known: values, cut, monthDays }, index) => ({ id: String(index), values, cut, monthDays, provisionalDays: 0 }));

/** The scores of a method on cases, or why it cannot be asked here. */
function scoresOf({ answer }: Method, cases: readonly Case[]): Score[] | string {
  const answers = answer(askedOf(cases));
  if (typeof answers === "string") return answers;
  return answers.flatMap((one, index) => {
    const found = cases[index];
    return found ? [scoreOf(found, one)] : [];
  });
}

type Kind = keyof typeof referenceMethods;
/** The goals as multiples of what that method of the reference reached on the series they were set on. */
const goalShares: Readonly<Record<Kind, readonly number[]>> = {
  volume: [9.6 / 9.6, 3.8 / 3.8, 1.12 / 1.15, 17.0 / 17.5, 80 / 72],
  cost: [4.3 / 4.4, 2.3 / 2.8, 1.48 / 1.53, 7.0 / 7.4, 24.5 / 25.7],
};

const summaries = [
  (scores: readonly Score[]) => mean(scores.map(({ ape }) => ape)),
  (scores: readonly Score[]) => median(scores.map(({ ape }) => ape)),
  (scores: readonly Score[]) => mean(known(scores.map(({ mase }) => mase))),
  (scores: readonly Score[]) => mean(known(scores.map(({ wape }) => wape))),
  (scores: readonly Score[]) => mean(known(scores.map(({ winkler }) => winkler))),
];

/** The goals F1 to F4 as multiples of the reference's method for such series, and ours of the same method on these series. */
export function againstReference(kind: Kind, list: readonly MadeSeries[], most: number): { goal: string[]; ours: string[] } {
  const cases = scorable(list, most);
  const [ours, theirs] = [methods[0], referenceMethods[kind]].map((method) => (method ? scoresOf(method, cases) : "no method"));
  if (!Array.isArray(ours) || !Array.isArray(theirs)) throw new Error("the product and the reference's methods answer everywhere");
  return {
    goal: goalShares[kind].map((share) => share.toFixed(2)),
    ours: summaries.map((summary) => (summary(ours) / summary(theirs)).toFixed(2)),
  };
}

/** Each method on the same cases, best first: name, MAPE, MdAPE, MASE and WAPE of 7 days, cover and Winkler score of the 80 % range. */
export function comparison(list: readonly MadeSeries[], most: number): string[][] {
  const cases = scorable(list, most);
  const rows = methods.map((method) => {
    const { name } = method;
    const scores = scoresOf(method, cases);
    if (typeof scores === "string") return { error: Infinity, row: [name, scores, "", "", "", "", ""] };
    const pick = (key: keyof Score) => scores.map((score) => score[key]);
    const errors = known(pick("ape"));
    const row = [
      percent(errors),
      (100 * median(errors)).toFixed(1),
      mean(known(pick("mase"))).toFixed(2),
      percent(pick("wape")),
      percent(pick("cover80"), 0),
      percent(pick("winkler")),
    ];
    return { error: mean(errors), row: [name, ...row] };
  });
  return rows.sort((a, b) => a.error - b.error).map(({ row }) => row);
}

/** Figures F1 to F6 of one set of series. */
export function forecastFigures(list: readonly MadeSeries[], most: number): Record<string, string> {
  const cases = scorable(list, most);
  const clean = cases.map((one) => scoreOf(one, own(one, one.known, 0)));
  const provisional = cases.map((one) => scoreOf(one, own(one, late(one.known), 2)));
  const errors = (from: "ape" | "runRate" | "naive") => clean.map((score) => score[from]);
  const pick = (key: "mase" | "wape" | "cover80" | "cover95" | "winkler") => clean.map((score) => score[key]);
  const middle = (values: readonly number[]) => (100 * median(values)).toFixed(1);
  return {
    cases: String(cases.length),
    "F1 MAPE": `${percent(errors("ape"))} (run-rate ${percent(errors("runRate"))}, naive ${percent(errors("naive"))})`,
    "F2 MdAPE": `${middle(errors("ape"))} (run-rate ${middle(errors("runRate"))}, naive ${middle(errors("naive"))})`,
    "F3 MASE / WAPE 7 d": `${mean(known(pick("mase"))).toFixed(2)} / ${percent(pick("wape"))}`,
    "F4 cover 80 / IS80 / cover 95": `${percent(pick("cover80"))} / ${percent(pick("winkler"))} / ${percent(pick("cover95"))}`,
    "F5 provisional × clean": (mean(provisional.map(({ ape }) => ape)) / mean(errors("ape"))).toFixed(2),
    "F6 MdAPE, 14 days": middle(cases.map(errorFromTwoWeeks)),
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
