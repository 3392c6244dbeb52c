import { describe, expect, test } from "vitest";
import { type Day, contains, eachDay, weekdayOf } from "../../../../src/core/day.ts";
import { toUnits } from "../../../../src/core/money.ts";
import { usualSeries } from "../../../../src/core/review/month/planned-series.ts";
import { eventSchema } from "../../../../src/core/settings/events.ts";
import { charge, type ChargePart, units } from "../../../support/charges.ts";

const days = eachDay({ start: "2026-10-01", end: "2026-11-29" });
const event = (kind: string, start: Day, end: Day, provider?: string) =>
  eventSchema.parse({ name: "x", kind, start, end, ...(provider === undefined ? {} : { scope: { provider } }) });
/** OpenAI by weekday, but for days of nothing; AWS evenly. */
const costs = (isOff: (day: Day) => boolean, aws = 5) => [
  ...days.map((day) => charge({ day, cost: isOff(day) ? 0n : units(10 + weekdayOf(day)) })),
  ...days.map((day) => charge({ day, provider: "AWS", cost: units(aws) })),
];
const seriesOf = (charges: ReturnType<typeof costs>, detailsFrom: Day = "2026-10-01") => ({
  start: "2026-10-01",
  detailsFrom,
  values: days.map((day) => charges.filter((one) => one.day === day).reduce((sum, { effective }) => sum + toUnits(effective), 0)),
});
const always = seriesOf(costs(() => false)).values;

describe("days of an event that passes", () => {
  const long = event("holiday", "2026-11-13", "2026-11-23", "OpenAI");
  const off = costs((day) => contains(long, day));
  const fee = (part: ChargePart) => charge({ frequency: "Recurring", cost: units(99), ...part });

  test("cost what its charges did on the last such weekday before it", () => {
    expect(usualSeries(seriesOf(off), off, [long], "effective")).toEqual({ values: always, levelFrom: 0 });
  });

  test("whatever fees stand beside them", () => {
    const fees = [fee({ day: "2026-11-06" }), fee({ day: "2026-11-14" })];
    expect(usualSeries(seriesOf(off), [...off, ...fees], [long], "effective").values).toEqual(always);
  });

  test("are left as they are where that day is not known by service", () => {
    const known = seriesOf(off, "2026-11-08");
    const left = ["2026-11-13", "2026-11-14", "2026-11-20", "2026-11-21"];
    const expected = days.map((day, index) => (left.includes(day) ? known.values : always)[index]);
    expect(usualSeries(known, off, [long], "effective").values).toEqual(expected);
  });

  test("are none before the series and after it", () => {
    const apart = [event("holiday", "2026-09-25", "2026-10-01"), event("holiday", "2026-11-29", "2026-12-02")];
    expect(usualSeries(seriesOf(off), off, apart, "effective").values).toEqual(seriesOf(off).values);
  });
});

describe("the level begins where a launch began", () => {
  const whole = costs(() => false);
  const levelFrom = (start: Day, end: Day, charges = whole, provider?: string) =>
    usualSeries(seriesOf(charges), charges, [event("launch", start, end, provider)], "effective").levelFrom;

  test("once seven days of it are known", () => {
    expect([levelFrom("2026-11-10", "2026-11-12"), levelFrom("2026-11-22", "2026-11-24"), levelFrom("2026-11-23", "2026-11-25")]).toEqual([
      40, 52, 0,
    ]);
  });

  test("of what is a tenth of the last four weeks or more", () => {
    const part = (aws: number) =>
      levelFrom(
        "2026-11-10",
        "2026-11-12",
        costs(() => false, aws),
        "AWS",
      );
    // OpenAI costs 13 a day on average.
    expect([part(13 / 9 - 0.01), part(13 / 9 + 0.01), part(13)]).toEqual([0, 40, 40]);
  });

  test("of the last four weeks alone", () => {
    const ceased = [...costs(() => false, 0), ...days.slice(0, -28).map((day) => charge({ day, provider: "AWS", cost: units(500) }))];
    expect(levelFrom("2026-10-10", "2026-10-12", ceased, "AWS")).toBe(0);
  });
});
