import { expect, test } from "vitest";
import { type PastAction, measuredIn } from "../../../../src/core/review/effects/past-actions.ts";
import { reviewOf } from "../../../../src/core/review/review.ts";
import { daily, reviewInput, units } from "../../../support/charges.ts";

const charges = [
  ...daily({ start: "2026-08-03", end: "2026-10-12" }, { cost: units(30) }),
  ...daily({ start: "2026-10-12", end: "2026-11-23" }, { cost: units(20) }),
];
const action = (due: string, about = "openai/inference"): PastAction => ({
  id: "2026-W40-1",
  title: "Shorten the prompts",
  about,
  effect: { cost: -70 },
  decided: "2026-10-05",
  due,
});

test.each([
  ["no full week since", "2026-11-16", []],
  ["one week since", "2026-11-15", [1]],
  ["four weeks since", "2026-10-25", [4]],
  ["four weeks and six days since", "2026-10-19", [4]],
  ["five weeks since: it has been told", "2026-10-18", []],
])("what an action changed, %s", (_, due, weeks) => {
  const found = measuredIn([action(due)], reviewOf(reviewInput({ charges })));
  expect(found.map(({ outcome }) => [outcome.weeks, outcome.measured])).toEqual(weeks.map((count) => [count, -7_000n]));
});

test("nothing is told of a slice that is not there", () => {
  expect(measuredIn([action("2026-10-25", "openai/batch")], reviewOf(reviewInput({ charges })))).toEqual([]);
});
