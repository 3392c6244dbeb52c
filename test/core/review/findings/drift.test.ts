import { describe, expect, it } from "vitest";
import { type Day, addDays, daysBetween, eachDay } from "../../../../src/core/day.ts";
import type { Charge } from "../../../../src/core/ledger/charge.ts";
import { figuresOf } from "../../../../src/core/review/figures/figures.ts";
import type { ReviewInput } from "../../../../src/core/review/input.ts";
import { reviewOf } from "../../../../src/core/review/review.ts";
import { eventSchema } from "../../../../src/core/settings/events.ts";
import { type IgnoreEntry, ignoreSchema } from "../../../../src/core/settings/ignore.ts";
import { charge, daily, reviewInput, source, units } from "../../../support/charges.ts";
import { noisySeries, shareOf } from "../../../support/series.ts";

const asOf = "2026-11-23";
const start = "2026-08-17";
const days = eachDay({ start, end: asOf });
/** 100 a day until five weeks before the review date, then `step` percent more each day than the day before. */
const creeping = (step: number, part: Partial<Charge> = {}) =>
  days.map((day) => {
    const along = Math.max(0, daysBetween("2026-10-19", day) + 1);
    return charge({ ...part, day, cost: units(100 * (1 + step / 100) ** along) });
  });
const drifts = (charges: readonly Charge[], part: Partial<ReviewInput> = {}) =>
  reviewOf(reviewInput({ charges, ...part })).drifts.map(({ slice, direction, since }) => [slice.id, direction, since]);

describe("slow drift", () => {
  it.each([
    ["a rise of one per cent a day", creeping(1), [["openai/inference", "up", "2026-10-19"]]],
    ["a fall of one and a half per cent a day", creeping(-1.5), [["openai/inference", "down", "2026-10-19"]]],
    ["a rise of half a per cent a day, which is not far", creeping(0.5), []],
    ["nothing", creeping(0), []],
    [
      "a small service beside a large one",
      [...creeping(1, { service: "Small" }), ...daily({ start, end: asOf }, { cost: units(9_000) })],
      [],
    ],
    [
      "a step",
      [...daily({ start, end: asOf }, { cost: units(100) }), ...daily({ start: "2026-11-02", end: asOf }, { cost: units(50) })],
      [],
    ],
    ["a service that is new", creeping(1).filter(({ day }) => day >= "2026-10-19"), []],
  ] as const)("%s", (_, charges, found) => expect(drifts(charges)).toEqual(found));

  it("days that a source that failed did not bring are no fall", () => {
    const failed = (step: number, settled: Day) => {
      const read = creeping(step, { source: "aws", provider: "AWS" }).filter(({ day }) => day <= settled);
      const charges = [...read, ...daily({ start, end: asOf }, { cost: units(10) })];
      return reviewOf(reviewInput({ charges, sources: [source("2026-11-22"), source(settled, "aws", "refused")] })).drifts;
    };
    // The last week costs 21 % less than the first; without its last day it would be 33 %.
    expect(failed(-0.75, "2026-11-21")).toEqual([]);
    expect(failed(-1.5, "2026-11-22")).toHaveLength(1);
  });

  it("growth that is expected is no drift", () => {
    expect(drifts(creeping(1.3), { growth: 2 })).toHaveLength(1);
    expect(drifts(creeping(1.3), { growth: 8 })).toHaveLength(0);
    // Five per cent in each of five steps is 27.63 %; 30 % beyond that is 65.92 %.
    const rising = (last: number) =>
      [100, 113, 126, 139, 152, last].flatMap((cost, week) => {
        const from = addDays("2026-10-12", 7 * week);
        return daily({ start: from, end: addDays(from, 7) }, { cost: units(cost) });
      });
    const before = daily({ start, end: "2026-10-12" }, { cost: units(100) });
    expect([165.9, 166].map((last) => drifts([...before, ...rising(last)], { growth: 5 }).length)).toEqual([0, 1]);
  });

  /** A service that costs so much on each day of the last six weeks, one after the other. */
  const byWeek = (service: string, ...costs: number[]) => [
    ...daily({ start, end: "2026-10-12" }, { service, cost: units(costs[0] ?? 0) }),
    ...costs.flatMap((cost, week) =>
      daily({ start: addDays("2026-10-12", 7 * week), end: addDays("2026-10-19", 7 * week) }, { service, cost: units(cost) }),
    ),
  ];
  it.each([
    ["four of five steps up", [100, 112, 124, 118, 130, 142], 1],
    ["four of five steps up, and one level", [100, 112, 124, 124, 130, 142], 1],
    ["three of five steps up", [100, 113, 126, 120, 120, 136], 0],
    ["four of five steps down", [100, 90, 80, 84, 74, 64], 1],
    ["three of five steps down", [100, 86, 72, 76, 76, 62], 0],
    ["a step of half the way", [100, 120, 125, 130, 135, 140], 0],
    ["a step of a little less", [100, 119, 124, 129, 134, 140], 1],
    ["a rise by exactly 30 %", [100, 106, 112, 118, 124, 130], 1],
    ["a rise by less", [100, 106, 112, 118, 124, 129.9], 0],
    ["a fall by exactly 30 %", [100, 94, 88, 82, 76, 70], 1],
    ["a fall by less", [100, 94, 88, 82, 76, 70.1], 0],
    ["a service that is refunded, less and less", [-100, -94, -88, -82, -76, -70], 0],
  ])("is told of %s: %o", (_, costs, found) => expect(drifts(byWeek("Inference", ...costs))).toHaveLength(found));

  it("growth that is expected to shrink is no reason to tell less of a rise", () => {
    expect(drifts(byWeek("Inference", 100, 105, 110, 115, 121, 129), { growth: -3 })).toEqual([]);
  });

  it("the largest comes first, of two alike the first by its name", () => {
    const [far, near] = [
      [200, 220, 240, 260, 280, 300],
      [200, 216, 232, 248, 264, 280],
    ] as const;
    const all = [...byWeek("B", ...near), ...byWeek("C", ...far), ...byWeek("A", ...near)];
    expect(drifts(all.toSorted((a, b) => (a.day < b.day ? -1 : 1))).map(([id]) => id)).toEqual(["openai/c", "openai/a", "openai/b"]);
  });

  it("a service with a finding of the week is not named twice, be it an alert, planned or ignored", () => {
    const spiked = [...creeping(1), charge({ day: "2026-11-21", cost: units(70) })];
    const event = eventSchema.parse({ name: "Fair", kind: "campaign", start: "2026-11-21", end: "2026-11-22", effect: { percent: 900 } });
    const names = (part: Partial<ReviewInput>) => {
      const { drifts: slow, ignoredDrifts, anomalies, planned, ignored } = reviewOf(reviewInput({ charges: spiked, ...part }));
      return [slow, ignoredDrifts, anomalies, planned, ignored].map(({ length }) => length);
    };
    expect(names({})).toEqual([0, 0, 1, 0, 0]);
    expect(names({ events: [event] })).toEqual([0, 0, 0, 1, 0]);
    expect(names({ ignore: [entry()] })).toEqual([0, 0, 0, 0, 1]);
  });

  const entry = (part: Partial<IgnoreEntry> = {}) =>
    ignoreSchema.parse({ scope: { provider: "OpenAI" }, reason: "backfill of the archive", until: "2026-11-23", ...part });
  it.each([
    ["holds through the last settled day", {}, true],
    ["ended before it", { until: "2026-11-22" }, false],
    ["begins with it", { from: "2026-11-22" }, true],
    ["begins after it", { from: "2026-11-23", until: "2026-11-24" }, false],
    ["is for falls", { direction: "down" as const }, false],
    ["is for rises", { direction: "up" as const }, true],
    ["is for another service", { scope: { service: "Batch" } }, false],
    // The last week costs 262.65 more than the first.
    ["is for less", { most: 262.64 }, false],
    ["is for as much", { most: 262.65 }, true],
  ])("an entry of the ignore list that %s", (_, part, isIgnored) => {
    const found = reviewOf(reviewInput({ charges: creeping(1), ignore: [entry(part)] }));
    expect([found.drifts.length, found.ignoredDrifts.length]).toEqual(isIgnored ? [0, 1] : [1, 0]);
    expect(figuresOf(found).ignoredDrifts).toEqual(
      isIgnored ? [expect.objectContaining({ id: "openai/inference", reason: "backfill of the archive" })] : undefined,
    );
  });

  it("noise is hardly ever taken for it", () => {
    const isDrift = (seed: number) =>
      drifts(noisySeries(seed, { noise: 0.3 }).map((cost, index) => charge({ day: addDays(start, index), cost: units(cost) }))).length > 0;
    expect(shareOf(40, isDrift)).toBeLessThan(0.04);
  });
});
