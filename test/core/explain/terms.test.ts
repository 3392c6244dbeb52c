import { expect, test } from "vitest";
import { finalDaysTerm, sameDaysTerm } from "../../../src/core/explain/terms.ts";
import { units } from "../../support/charges.ts";

const amounts = { last7: units(12), prior7: units(10), percent: 20 };

test.each([
  [1, "on the 1 day through 2026-11-16, which is final", "on the 1 weekday that both weeks hold"],
  [2, "on the 2 days through 2026-11-16, which are final", "on the 2 weekdays that both weeks hold"],
])("%d day or more are told by number", (days, final, same) => {
  expect(finalDaysTerm({ ...amounts, days, through: "2026-11-16" })).toEqual({ name: final, value: "10.00 → 12.00, 2.00 (20 %)" });
  expect(sameDaysTerm({ ...amounts, days }).name).toBe(same);
});
