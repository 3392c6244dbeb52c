import { detect } from "../../src/core/anomaly/detect.ts";
import { findRuns } from "../../src/core/anomaly/runs.ts";
import type { Direction } from "../../src/core/anomaly/step.ts";
import { type Day, addDays } from "../../src/core/day.ts";
import { mean } from "../../src/core/statistics.ts";
import { randomFrom } from "../random.ts";
import { benchSensitivity } from "../series/anomaly-cases.ts";
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
  readonly first: Day;
  readonly values: readonly number[];
  readonly onset: number;
}

function windowsOf(list: readonly MadeSeries[], perSeries: number, seed: number): Window[] {
  const random = randomFrom(seed);
  return list
    .filter(({ values }) => values.length >= windowDays)
    .flatMap(({ start, values }) =>
      Array.from({ length: perSeries }, () => {
        const from = Math.floor(random() * (values.length - windowDays + 1));
        const onset = warmDays + 20 + Math.floor(random() * 60);
        return { first: addDays(start, from), values: values.slice(from, from + windowDays), onset };
      }),
    );
}

const inject = ({ values, onset }: Window, factor: (since: number) => number) =>
  values.map((value, day) => (day < onset ? value : value * factor(day - onset)));
type Flags = readonly (Direction | null)[];
type Detector = (values: readonly number[], first: Day) => Flags;
const flagsOf: Detector = (values, first) => detect(values, benchSensitivity, [], first).flagged;

/** A flag for each day whose departure from what `expected` says of the days before it is more than `most`, as a share or as a distance. */
function byRule(warm: number, departure: (before: readonly number[], value: number) => number, most: number): Detector {
  return (values) =>
    values.map((value, day) => {
      const moved = day < warm ? 0 : departure(values.slice(0, day), value);
      return Math.abs(moved) <= most ? null : moved > 0 ? "up" : "down";
    });
}

const change = (value: number, base: number) => (base === 0 ? (value === 0 ? 0 : Infinity) : value / base - 1);

function zScore(before: readonly number[], value: number): number {
  const last = before.slice(-30);
  const middle = mean(last);
  const deviation = Math.sqrt(mean(last.map((other) => (other - middle) ** 2)));
  return deviation === 0 ? 0 : (value - middle) / deviation;
}

/** The detector of the reference that the product is set beside: what it finds on a set at hand says how hard that set is. */
const yardstick = "z-score of 30 days, 3 σ";

/** What the field alerts by (customary thresholds), beside the product. */
const detectors: Readonly<Record<string, Detector>> = {
  overpace: flagsOf,
  [yardstick]: byRule(30, zScore, 3),
  "week over week, 50 %": byRule(7, (before, value) => change(value, before.at(-7) ?? 0), 0.5),
  "28-day mean, 40 %": byRule(28, (before, value) => change(value, mean(before.slice(-28))), 0.4),
  "day over day, 20 %": byRule(1, (before, value) => change(value, before.at(-1) ?? 0), 0.2),
};
const alarmsIn = (flags: readonly (Direction | null)[]) =>
  flags.filter((flag, day) => day >= warmDays && flag !== null && (day === warmDays || flags[day - 1] !== flag)).length;

function recallOf(windows: readonly Window[], kind: string, controls: readonly Flags[], detector = flagsOf) {
  const delays = windows.map((window, index) => {
    const flags = detector(inject(window, kinds[kind] ?? (() => 1)), window.first);
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
      const run = findRuns(seen, benchSensitivity, [], window.first).find(({ start, end }) => start <= window.onset && window.onset < end);
      if (run && run.start === window.onset) right[truth].push(run.class === truth ? 1 : 0);
    }
  return (mean(right.spike) + mean(right.shift)) / 2;
}

/** Windows of which a cut at a random day changes a flag before the cut. */
function lookAheads(windows: readonly Window[], seed: number): number {
  const random = randomFrom(seed);
  return windows.filter(({ values, first }) => {
    const cut = 30 + Math.floor(random() * (windowDays - 30));
    return JSON.stringify(flagsOf(values.slice(0, cut), first)) !== JSON.stringify(flagsOf(values, first).slice(0, cut));
  }).length;
}

const sharp = Object.keys(kinds).filter((kind) => kind !== "drift");

interface Found {
  readonly alarms: number;
  readonly recall6: number;
  readonly f1: number;
  readonly byKind: Readonly<Record<string, { readonly recall: number; readonly delay: number }>>;
}

/** Alarms a series-year in windows as they are, recall of what is put into them; precision assumes six true events a year. */
function foundBy(detector: Detector, windows: readonly Window[], wanted: readonly string[]): Found {
  const controls = windows.map(({ values, first }) => detector(values, first));
  const alarms = controls.reduce((total, flags) => total + alarmsIn(flags), 0) / yearsOf(windows);
  const byKind = Object.fromEntries(wanted.map((kind) => [kind, recallOf(windows, kind, controls, detector)]));
  const recall6 = mean(sharp.map((kind) => byKind[kind]?.recall ?? 0));
  const precision = (6 * recall6) / (6 * recall6 + alarms);
  return { alarms, recall6, f1: (2 * precision * recall6) / (precision + recall6), byKind };
}

const yearsOf = (windows: readonly Window[]) => (windows.length * (windowDays - warmDays)) / 365;

/** Each detector on the same windows, best F1 first: name, alarms a year, recall of six sharp kinds, F1. */
export function ruleFigures(list: readonly MadeSeries[], perSeries: number, seed: number): string[][] {
  const windows = windowsOf(list, perSeries, seed);
  const rows = Object.entries(detectors).map(([name, detector]) => ({ name, ...foundBy(detector, windows, sharp) }));
  return rows
    .sort((a, b) => b.f1 - a.f1)
    .map(({ name, alarms, recall6, f1 }) => [name, alarms.toFixed(1), recall6.toFixed(2), f1.toFixed(2)]);
}

/** What is set beside it, with the goal and what it reached where the goals were set. */
const besides: readonly {
  readonly head: string;
  readonly goal: number;
  readonly theirs: number;
  readonly pick: (found: Found) => number;
}[] = [
  { head: "alarms", goal: 6, theirs: 5.3, pick: ({ alarms }) => alarms },
  { head: "recall6", goal: 0.68, theirs: 0.53, pick: ({ recall6 }) => recall6 },
  { head: "F1", goal: 0.5, theirs: 0.44, pick: ({ f1 }) => f1 },
  { head: "×2", goal: 0.7, theirs: 0.71, pick: ({ byKind }) => byKind["×2"]?.recall ?? 0 },
  { head: "×3", goal: 0.82, theirs: 0.84, pick: ({ byKind }) => byKind["×3"]?.recall ?? 0 },
  { head: "to 0", goal: 0.96, theirs: 0.6, pick: ({ byKind }) => byKind["to 0"]?.recall ?? 0 },
  { head: "+60 %", goal: 0.73, theirs: 0.51, pick: ({ byKind }) => byKind["+60 %"]?.recall ?? 0 },
];

/** What `besideZScore` gives of each set, and the goals in the same measure. */
export const zScoreHeads = besides.map(({ head }) => head);
export const zScoreGoals = besides.map(({ goal, theirs }) => (goal / theirs).toFixed(2));

/** The product's alarms and recall as multiples of the z-score's on the same windows. */
export function besideZScore(list: readonly MadeSeries[], perSeries: number, seed: number): string[] {
  const windows = windowsOf(list, perSeries, seed);
  const [ours, theirs] = [flagsOf, detectors[yardstick]].map((detector) => detector && foundBy(detector, windows, sharp));
  if (!ours || !theirs) throw new Error(`there is no detector ${yardstick}`);
  return besides.map(({ pick }) => (pick(ours) / pick(theirs)).toFixed(2));
}

/** Figures A1, A2, A5 and C1 of one set of series. */
export function anomalyFigures(list: readonly MadeSeries[], perSeries: number, seed: number): Record<string, string> {
  const windows = windowsOf(list, perSeries, seed);
  const { alarms, recall6, f1, byKind } = foundBy(flagsOf, windows, Object.keys(kinds));
  return {
    windows: `${windows.length} (${yearsOf(windows).toFixed(1)} series-years)`,
    "A1 alarms a year / recall6 / F1": `${alarms.toFixed(1)} / ${recall6.toFixed(2)} / ${f1.toFixed(2)}`,
    "A2 by kind": Object.entries(byKind)
      .map(([kind, { recall }]) => `${kind} ${recall.toFixed(2)}`)
      .join(", "),
    "A2 delay +60 % (days)": (byKind["+60 %"]?.delay ?? 0).toFixed(1),
    "A5 look-ahead": `${lookAheads(windows, seed)} of ${windows.length}`,
    "C1 at 4 / 7 days": [4, 7].map((days) => classAccuracy(windows, days).toFixed(2)).join(" / "),
  };
}
