import { expect, test } from "vitest";
import { type Day, eachDay, weekdayOf } from "../../../../src/core/day.ts";
import { isPaced } from "../../../../src/core/ledger/usage.ts";
import { toUnits } from "../../../../src/core/money.ts";
import { withoutHoles } from "../../../../src/core/review/month/filled-series.ts";
import { charge, units } from "../../../support/charges.ts";

const days = eachDay({ start: "2026-11-01", end: "2026-11-22" });
const hole = { start: "2026-11-15", end: "2026-11-18" };
const isMissing = (day: Day) => day >= hole.start && day < hole.end;
/** OpenAI by weekday, without the days of the hole; another provider and another source that cost more from 12 November on; a fee. */
const charges = [
  ...days.filter((day) => !isMissing(day)).map((day) => charge({ day, cost: units(10 + weekdayOf(day)) })),
  ...days.map((day) => charge({ day, provider: "AWS", cost: units(day < "2026-11-12" ? 5 : 50) })),
  ...days.map((day) => charge({ day, source: "other", cost: units(day < "2026-11-12" ? 3 : 30) })),
  ...days.map((day) => charge({ day, frequency: "Recurring", cost: units(day < "2026-11-12" ? 100 : 1) })),
];
const costOn = (day: Day) =>
  charges.filter((one) => one.day === day && isPaced(one)).reduce((sum, { effective }) => sum + toUnits(effective), 0);
const series = { start: "2026-11-01", detailsFrom: "2026-11-01", values: days.map(costOn) };
const none = { holes: [], providerHoles: [], costBasis: "effective" as const };

test("days that a provider lacks at a source cost what its last such weekday before them did, and nothing else of them moves", () => {
  const providerHoles = [{ provider: "OpenAI", source: "focus", period: hole }];
  const filled = days.map((day) => costOn(day) + (isMissing(day) ? 10 + weekdayOf(day) : 0));
  expect(withoutHoles(series, charges, { ...none, providerHoles }, "2026-11-21")).toEqual({ ...series, values: filled });
});

test("days that all lack cost what all did on the last such weekday; those that are not final are forecast", () => {
  const filled = (settled: Day) =>
    days.map((day) => (isMissing(day) && day <= settled ? costOn(days[days.indexOf(day) - 7] ?? "") : costOn(day)));
  for (const settled of ["2026-11-21", "2026-11-16"])
    expect(withoutHoles(series, charges, { ...none, holes: [hole] }, settled).values).toEqual(filled(settled));
});
