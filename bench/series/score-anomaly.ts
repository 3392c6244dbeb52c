import { type Direction, detect } from "../../src/core/anomaly/detect.ts";
import { findRuns } from "../../src/core/anomaly/runs.ts";
import { mean } from "../../src/core/statistics.ts";
import { randomFrom } from "../random.ts";
import { benchSensitivity } from "./anomaly-cases.ts";
import type { MadeSeries } from "./made-series.ts";

const windowDays = 180;
const warmDays = 60;

/** What is put into a window: a factor by days since the onset. */
const kinds: Readonly<Record<string, (since: number) => number>> = {
  "×1.5": (since) => (since === 0 ? 1.5 : 1),
  "×2": (since) => (since === 0 ? 2 : 1),
  "×3": (since) => (since === 0 ? 3 : 1),
  "to 0": (since) => (since === 0 ? 0 : 1),
  "+30 %": () => 1.3,
  "+60 %": () => 1.6,
  drift: (since) => 1 + 0.6 * Math.min(1, (since + 1) / 30),
};
const spikes = new Set(["×1.5", "×2", "×3", "to 0"]);
const windowOf = (kind: string) => (spikes.has(kind) ? 1 : kind === "drift" ? 30 : 7);

interface Window {
  readonly values: readonly number[];
  readonly onset: number;
}

function windowsOf(list: readonly MadeSeries[], perSeries: number, seed: number): Window[] {
  const random = randomFrom(seed);
  return list
    .filter(({ values }) => values.length >= windowDays)
    .flatMap(({ values }) =>
      Array.from({ length: perSeries }, () => {
        const from = Math.floor(random() * (values.length - windowDays + 1));
        return { values: values.slice(from, from + windowDays), onset: warmDays + 20 + Math.floor(random() * 60) };
      }),
    );
}

const inject = ({ values, onset }: Window, factor: (since: number) => number) =>
  values.map((value, day) => (day < onset ? value : value * factor(day - onset)));
const flagsOf = (values: readonly number[]) => detect(values, benchSensitivity).flagged;
const alarmsIn = (flags: readonly (Direction | null)[]) =>
  flags.filter((flag, day) => day >= warmDays && flag !== null && (day === warmDays || flags[day - 1] !== flag)).length;

function recallOf(windows: readonly Window[], kind: string, controls: readonly (readonly (Direction | null)[])[]) {
  const delays = windows.map((window, index) => {
    const flags = flagsOf(inject(window, kinds[kind] ?? (() => 1)));
    const delay = flags
      .slice(window.onset, window.onset + windowOf(kind))
      .findIndex((flag, day) => flag !== null && !controls[index]?.[window.onset + day]);
    return delay === -1 ? null : delay;
  });
  const found = delays.filter((delay) => delay !== null);
  return { recall: found.length / Math.max(1, delays.length), delay: mean(found) };
}

/** C1: the share of injected spikes and shifts that are named right, where the onset was found, so many days after it. */
function classAccuracy(windows: readonly Window[], days: number): number {
  const right = { spike: [] as number[], shift: [] as number[] };
  for (const window of windows)
    for (const [kind, truth] of [
      ["×3", "spike"],
      ["×2", "spike"],
      ["+60 %", "shift"],
    ] as const) {
      const seen = inject(window, kinds[kind] ?? (() => 1)).slice(0, window.onset + days);
      const run = findRuns(seen, benchSensitivity).find(({ start, end }) => start <= window.onset && window.onset < end);
      if (run && run.start === window.onset) right[truth].push(run.class === truth ? 1 : 0);
    }
  return (mean(right.spike) + mean(right.shift)) / 2;
}

/** Windows of which a cut at a random day changes a flag before the cut. */
function lookAheads(windows: readonly Window[], seed: number): number {
  const random = randomFrom(seed);
  return windows.filter(({ values }) => {
    const cut = 30 + Math.floor(random() * (windowDays - 30));
    return JSON.stringify(flagsOf(values.slice(0, cut))) !== JSON.stringify(flagsOf(values).slice(0, cut));
  }).length;
}

/** Figures A1, A2, A5 and C1 of one set of series. */
export function anomalyFigures(list: readonly MadeSeries[], perSeries: number, seed: number): Record<string, string> {
  const windows = windowsOf(list, perSeries, seed);
  const controls = windows.map(({ values }) => flagsOf(values));
  const years = (windows.length * (windowDays - warmDays)) / 365;
  const alarms = controls.reduce((total, flags) => total + alarmsIn(flags), 0) / years;
  const found = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, recallOf(windows, kind, controls)]));
  const recall6 = mean(
    Object.entries(found)
      .filter(([kind]) => kind !== "drift")
      .map(([, { recall }]) => recall),
  );
  const precision = (6 * recall6) / (6 * recall6 + alarms);
  return {
    windows: `${windows.length} (${years.toFixed(1)} series-years)`,
    "A1 alarms a year / recall6 / F1": `${alarms.toFixed(1)} / ${recall6.toFixed(2)} / ${((2 * precision * recall6) / (precision + recall6)).toFixed(2)}`,
    "A2 by kind": Object.entries(found)
      .map(([kind, { recall }]) => `${kind} ${recall.toFixed(2)}`)
      .join(", "),
    "A2 delay +60 % (days)": (found["+60 %"]?.delay ?? 0).toFixed(1),
    "A5 look-ahead": `${lookAheads(windows, seed)} of ${windows.length}`,
    "C1 at 4 / 7 days": [4, 7].map((days) => classAccuracy(windows, days).toFixed(2)).join(" / "),
  };
}
