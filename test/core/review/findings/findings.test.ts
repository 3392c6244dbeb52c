import { describe, expect, it } from "vitest";
import { type Day, addDays, daysBetween } from "../../../../src/core/day.ts";
import type { Charge } from "../../../../src/core/ledger/charge.ts";
import { plannedEffect } from "../../../../src/core/review/effects/planned-effect.ts";
import { type Review, reviewOf } from "../../../../src/core/review/review.ts";
import { type PlannedEvent, eventSchema } from "../../../../src/core/settings/events.ts";
import { type IgnoreEntry, ignoreSchema } from "../../../../src/core/settings/ignore.ts";
import { type ChargePart, charge, daily, reviewInput, source, units } from "../../../support/charges.ts";
import { noisySeries } from "../../../support/series.ts";

const asOf = "2026-11-23";
const steady = (part: ChargePart = {}) => daily({ start: "2026-08-16", end: "2026-12-14" }, { cost: units(100), ...part });
const more = (start: Day, end: Day, percent: number, part: ChargePart = {}) => daily({ start, end }, { cost: units(percent), ...part });
const event = (part: object) => eventSchema.parse({ name: "Summaries", kind: "launch", start: "2026-11-16", end: "2026-11-23", ...part });
const ignoring = (part: object = {}) =>
  ignoreSchema.parse({ scope: { provider: "OpenAI" }, reason: "backfill of the archive", until: "2026-11-23", ...part });

interface Given {
  readonly events?: readonly PlannedEvent[];
  readonly ignore?: readonly IgnoreEntry[];
  readonly on?: Day;
}

function review(charges: readonly Charge[], { events = [], ignore = [], on = asOf }: Given = {}): Review {
  const known = charges.filter(({ day }) => day < on);
  return reviewOf(reviewInput({ asOf: on, charges: known, sources: [source(addDays(on, -1))], events, ignore }));
}

const ids = ({ anomalies, planned, ignored }: Review) => ({
  alerts: anomalies.map(({ id }) => id),
  planned: planned.map(({ id }) => id),
  ignored: ignored.map(({ anomaly }) => anomaly.id),
});
const launched = [...steady(), ...more("2026-11-16", "2026-12-14", 50)];
const run = "openai/inference@2026-11-16";

describe("planned events", () => {
  it.each([
    ["within its effect", { effect: { percent: 40 } }, "planned"],
    ["without a stated effect", {}, "planned"],
    ["in the scope of its provider", { scope: { provider: "open*" } }, "planned"],
    ["of one day: a launch explains the week after it", { end: "2026-11-17" }, "planned"],
    ["far beyond its effect", { effect: { percent: 10 } }, "alerts"],
    ["the other way round", { effect: { percent: -30 } }, "alerts"],
    ["outside its scope", { scope: { provider: "AWS" } }, "alerts"],
    ["in the scope of another service", { scope: { provider: "OpenAI", service: "Batch" } }, "alerts"],
    ["before it", { start: "2026-11-23", end: "2026-11-30" }, "alerts"],
    ["after it", { kind: "holiday", start: "2026-11-09", end: "2026-11-16" }, "alerts"],
  ])("a rise by half %s", (_, part, place) => {
    expect(ids(review(launched, { events: [event(part)] }))).toEqual({ alerts: [], planned: [], ignored: [], [place]: [run] });
  });

  it.each([
    ["a rise as far beyond double as makes a day odd", 160, {}, "planned"],
    ["a rise farther than that", 161, {}, "alerts"],
    ["a rise as far beyond the stated effect", 95, { effect: { percent: 50 } }, "planned"],
    ["a rise farther beyond it", 96, { effect: { percent: 50 } }, "alerts"],
    ["a fall to nothing", -100, {}, "planned"],
    ["a fall where nothing was to change", -50, { effect: { percent: 0 } }, "alerts"],
    ["a rise where nothing was to change", 50, { effect: { percent: 0 } }, "alerts"],
    ["a lesser rise of three days where nothing was to change", 25, { effect: { percent: 0 } }, "alerts"],
    ["a lesser fall of three days where nothing was to change", -25, { effect: { percent: 0 } }, "alerts"],
  ])("%s, by %d %", (_, percent, part, place) => {
    const charges = [...steady(), ...more("2026-11-16", "2026-11-19", percent)];
    const found = ids(review(charges, { events: [event(part)] }));
    expect(found).toEqual({ alerts: [], planned: [], ignored: [], [place]: [run] });
  });

  it("says what was expected of it, of the days of the run", () => {
    const [planned] = review(launched, { events: [event({ effect: { percent: 40 } })] }).planned;
    expect(planned).toMatchObject({ actual: units(1050), expected: units(700), event: { explains: true, expected: units(980) } });
  });

  it("does not hide one day far beyond it among days within it", () => {
    const charges = [...launched, charge({ day: "2026-11-18", cost: units(150) })];
    expect(ids(review(charges, { events: [event({ effect: { percent: 50 } })] })).alerts).toEqual([run]);
    expect(ids(review(charges, { events: [event({})] })).alerts).toEqual([run]);
  });

  it("explains no day before it and none after it: those are findings of their own", () => {
    const charges = [...steady(), ...more("2026-11-15", "2026-11-20", 80)];
    const found = ids(review(charges, { events: [event({ kind: "campaign", start: "2026-11-17", end: "2026-11-19" })] }));
    expect(found).toEqual({
      alerts: ["openai/inference@2026-11-15", "openai/inference@2026-11-19"],
      planned: ["openai/inference@2026-11-17"],
      ignored: [],
    });
  });

  it("does not keep another move of its provider from being named", () => {
    const other = daily({ start: "2026-11-16", end: "2026-11-23" }, { service: "New", cost: units(90) });
    const events = [event({ scope: { service: "Inference" }, effect: { percent: 50 } })];
    const found = review([...launched, ...other], { events });
    expect(ids(found)).toEqual({ alerts: ["openai@2026-11-16"], planned: [run], ignored: [] });
    expect(found.anomalies[0]).toMatchObject({ actual: units(1680), expected: units(1050) });
    expect(ids(review(launched, { events })).alerts).toEqual([]);
  });

  it("changes no figure of money", () => {
    const money = ({ total, month, deltas, verdict }: Review) => ({ total, pace: month.pace, toDate: month.toDate, deltas, verdict });
    expect(money(review(launched, { events: [event({})], ignore: [ignoring()] }))).toEqual(money(review(launched)));
  });
});

describe("the days of an event for the days after it", () => {
  const odd = (charges: readonly Charge[], on: Day, events: readonly PlannedEvent[]) => ids(review(charges, { on, events })).alerts;

  it("after a launch the level is its own: staying there is no alert, going back is one", () => {
    const events = [event({ end: "2026-11-17", effect: { percent: 50 } })];
    const back = [...steady(), ...more("2026-11-16", "2026-11-30", 50)];
    expect(odd(launched, "2026-11-30", events)).toEqual([]);
    expect(odd(launched, "2026-11-30", [])).toEqual([run]);
    expect(odd(back, "2026-12-07", events)).toEqual(["openai/inference@2026-11-30"]);
  });

  it("a holiday is nothing that days are compared with", () => {
    const holiday = event({ kind: "holiday", start: "2026-11-02", end: "2026-11-23" });
    const quiet = steady().map((row) => (row.day >= "2026-11-02" && row.day < "2026-11-23" ? { ...row, effective: units(40) } : row));
    expect(odd(quiet, "2026-11-30", [])).not.toEqual([]);
    expect(odd(quiet, "2026-11-30", [holiday])).toEqual([]);
  });

  it("without events, and with events elsewhere, nothing changes", () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const charges = noisySeries(seed, { noise: 0.25 }).map((cost, index) =>
        charge({ day: addDays("2026-08-16", index), cost: units(cost) }),
      );
      const elsewhere = event({ scope: { provider: "AWS" } });
      expect(review(charges, { events: [elsewhere] }).anomalies).toEqual(review(charges).anomalies);
    }
  });
});

describe("the ignore list", () => {
  it.each([
    ["holds to the end of the week", {}, "ignored"],
    ["ends before its last day", { until: "2026-11-22" }, "alerts"],
    ["begins after its first day", { from: "2026-11-17" }, "alerts"],
    ["is for falls", { direction: "down" }, "alerts"],
    ["is for rises", { direction: "up" }, "ignored"],
    ["is for less", { most: 349 }, "alerts"],
    ["is for as much", { most: 350 }, "ignored"],
    ["is for another service", { scope: { service: "Batch" } }, "alerts"],
  ])("an entry that %s", (_, part, place) =>
    expect(ids(review(launched, { ignore: [ignoring(part)] }))).toEqual({ alerts: [], planned: [], ignored: [], [place]: [run] }),
  );

  it("what is planned needs no entry", () =>
    expect(ids(review(launched, { events: [event({})], ignore: [ignoring()] }))).toEqual({ alerts: [], planned: [run], ignored: [] }));

  it("an entry that has run out is named", () => {
    const old = ignoring({ until: "2026-11-20" });
    expect(review(launched, { ignore: [old, ignoring()] }).expired).toEqual([old]);
  });
});

describe("what an event to come changes in the month", () => {
  it.each([
    ["a launch: to the end of the month", { start: "2026-11-24", end: "2026-11-25", effect: { percent: 10 } }, 7_000n],
    ["a holiday: its days", { kind: "holiday", start: "2026-11-26", end: "2026-11-28", effect: { percent: -50 } }, -10_000n],
    ["its days in the month", { kind: "holiday", start: "2026-11-30", end: "2026-12-03", effect: { percent: -50 } }, -5_000n],
    ["one that has begun", { effect: { percent: 10 } }, null],
    ["one that begins on the review date", { kind: "holiday", start: "2026-11-23", end: "2026-11-24", effect: { percent: 10 } }, 1_000n],
    ["one that began the day before", { kind: "holiday", start: "2026-11-22", end: "2026-11-25", effect: { percent: 10 } }, null],
    ["one of next month", { start: "2026-12-01", end: "2026-12-02", effect: { percent: 10 } }, null],
    ["one without a stated effect", { start: "2026-11-24", end: "2026-11-25" }, null],
    ["one of nothing that costs", { start: "2026-11-24", end: "2026-11-25", effect: { percent: 10 }, scope: { provider: "AWS" } }, null],
  ])("%s", (_, part, amount) => expect(plannedEffect(event(part), review(steady()))).toBe(amount));
});

it("the first day on which a finding could be told is on record", () => {
  const { anomalies } = review(launched);
  expect(anomalies.map(({ period, seen }) => daysBetween(period.start, seen))).toEqual([0]);
});
