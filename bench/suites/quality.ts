import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { table } from "../../src/document/markdown.ts";
import { anomalyFigures, besideZScore, ruleFigures, zScoreGoals, zScoreHeads } from "../quality/anomalies.ts";
import { againstReference, comparison, forecastFigures, shortSeriesFigures } from "../quality/forecasts.ts";
import { madeBill } from "../quality/made-bills.ts";
import { madeSeries } from "../quality/made-series.ts";
import { publicSeries, realAi, realBills } from "../quality/real-series.ts";
import { type Suite, root } from "./suite.ts";

const perSet = 41;
const billsPerSet = 14;
/** What is asked of each series, of a set of many and of a set of few; methods of others take up to a second a fit. */
const ofMany = { months: 4, monthsCompared: 1, windows: 9 };
const ofFew = { months: 12, monthsCompared: 4, windows: 36 };
const asked = (list: readonly unknown[]) => (list.length > 10 ? ofMany : ofFew);
/** Seeds 1 to 41 and 101 to 141. */
const made = (from: number) => Array.from({ length: perSet }, (_, index) => madeSeries(from + index + 1));
/** Seeds 1 to 14 and 101 to 114, three series each. */
const bills = (from: number) => Array.from({ length: billsPerSet }, (_, index) => madeBill(from + index + 1)).flat();

/** What the windows and events of each set are drawn from: its own, so that another set changes no figure of it. */
const seeds: Readonly<Record<string, number>> = {
  "made, tuned": 1,
  "made, held out": 2,
  "real bill, tuned": 3,
  "public volume, tuned": 4,
  "public volume, looked at": 5,
  "public volume, new": 6,
  "public cost, new": 7,
  "bill-like, tuned": 8,
  "bill-like, held out": 9,
  "public cost, tuned": 10,
  "public cost, looked at": 11,
};

function seedOf(name: string): number {
  const seed = seeds[name];
  if (seed === undefined) throw new Error(`the set ${name} has no seed`);
  return seed;
}

const goals: Readonly<Record<string, string>> = {
  "F1 MAPE": "≤ 9.6 volume, ≤ 4.3 cost",
  "F2 MdAPE": "≤ 3.8, ≤ 2.3",
  "F3 MASE / WAPE 7 d": "≤ 1.12 / 17.0, ≤ 1.48 / 7.0",
  "F4 cover 80 / IS80 / cover 95": "76–84 / ≤ 80, ≤ 24.5 / –",
  "F5 provisional × clean": "≤ 1.10, ≤ 1.25",
  "F6 MdAPE, 14 days": "≤ 4.3",
  "A1 alarms a year / recall6 / F1": "≤ 6.0 (A3: bills ≤ 4) / ≥ .68 / ≥ .50",
  "A2 by kind": "×2 ≥ .70, ×3 ≥ .82, to 0 ≥ .96, +60 % ≥ .73",
  "A2 delay +60 % (days)": "≤ 1",
  "A5 look-ahead": "0 of 300",
  "C1 at 4 / 7 days": "≥ .92 / ≥ .93",
};

/**
 * How good forecast and detection are, on the real data at hand and on made series with a fixed seed, beside rules of the field and methods
 * of others. Settings were chosen on sets named "tuned"; of the others, only the "new" ones were never looked at meanwhile.
 * BENCH_DATA is the folder of the real data: a FOCUS bill, AI usage, and public daily series in `daily-series.json`.
 */
export const quality: Suite = () => {
  const folder = process.env["BENCH_DATA"] ?? resolve(root, "../shared/data");
  const real = existsSync(folder) ? { "real bill, tuned": realBills(folder), ...publicSeries(folder) } : {};
  const ours = { "made, tuned": made(0), "made, held out": made(100), "bill-like, tuned": bills(0), "bill-like, held out": bills(100) };
  const sets = Object.entries({ ...ours, ...real });
  const figures = sets.map(([name, list]) => {
    const rows: Record<string, string> = {
      ...forecastFigures(list, asked(list).months),
      ...anomalyFigures(list, asked(list).windows, seedOf(name)),
    };
    return { name, rows };
  });
  const labels = Object.keys(figures[0]?.rows ?? {});
  const rows = labels.map((label) => [label, goals[label] ?? "", ...figures.map(({ rows: own }) => own[label] ?? "")]);
  const heads = ["Month-end forecast", "MAPE %", "MdAPE %", "MASE 7 d", "WAPE 7 d %", "cover 80 %", "IS80 %"];
  const ofMethods = sets.map(([name, list]) => `${name}\n\n${table(heads, comparison(list, asked(list).monthsCompared))}\n`);
  const beside = sets.map(([name, list]) => {
    const kind = /cost|bill/.test(name) ? "cost" : "volume";
    return { name, kind, ...againstReference(kind, list, asked(list).months) };
  });
  const besideGoals = (["volume", "cost"] as const).map((kind) => [
    `goal, ${kind}`,
    ...(beside.find((row) => row.kind === kind)?.goal ?? []),
  ]);
  const besideRows = [...besideGoals, ...beside.map(({ name, ours: own }) => [name, ...own])];
  const ofDetection = sets.map(([name, list]) => [name, ...besideZScore(list, asked(list).windows, seedOf(name))]);
  const ofRules = sets.map(
    ([name, list]) =>
      `${name}\n\n${table(["Detection", "alarms a year", "recall6", "F1"], ruleFigures(list, asked(list).windows, seedOf(name)))}\n`,
  );
  const ai = Object.entries(shortSeriesFigures(existsSync(folder) ? realAi(folder) : []));
  return [
    `\nThe product against its goals\n\n${table(["Figure", "Goal", ...figures.map(({ name }) => name)], rows)}\n`,
    `As multiples of what the reference's best simple method reaches on the same cases\n\n${table(["Set", "MAPE", "MdAPE", "MASE 7 d", "WAPE 7 d", "IS80"], besideRows)}\n`,
    `Detection as multiples of the z-score's on the same windows\n\n${table(["Set", ...zScoreHeads], [["goal", ...zScoreGoals], ...ofDetection])}\n`,
    ...ofMethods,
    ...ofRules,
    ai.length === 0
      ? `No real data in ${folder}: BENCH_DATA names the folder\n`
      : `${table(["Real AI usage, WAPE 7 d in %", "own (last-7 pace); goal: at most 1.1 ×"], ai)}\n`,
  ].join("\n");
};
