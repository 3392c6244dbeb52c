import { expect, test } from "vitest";
import { addDays, eachDay } from "../../../src/core/day.ts";
import { spentByWeek } from "../../../src/core/economics/unit-cost.ts";
import { units } from "../../support/charges.ts";
import { metric } from "../../support/metrics.ts";

const [prior, period] = [
  { start: "2026-11-09", end: "2026-11-16" },
  { start: "2026-11-16", end: "2026-11-23" },
];
const days = eachDay({ start: prior.start, end: period.end });

/** Tickets known on some days only, ten each; the days cost 1, 2, 3 … */
function spent(...known: readonly string[]) {
  const values = days.map((day) => (known.includes(day) ? 10 : null));
  const byDay = new Map(days.map((day, index) => [day, units(index + 1)]));
  return spentByWeek(metric(values), { prior, period }, { byDay, isWhole: () => true });
}
const of = (cost: number, known: number) => ({ cost: units(cost), count: units(10 * known), known });

test.each([0, 1, 2, 3, 4, 5, 6])("where no weekday is known in both weeks, each is told on the days it knows: day %d", (index) => {
  const [last, other] = [addDays(period.start, index), addDays(prior.start, (index + 1) % 7)];
  expect(spent(last, other)).toEqual({ last7: of(index + 8, 1), prior7: of(((index + 1) % 7) + 1, 1) });
});

test("where one weekday is known in both weeks, that alone is compared", () => {
  expect(spent("2026-11-09", ...eachDay(period))).toEqual({ last7: of(8, 1), prior7: of(1, 1) });
});
