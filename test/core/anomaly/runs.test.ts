import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detect } from "../../../src/core/anomaly/detect.ts";
import { usualRange } from "../../../src/core/anomaly/expectation.ts";
import { type Run, findRuns } from "../../../src/core/anomaly/runs.ts";
import type { Step } from "../../../src/core/anomaly/step.ts";
import { runs } from "../../support/properties.ts";
import { noisySeries, shareOf } from "../../support/series.ts";

const sensitivity = { share: 0.3, amount: 2 };
const find = (values: readonly number[]) => findRuns(values, sensitivity);
/** The day of the event: a Sunday to a Saturday in the eleventh week. */
const dayOf = (seed: number) => 70 + (seed % 7);
const change = (seed: number, noise: number, factor: (index: number) => number) =>
  noisySeries(seed, { noise }).map((value, index) => value * factor(index - dayOf(seed)));
const holding = (list: readonly Run[], day: number, direction: Run["direction"]) =>
  list.find((run) => run.start <= day && day < run.end && run.direction === direction);

describe("a series without an event", () => {
  it.each([
    ["flat", Array<number>(98).fill(50)],
    ["a steady week", noisySeries(1, { noise: 0 })],
    ["growth of 2 % a week", noisySeries(2, { noise: 0.03 }).map((value, index) => value * 1.02 ** (index / 7))],
    ["nothing", Array<number>(98).fill(0)],
    ["a charge every second week", Array.from({ length: 98 }, (_, index) => (index % 14 === 3 ? 500 : 0))],
    ["a charge once a month", Array.from({ length: 98 }, (_, index) => (index % 30 === 3 ? 500 : 0)).slice(3)],
    ["a charge on each Monday", Array.from({ length: 98 }, (_, index) => (index % 7 === 1 ? 500 : 0))],
    ["workdays only", noisySeries(3, { week: [0, 1, 1, 1, 1, 1, 0] })],
    ["credits", Array.from({ length: 98 }, (_, index) => (index % 3 === 0 ? -5 : 1))],
  ])("%s: no alarm", (_, values) => expect(find(values)).toEqual([]));

  it.each([
    [0.05, 0.2],
    [0.1, 1.5],
    [0.2, 3],
    [0.3, 4],
  ])("noise of %d: fewer than %d alarms a year", (noise, most) => {
    const alarms = Array.from({ length: 60 }, (_, seed) => find(noisySeries(seed + 1, { noise })).length).reduce((a, b) => a + b, 0);
    expect((alarms * 365) / (60 * (98 - 14))).toBeLessThan(most);
  });

  it("13 days of history are too few for an alarm, 14 are enough", () => {
    expect(find([...Array<number>(13).fill(10), 100])).toEqual([]);
    expect(find([...Array<number>(14).fill(10), 100])).toHaveLength(1);
  });

  it("less than the share or the amount is none", () => {
    const next = (level: number, last: number) => find([...Array<number>(40).fill(level), last]).length;
    expect([next(100, 129), next(100, 131), next(1, 2.9), next(1, 3.1), next(100, 71), next(100, 69)]).toEqual([0, 1, 0, 1, 0, 1]);
  });
});

describe("events", () => {
  it("a day at three times its cost is found with its day and, four days later, as a spike", () => {
    const spike = (seed: number, seen: number) =>
      holding(find(change(seed, 0.1, (since) => (since === 0 ? 3 : 1)).slice(0, dayOf(seed) + seen)), dayOf(seed), "up");
    // Now and then the noise of the day before makes the run begin with it.
    expect(shareOf(50, (seed) => spike(seed, 1)?.start === dayOf(seed))).toBeGreaterThan(0.95);
    expect(shareOf(50, (seed) => spike(seed, 3)?.class === "undecided")).toBeGreaterThan(0.95);
    expect(shareOf(50, (seed) => spike(seed, 4)?.class === "spike" && spike(seed, 4)?.end === dayOf(seed) + 1)).toBeGreaterThan(0.95);
  });

  it.each([0.05, 0.1, 0.2, 0.3])("a day at 0 is found on that day, noise %d", (noise) => {
    const found = (seed: number) =>
      holding(find(change(seed, noise, (since) => (since === 0 ? 0 : 1)).slice(0, dayOf(seed) + 1)), dayOf(seed), "down");
    expect(shareOf(50, (seed) => found(seed)?.start === dayOf(seed))).toBeGreaterThan(0.95);
  });

  it("a level 60 % up is found within three days, undecided before four, a shift after a week and one run in three", () => {
    const runsOf = (seed: number, seen: number) =>
      find(change(seed, 0.1, (since) => (since >= 0 ? 1.6 : 1)).slice(0, dayOf(seed) + seen)).filter(({ end }) => end > dayOf(seed));
    expect(shareOf(50, (seed) => runsOf(seed, 3).length === 1)).toBeGreaterThan(0.9);
    // Now and then the noise of the days before makes the run begin earlier.
    expect(shareOf(50, (seed) => runsOf(seed, 3).every((run) => run.class === "undecided"))).toBeGreaterThan(0.9);
    expect(shareOf(50, (seed) => runsOf(seed, 7)[0]?.class === "shift")).toBeGreaterThan(0.8);
    expect(shareOf(50, (seed) => runsOf(seed, 20).length <= 1)).toBeGreaterThan(0.85);
  });

  it("a new level is the normal one after twelve days: later days and its end are compared with it", () => {
    const values = [...Array<number>(40).fill(10), ...Array<number>(40).fill(20)];
    expect(find(values)).toMatchObject([{ start: 40, end: 52, direction: "up", class: "shift" }]);
    expect(find([...values, 10])).toMatchObject([{}, { start: 80, direction: "down" }]);
  });

  it.each([1, 2, 3])("a spike %d days after a level has become the new one is found, and measured from it", (after) => {
    const values = [...Array<number>(40).fill(10), ...Array<number>(12 + after).fill(20), 60, 20];
    expect(find(values)).toMatchObject([{ end: 52 }, { start: 52 + after, end: 53 + after, direction: "up", expected: 20 }]);
  });

  it("a weekend after a spike on a Friday does not make it a shift", () => {
    const values = noisySeries(1, { days: 80, noise: 0.02 }).slice(0, 79);
    const friday = 75;
    expect(find(values.map((value, index) => (index === friday ? value * 3 : value)))).toMatchObject([
      { start: friday, end: friday + 1, class: "spike" },
    ]);
  });

  it.each([
    ["a weekend", [20, 20, 20, 20, 20, 10, 10, 20, 20], [[60, 69, "shift"]]],
    ["two weekends", [20, 20, 20, 20, 20, 10, 10, 20, 20, 20, 20, 20, 10, 10, 20], [[60, 75, "shift"]]],
    [
      "three usual days",
      [20, 20, 20, 20, 20, 10, 10, 10, 20],
      [
        [60, 65, "shift"],
        [68, 69, "undecided"],
      ],
    ],
    [
      "a spike that came back",
      [40, 10, 10, 10, 10, 10, 40],
      [
        [60, 61, "spike"],
        [66, 67, "undecided"],
      ],
    ],
    [
      "a day at nothing",
      [20, 20, 20, 20, 20, 0, 20, 20],
      [
        [60, 65, "shift"],
        [65, 66, "undecided"],
        [67, 68, "undecided"],
      ],
    ],
  ] as const)("whether a run goes on after %s", (_, days, expected) => {
    const usual = Array.from({ length: 60 }, (_day, index) => [10, 9.5, 10.5][index % 3] ?? 0);
    expect(find([...usual, ...days]).map((run) => [run.start, run.end, run.class])).toEqual(expected);
  });

  it("no run goes on over days that take back more than it is: a fall does not cost more than was expected", () => {
    const falls = Array.from({ length: 40 }, (_, seed) => find([...noisySeries(seed + 1, { noise: 0.6 }), 0, 700, 2, 65, 2, 0]))
      .flat()
      .filter(({ direction }) => direction === "down");
    expect(falls.length).toBeGreaterThan(40);
    expect(falls.filter(({ actual, expected }) => actual > expected)).toEqual([]);
  });

  it("a run sums its days and its range holds what was expected", () => {
    const [run] = find([...Array<number>(40).fill(10), 30, 30]);
    expect(run).toMatchObject({ start: 40, end: 42, actual: 60, expected: 20, low: 20 * Math.exp(-0.04), high: 20.8 });
  });

  it("a day that is found lies outside its range, a fall of a restless series too", () => {
    let falls = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const values = change(seed, 0.25, (index) => (index === 0 ? 0.02 : 1));
      for (const { days, rule } of find(values).filter((run) => run.end === run.start + 1)) {
        const [{ value, expectation }] = days as [Step];
        if (rule !== "a day far outside the usual range" || !expectation) continue;
        const { low, high } = usualRange(expectation);
        expect(value < low || value > high).toBe(true);
        expect(low).toBeGreaterThan(0);
        if (value < low) falls++;
      }
    }
    expect(falls).toBeGreaterThan(0);
  });
});

describe("the day on which a run could be told", () => {
  const usual = Array.from({ length: 12 }, () => [100, 88, 112, 94, 106]).flat();
  const far = "a day far outside the usual range";
  const three = "three days in a row to one side, together far outside the usual range";
  it.each([
    ["a far day is told on that day", [180], 60, 60, far],
    ["three that lean are told on the third", [128, 128, 128], 60, 62, three],
    ["a far second day is told by itself, and the third moves the start to the day before", [128, 180, 128], 60, 61, far],
    ["a far third day is told as the third in a row", [128, 128, 180], 60, 62, three],
    ["a second day at nothing is told as that", [75, 0, 75], 60, 61, "a day at nothing, as no day before it"],
  ] as const)("%s", (_, days, start, seen, rule) => expect(find([...usual, ...days])).toMatchObject([{ start, seen, rule }]));
});

describe("a restless series", () => {
  /** 90 and 110 in turn; a day at 155 is just odd. */
  const onDays = (...days: readonly number[]) =>
    find(Array.from({ length: 130 }, (_, index) => (days.includes(index) ? 155 : index % 2 === 0 ? 90 : 110))).map(({ start }) => start);
  it("alarms again within six weeks only for more", () => {
    expect(onDays(60)).toEqual([60]);
    expect(onDays(60, 75)).toEqual([60]);
    expect(onDays(60, 106)).toEqual([60, 106]);
  });

  it.each([
    ["a fourth burst as large as three before is how the series is", 480, [60, 72, 84]],
    ["a larger one is news", 900, [60, 72, 84, 96]],
  ])("%s", (_, fourth, expected) => {
    const bursts = new Map([...[60, 72, 84].map((day) => [day, 500] as const), [96, fourth]]);
    const values = Array.from({ length: 98 }, (_day, index) => bursts.get(index) ?? (index % 2 === 0 ? 90 : 110));
    expect(find(values).map(({ start }) => start)).toEqual(expected);
  });

  it("a level that rises between bursts as large is found on its third day", () => {
    const bursts = new Map([60, 72, 84].map((day) => [day, 500] as const));
    const values = Array.from({ length: 96 }, (_, day) => bursts.get(day) ?? (day % 2 === 0 ? 90 : 110) * (day < 92 ? 1 : 3));
    expect(find(values).at(-1)).toMatchObject({
      start: 92,
      seen: 94,
      rule: "three days in a row to one side, together far outside the usual range",
    });
  });

  const restless = (seed: number) => noisySeries(seed, { noise: 0.5 }).map((value) => Math.max(10, value));
  it("a day at 0 is found where no day was near it, and only there", () => {
    const found = (seed: number, least: number) => {
      const values = restless(seed).map((value, index) => (index === dayOf(seed) ? 0 : index % 9 === 0 ? Math.min(value, least) : value));
      return holding(find(values.slice(0, dayOf(seed) + 1)), dayOf(seed), "down") !== undefined;
    };
    expect(shareOf(50, (seed) => found(seed, 1000))).toBeGreaterThan(0.95);
    expect(shareOf(50, (seed) => found(seed, 0))).toBeLessThan(0.1);
  });
});

describe("a holiday", () => {
  const week = [0.3, 1, 1, 1, 1, 1, 0.4];
  const on = (day: number, share: number) =>
    noisySeries(3, { week, noise: 0.02 }).map((value, index) => (index === day ? 100 * share : value));
  /** A Tuesday. */
  const workday = 72;
  it("a working day that costs what the least weekday costs is none", () => expect(find(on(workday, 0.3))).toEqual([]));
  it("a working day that costs less is one, as is a day at nothing", () => {
    expect(find(on(workday, 0.2))).toMatchObject([{ start: workday, end: workday + 1, direction: "down" }]);
    expect(find(on(workday, 0))).toMatchObject([{ start: workday, direction: "down", rule: "a day at nothing, as no day before it" }]);
  });
  it("the same weekday a week later is compared with usual weeks", () => {
    const values = on(workday, 0.3);
    const [before, after] = [on(-1, 0), values].map((list) => detect(list, sensitivity).steps[workday + 7]?.expectation?.expected ?? 0);
    expect(after).toBeCloseTo(before ?? 0, -1);
  });
});

describe("no look-ahead", () => {
  const value = fc.oneof(
    fc.constant(0),
    fc.double({ min: 0, max: 50, noNaN: true }),
    fc.double({ min: 90, max: 110, noNaN: true }),
    fc.double({ min: 0, max: 1000, noNaN: true }),
  );
  it("whether a day is flagged is known on the day", () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 15, maxLength: 70 }), fc.nat(70), (values, cut) => {
        expect(detect(values.slice(0, cut), sensitivity).flagged).toEqual(detect(values, sensitivity).flagged.slice(0, cut));
      }),
      runs(300),
    );
  });
  it("later days take back no odd day, and add one only among the last two of what was seen", () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 16, maxLength: 70 }), fc.integer({ min: 1, max: 30 }), (values, later) => {
        const seen = values.slice(0, Math.max(15, values.length - later));
        const [before, after] = [detect(seen, sensitivity).odd, detect(values, sensitivity).odd];
        for (let day = 0; day < seen.length; day++) {
          const known = before[day];
          if (known !== null || day < seen.length - 2) expect(after[day]).toBe(known);
        }
      }),
      runs(300),
    );
  });
});
