import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import * as z from "zod";
import { mean } from "../../src/core/statistics.ts";
import { type ForecastCase, answerForecasts } from "../series/forecast-cases.ts";
import { root } from "../suites/suite.ts";
import { meanOfFour, usualMiss, weekdayRobust } from "./reference.ts";

const answers = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      monthTotal: z.object({ point: z.number(), lo80: z.optional(z.number()), hi80: z.optional(z.number()) }),
      daily: z.array(z.number()).readonly(),
    }),
  ),
});
export type Answer = z.infer<typeof answers>["results"][number];

/** A way to forecast: answers in the order of the cases, or why it cannot be asked here. */
export interface Method {
  readonly name: string;
  readonly answer: (cases: readonly ForecastCase[]) => readonly Answer[] | string;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** A rule of the field: the days to come by what is known. */
function rule(name: string, daysOf: (one: ForecastCase, count: number) => number[]): Method {
  const answerOne = (one: ForecastCase): Answer => {
    const daily = daysOf(one, Math.max(one.monthDays - one.cut, 7));
    return { id: one.id, monthTotal: { point: sum(one.values.slice(-one.cut)) + sum(daily.slice(0, one.monthDays - one.cut)) }, daily };
  };
  return { name, answer: (cases) => cases.map(answerOne) };
}

/** A method of the reference with the range of its own misses. */
function referenceMethod(name: string, forecast: typeof meanOfFour): Method {
  const days = rule(name, ({ values }, count) => forecast(values, count));
  const withRange = (one: ForecastCase, answer: Answer | undefined): Answer[] => {
    if (!answer) return [];
    const miss = usualMiss(forecast, one.values, one.monthDays - one.cut);
    const { point } = answer.monthTotal;
    return [{ ...answer, monthTotal: { point, lo80: point - miss, hi80: point + miss } }];
  };
  return {
    name,
    answer: (cases) => {
      const answers = days.answer(cases);
      return typeof answers === "string" ? answers : cases.flatMap((one, index) => withRange(one, answers[index]));
    },
  };
}

/** What the goals were set against: the best method of volume, and the best rule of costs. */
export const referenceMethods = {
  volume: referenceMethod("reference, weekday × robust level", weekdayRobust),
  cost: referenceMethod("reference, mean of four", meanOfFour),
};

const flat = (value: number, count: number) => Array.from({ length: count }, () => value);

const peers = resolve(root, "bench/peers/forecast");

/** A program of others that speaks the contract of bench/series.ts. */
function outside(name: string, missing: () => string | null, command: string, ...words: string[]): Method {
  return {
    name,
    answer: (cases) => {
      const why = missing();
      if (why !== null) return why;
      const input = JSON.stringify({ schema: "bench-forecast-in/1", cases });
      const { status, stdout, stderr } = spawnSync(command, words, { input, cwd: peers, encoding: "utf8", maxBuffer: 1e9 });
      if (status !== 0) throw new Error(`${name}: ${stderr.slice(0, 500)}`);
      return answers.parse(JSON.parse(stdout)).results;
    },
  };
}

const runs = (command: string, ...words: string[]) => spawnSync(command, words).status === 0;
const python = process.env["BENCH_PYTHON"] ?? "python3";
const noStatsmodels = () =>
  runs(python, "-c", "import statsmodels") ? null : "not here: no Python with statsmodels (BENCH_PYTHON names one)";
const noForecast = () =>
  runs("Rscript", "-e", "library(forecast); library(jsonlite)") ? null : "not here: no R with forecast and jsonlite";

function installed(): null {
  if (!existsSync(join(peers, "node_modules"))) execFileSync("npm", ["ci", "--silent"], { cwd: peers, stdio: "inherit" });
  return null;
}

/** The product's own forecast first, then what the field does by hand, then what others published. */
export const methods: readonly Method[] = [
  { name: "overpace", answer: (cases) => answerForecasts(cases).results },
  rule("month-to-date run rate", ({ values, cut }, count) => flat(mean(values.slice(-cut)), count)),
  rule("last 7 days", ({ values }, count) => flat(mean(values.slice(-7)), count)),
  rule("seasonal naive", ({ values }, count) => Array.from({ length: count }, (_, day) => values[values.length - 7 + (day % 7)] ?? 0)),
  referenceMethods.volume,
  referenceMethods.cost,
  outside("augurs 0.10.2, MSTL+ETS", installed, "node", "augurs.mjs"),
  outside("statsmodels, Theta", noStatsmodels, python, "statsmodels_peer.py", "theta"),
  outside("statsmodels, damped Holt-Winters", noStatsmodels, python, "statsmodels_peer.py", "ets"),
  outside("R forecast, ETS", noForecast, "Rscript", "forecast.R", "ets"),
  outside("R forecast, STL+ETS", noForecast, "Rscript", "forecast.R", "stlf"),
];
