import { expect, test } from "vitest";
import { textOf } from "../../../src/commands/analyze/text.ts";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { type Review, reviewOf } from "../../../src/core/review/review.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { pacingSection } from "../../../src/document/sections/pacing/pacing.ts";
import { daily, reviewInput, units } from "../../support/charges.ts";

/** A range of no width is no certainty, and is not told as one. */

const [start, stop, asOf] = ["2026-09-07", "2026-11-06", "2026-11-23"];
const of = (charges: ReviewInput["charges"]): Review => reviewOf(reviewInput({ charges }));
const likely = (review: Review) => pacingSection(contextOf(review)).head?.text.match(/^.*Likely month end.*$/m)?.[0];
const restless = (end: string) =>
  daily({ start, end }, {}).map((one, index) => ({ ...one, billed: units(80), effective: units(80 + ((index * 37) % 50)) }));

test("where the days to come are expected to cost nothing, how far off that may be is not known", () => {
  const gone = of([...restless(stop), ...daily({ start: stop, end: asOf }, { cost: 0n })]);
  const { model } = gone.month;
  expect(model).toMatchObject({ low80: model?.total, high80: model?.total });
  expect(likely(gone)).toMatch(
    / by weekday and recent level, which expect nothing of the days to come; how far off that may be is not known\.$/,
  );
  expect(textOf(gone)).not.toContain("80 % range");
});

test("what never moved has an amount alone, all else its range", () => {
  expect(likely(of(daily({ start, end: asOf }, { cost: units(100) })))).toMatch(/\$3,000\.00 by weekday and recent level\.$/);
  expect(likely(of(restless(asOf)))).toContain("; eight times of ten between ");
  expect(textOf(of(restless(asOf)))).toContain("80 % range");
});
