import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ForecastInput, forecastSeries } from "../../../src/core/forecast/forecast.ts";
import { followingLevel, levelStart } from "../../../src/core/forecast/level.ts";
import { isBursty, isSparse, membersOf, traitsOf } from "../../../src/core/forecast/members.ts";
import { plainProfile, weekdayProfile } from "../../../src/core/forecast/weekday.ts";
import { yearAgo } from "../../../src/core/forecast/year.ts";
import { runs } from "../../support/properties.ts";
import { businessWeek, noisySeries } from "../../support/series.ts";

const flat = (count: number, value = 10) => Array<number>(count).fill(value);
const forecast = (input: Partial<ForecastInput> & Pick<ForecastInput, "values">) =>
  forecastSeries({ toDate: 10, monthDays: 30, provisionalDays: 0, ...input });
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

describe("a month whose course is plain", () => {
  it("a flat series ends at its days × its level, with next to no range", () => {
    const { monthTotal, daily } = forecast({ values: flat(100) });
    expect(monthTotal.point).toBeCloseTo(300, 6);
    expect(monthTotal.hi80 - monthTotal.lo80).toBeLessThan(1);
    expect(daily).toHaveLength(20);
  });

  it("knows weekends", () => {
    const values = noisySeries(1, { days: 115, noise: 0.02 });
    const { daily } = forecast({ values });
    daily.slice(0, 7).forEach((value, day) => {
      const usual = 100 * (businessWeek[(115 + day) % 7] ?? 0);
      expect(value / usual).toBeGreaterThan(0.93);
      expect(value / usual).toBeLessThan(1.07);
    });
  });

  it("follows a new level within days, and a burst of one day not at all", () => {
    const before = noisySeries(2, { days: 100, noise: 0.05, week: flat(7, 1) });
    const after = noisySeries(3, { days: 14, noise: 0.05, week: flat(7, 2) });
    const level = (values: readonly number[]) => total(forecast({ values }).daily.slice(0, 7)) / 7;
    expect(level([...before, ...after])).toBeGreaterThan(180);
    expect(level([...before, 1000])).toBeLessThan(110);
  });

  it("a steady rise goes on, and so does a steady fall", () => {
    const line = (slope: number) => Array.from({ length: 100 }, (_, day) => 200 + slope * day);
    const next = (slope: number) => total(Array.from({ length: 20 }, (_, ahead) => 200 + slope * (100 + ahead)));
    for (const slope of [2, -1]) expect(Math.abs(total(forecast({ values: line(slope) }).daily) / next(slope) - 1)).toBeLessThan(0.045);
  });

  it("a steady rise is not told late: the next week to a per cent", () => {
    const values = Array.from({ length: 100 }, (_, day) => 50 + day);
    const next = total(Array.from({ length: 7 }, (_, ahead) => 150 + ahead));
    expect(Math.abs(total(forecast({ values }).daily.slice(0, 7)) / next - 1)).toBeLessThan(0.01);
  });

  it("growth is damped: it never explodes", () => {
    const values = Array.from({ length: 100 }, (_, day) => 10 * 1.05 ** day);
    expect(total(forecast({ values }).daily) / 20).toBeLessThan(2 * (values.at(-1) ?? 0));
  });
});

describe("a new level", () => {
  const steady = noisySeries(9, { days: 60, noise: 0.02, week: flat(7, 1) });
  const at = (level: number, days: number) => noisySeries(10, { days, level, noise: 0.02, week: flat(7, 1) });
  const restless = noisySeries(11, { days: 60, noise: 0.5, week: flat(7, 1) });
  it.each([
    ["a fall of two days", [...steady, ...at(60, 2)], 0],
    ["a fall of three", [...steady, ...at(60, 3)], 60],
    ["a rise of six days", [...steady, ...at(150, 6)], 0],
    ["a rise of a week", [...steady, ...at(150, 7)], 60],
    ["a rise with an outage", [...steady, ...at(150, 5), 0, ...at(150, 5)], 60],
    ["a rise that is over", [...steady, ...at(150, 9), ...at(100, 1)], 0],
    ["a small rise", [...steady, ...at(108, 14)], 0],
    ["what a restless series does", [...restless, ...at(60, 7)], 0],
    ["an outage", [...steady, ...flat(6, 0)], 0],
    ["the end of a restless series", [...restless, ...flat(7, 0)], 60],
    ["steady growth", Array.from({ length: 56 }, (_, day) => 100 + 3 * day), 0],
    ["a fall into credits", [...steady, ...at(-40, 3)], 60],
    ["little history", [...at(100, 13), ...at(50, 5)], 0],
  ])("%s", (_, values, start) => expect(levelStart(values)).toBe(start));
  it.each([
    ["resized machines", flat(60, 100), [...flat(3, 40)], 40],
    ["a service that ended", flat(60, 100), [...flat(12, 0)], 0],
    ["a trial that ended", flat(60, 0), [...flat(7, 25)], 25],
  ])("%s: every day to come is told at the new level", (_, before, after, level) =>
    forecast({ values: [...before, ...after], toDate: after.length }).daily.forEach((value) => expect(value).toBeCloseTo(level, 1)),
  );
  it.each([
    ["a free Friday", 63, [60], 450],
    ["a free Thursday and Friday", 63, [59, 60], 450],
    ["a free Monday", 64, [63], 450],
    ["a free half of a week", 66, [63, 64, 65], 400],
  ])("is none after %s of people who work five days", (_, days, free, least) => {
    const values = Array.from({ length: days }, (_value, day) => (day % 7 > 4 || free.includes(day) ? 0 : 100 + ((day * 37) % 11)));
    const { daily } = forecast({ values });
    expect(total(daily.slice(0, 7))).toBeGreaterThan(least);
    expect(total(daily.slice(0, 7))).toBeLessThan(540);
  });
  it("is seen where weekends cost nothing", () => {
    const asleep = (level: number, day: number) => (day % 7 > 4 ? 0 : level);
    const values = Array.from({ length: 70 }, (_, day) => asleep(day < 63 ? 100 : 160, day));
    forecast({ values }).daily.forEach((value, ahead) => expect(value).toBeCloseTo(asleep(160, ahead), 0));
  });
});

describe("what follows each day", () => {
  it("is where a step leads within days, however calm the days before, and hardly moved by a burst", () => {
    expect(followingLevel([...flat(50, 100), ...flat(4, 120)])).toBeGreaterThan(110);
    expect(followingLevel([...flat(50, 100), 5_000])).toBeLessThan(105);
    expect(followingLevel([...flat(50, 0), ...flat(6, 10)])).toBeGreaterThan(0);
    expect(followingLevel(flat(30, 0))).toBe(0);
  });
  it("keeps the weekdays of eight weeks as they were, where the shared profile draws them together", () => {
    const values = noisySeries(12, { days: 84, noise: 0.3 });
    const spread = (profile: readonly number[]) => Math.max(...profile) - Math.min(...profile);
    expect(spread(plainProfile(values))).toBeGreaterThan(spread(weekdayProfile(values)));
    expect(total(plainProfile(values))).toBeCloseTo(7, 9);
    expect(plainProfile(flat(9))).toEqual(flat(7, 1));
  });
  it("is no forecast of bursts, nor of a series with many zeros", () => {
    const members = (values: readonly number[]) => membersOf(values, 7, traitsOf(values)).length;
    const zeros = Array.from({ length: 90 }, (_, day) => (day % 5 < 2 ? 20 : 0));
    const bursty = Array.from({ length: 30 }, (_, day) => (day % 4 === 1 ? 300 : 10));
    expect([members(flat(90)), members(zeros), members(bursty)]).toEqual([8, 8, 6]);
  });
});

describe("guards", () => {
  it("nothing but zeros stays nothing", () =>
    expect(forecast({ values: flat(60, 0) })).toEqual({
      monthTotal: { point: 0, lo80: 0, hi80: 0, lo95: 0, hi95: 0 },
      daily: flat(20, 0),
    }));

  it("a series with many zeros keeps its mean, and no weekday explodes", () => {
    const values = Array.from({ length: 90 }, (_, day) => (day % 5 < 2 ? 20 : 0));
    expect(isSparse(values)).toBe(true);
    const { daily } = forecast({ values });
    expect(total(daily) / 20).toBeGreaterThan(3);
    expect(Math.max(...daily)).toBeLessThan(25);
  });

  it.each([1, 2, 3, 6, 7, 8, 13])("%d days of history are answered with a wide range", (count) => {
    const { monthTotal } = forecast({ values: flat(count), toDate: Math.min(count, 10) });
    expect(monthTotal.point).toBeCloseTo(300, 6);
    expect(monthTotal.hi80 - monthTotal.lo80).toBeGreaterThan(10);
  });

  it("credits keep their sign and their range its order", () => {
    const { point, lo80, hi80 } = forecast({ values: noisySeries(4, { days: 60 }).map((value) => -value) }).monthTotal;
    expect(point).toBeLessThan(0);
    expect(lo80).toBeLessThanOrEqual(point);
    expect(hi80).toBeGreaterThanOrEqual(point);
  });
});

describe("bursts", () => {
  const bursty = Array.from({ length: 30 }, (_, day) => (day % 4 === 1 ? 300 : 10 + (day % 3)));
  it("are no level while little is known", () => {
    expect(isBursty(bursty)).toBe(true);
    expect(total(forecast({ values: bursty }).daily.slice(0, 7)) / 7).toBeLessThan(20);
  });
  it.each([
    ["a business week", noisySeries(7, { days: 60 })],
    ["a flat line", flat(30)],
    ["nothing", flat(30, 0)],
    ["a day in three", Array.from({ length: 30 }, (_, day) => (day % 3 === 0 ? 50 : 0))],
  ])("%s is none", (_, values) => expect(isBursty(values)).toBe(false));
});

describe("a year ago", () => {
  const month = (days: number, level: number) => noisySeries(8, { days, level, noise: 0.02 });
  const year = [...month(392, 100), ...month(28, 50), ...month(336, 100)];
  it("a quiet month comes again, half seen", () => {
    const daily = (values: readonly number[]) => total(forecast({ values }).daily.slice(0, 14)) / 14;
    expect(daily(year)).toBeLessThan(0.97 * daily(year.slice(-300)));
    expect(daily(year)).toBeGreaterThan(50);
  });
  it("says how the days then stood to the four weeks before them, weekdays taken out", () => {
    const ratios = yearAgo(year, weekdayProfile(year), 28) ?? [];
    expect(ratios[7]).toBeCloseTo(0.5, 1);
    expect(yearAgo(flat(392), flat(7, 1), 3)).toEqual([1, 1, 1]);
    expect(yearAgo([...flat(28), ...flat(364, 50)], flat(7, 1), 3)?.[2]).toBe(2);
  });
  it("is not known before 56 weeks, nor after four weeks of nothing", () => {
    expect(yearAgo(flat(391), flat(7, 1), 3)).toBeNull();
    expect(yearAgo([...flat(28, 0), ...flat(364)], flat(7, 1), 3)).toBeNull();
  });
});

describe("provisional days", () => {
  const values = noisySeries(5, { days: 100, noise: 0.05 });
  const late = values.map((value, day) => (day === 99 ? value * 0.35 : day === 98 ? value * 0.8 : value));
  it("are forecast, not read", () => {
    const [clean, held, fooled] = [forecast({ values }), forecast({ values: late, provisionalDays: 2 }), forecast({ values: late })].map(
      ({ monthTotal }) => monthTotal.point,
    );
    expect(Math.abs((held ?? 0) / (clean ?? 1) - 1)).toBeLessThan(0.045);
    expect(fooled ?? 0).toBeLessThan(held ?? 0);
  });
  it("count at least what has come", () => {
    const more = [...flat(60), 500];
    expect(forecast({ values: more, provisionalDays: 1 }).monthTotal.lo95).toBeGreaterThanOrEqual(90 + 500);
  });
  it("above what was expected tell of the days after them as final ones would", () => {
    const moved = [...flat(100), 40, 40];
    const final = forecast({ values: moved }).daily;
    forecast({ values: moved, provisionalDays: 2 }).daily.forEach((value, day) => expect(value).toBeCloseTo(final[day] ?? 0, 9));
  });
  it("are still to grow, more where days surprise more, but by no third", () => {
    // The month holds nothing but the provisional day.
    const last = (noise: number, come = 400) =>
      forecast({ values: [...noisySeries(6, { days: 100, noise }), come], toDate: 1, monthDays: 1, provisionalDays: 1 }).monthTotal.point;
    expect(last(0.05)).toBeGreaterThan(401);
    expect(last(0.2)).toBeGreaterThan(last(0.05));
    expect(last(5, 1e6)).toBeLessThan(1.35e6);
  });
  it("that later ones came after are nearly whole, which counts half at most, and next to nothing in a calm series", () => {
    // The month holds nothing but the provisional days; the last one that has cost is read as before.
    const total = (noise: number, ...come: number[]) =>
      forecast({ values: [...noisySeries(6, { days: 100, noise }), ...come], toDate: 3, monthDays: 3, provisionalDays: 3 }).monthTotal
        .point;
    const usual = (noise: number) => total(noise, 0, 0, 1e-9);
    expect(total(0.4, 5, 5, 1e-9)).toBeLessThan(0.8 * usual(0.4));
    expect(total(0.4, 5, 5, 1e-9)).toBeGreaterThan(0.4 * usual(0.4));
    expect(total(0.4, 1e-9, 0, 0)).toBeCloseTo(usual(0.4), 6);
    expect(total(0.001, 5, 5, 1e-9)).toBeCloseTo(usual(0.001), 0);
  });
  it("without cost, and credits, are read as what they are at most", () => {
    expect(forecast({ values: [...flat(60), 0], provisionalDays: 1 }).monthTotal.point).toBeCloseTo(300, 6);
    expect(forecast({ values: [...flat(60), -5], provisionalDays: 1 }).monthTotal.point).toBeCloseTo(300, 6);
  });
  it("may be all that is known, or more than that", () => {
    expect(forecast({ values: [3, 4], toDate: 2, provisionalDays: 5 }).monthTotal.point).toBeGreaterThanOrEqual(7);
    expect(forecast({ values: [], toDate: 0, provisionalDays: 3 }).monthTotal.point).toBe(0);
  });
  it("of the month before do not count in this one", () => {
    const { point } = forecast({ values: [...flat(60), 1, 1, 1], toDate: 1, provisionalDays: 3, monthDays: 30 }).monthTotal;
    expect(point).toBeCloseTo(300, 0);
  });
});

describe("the calendar", () => {
  it("a closed month is what it cost, without a range, and the next days are told all the same", () => {
    const { monthTotal, daily } = forecast({ values: flat(90), toDate: 31, monthDays: 31 });
    expect(monthTotal).toEqual({ point: 310, lo80: 310, hi80: 310, lo95: 310, hi95: 310 });
    expect(daily).toHaveLength(7);
  });
  it.each([28, 29, 30, 31])("a month of %d days, from its first day to its last", (monthDays) => {
    for (let toDate = 1; toDate <= monthDays; toDate++) {
      const { monthTotal, daily } = forecast({ values: flat(60), toDate, monthDays });
      expect(monthTotal.point).toBeCloseTo(10 * monthDays, 6);
      expect(daily).toHaveLength(Math.max(7, monthDays - toDate));
    }
  });
});

it("amounts too small to take a share of are finite, too", () => {
  const { monthTotal, daily } = forecast({ values: [1e-323, 0], toDate: 0 });
  expect([...daily, monthTotal.point, monthTotal.hi95].every(Number.isFinite)).toBe(true);
});

it("any series gives finite numbers in order", () => {
  const value = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true }), fc.double({ min: -100, max: 100, noNaN: true }));
  const shape = fc.tuple(fc.array(value, { maxLength: 80 }), fc.integer({ min: 0, max: 31 }), fc.integer({ min: 0, max: 9 }));
  fc.assert(
    fc.property(shape, ([values, toDate, provisionalDays]) => {
      const { monthTotal, daily } = forecastSeries({ values, toDate, monthDays: 31, provisionalDays });
      const { point, lo80, hi80, lo95, hi95 } = monthTotal;
      expect([...daily, point, lo80, hi80, lo95, hi95].every(Number.isFinite)).toBe(true);
      expect(lo95 <= lo80 && lo80 <= point && point <= hi80 && hi80 <= hi95).toBe(true);
    }),
    runs(200),
  );
});

it("twice the amounts give twice the forecast, in cents as in millions", () => {
  const values = fc.array(fc.double({ min: 0.01, max: 1000, noNaN: true }), { minLength: 1, maxLength: 120 });
  fc.assert(
    fc.property(values, fc.constantFrom(0.01, 2, 1e6), (series, factor) => {
      const [one, other] = [forecast({ values: series }), forecast({ values: series.map((value) => value * factor) })];
      expect(other.monthTotal.point / factor / one.monthTotal.point).toBeCloseTo(1, 6);
      expect(other.monthTotal.hi80 / factor / one.monthTotal.hi80).toBeCloseTo(1, 6);
    }),
    runs(100),
  );
});
