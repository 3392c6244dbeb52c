/**
 * Scores the product's forecast and anomaly detection beside the goals of the reference on analytics (§7), on the real data at hand and on
 * made series: `node bench/score-series.ts [folder of data]`. Settings were chosen on the real bill and the first made set ("tuned"); the
 * second made set was only looked at. The made series imitate public daily series; their figures compare, they do not prove.
 */
import { madeSeries } from "./series/made-series.ts";
import { realAi, realBills } from "./series/real-series.ts";
import { anomalyFigures } from "./series/score-anomaly.ts";
import { forecastFigures, shortSeriesFigures } from "./series/score-forecast.ts";
import { table } from "../src/document/markdown.ts";

const folder = process.argv[2] ?? "../shared/data";
const perSet = 41;
const made = (from: number) => Array.from({ length: perSet }, (_, index) => madeSeries(from + index + 1));
const bills = realBills(folder);
const sets = { "made, tuned": made(0), "made, held out": made(100), "real bill": bills };

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

const figures = Object.entries(sets).map(([name, list], index) => ({
  name,
  rows: { ...forecastFigures(list, 4), ...anomalyFigures(list, list.length > 10 ? 3 : 12, index + 1) } as Record<string, string>,
}));
const labels = Object.keys(figures[0]?.rows ?? {});
const rows = labels.map((label) => [label, goals[label] ?? "", ...figures.map(({ rows: own }) => own[label] ?? "")]);
process.stdout.write(`${table(["Figure", "Goal", ...figures.map(({ name }) => name)], rows)}\n\n`);
const ai = Object.entries(shortSeriesFigures(realAi(folder))).map(([label, value]) => [label, value]);
process.stdout.write(`${table(["Real AI usage, WAPE 7 d in %", "Own (last-7 pace); goal: at most 1.1 ×"], ai)}\n`);
