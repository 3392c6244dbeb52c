import { expect, test } from "vitest";
import { reviewOf } from "../../../src/core/review/review.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { deltasSection } from "../../../src/document/sections/deltas/deltas.ts";
import { charge, reviewInput, units } from "../../support/charges.ts";

/** The first week of all data, with more features and models than are named. */

const charges = Array.from({ length: 11 }, (_, index) =>
  charge({
    day: `2026-11-${16 + (index % 7)}`,
    cost: units(10 * (index + 1)),
    model: index < 4 ? "" : `model ${index}`,
    tags: index === 10 ? "" : `{"feature":"feature ${index}"}`,
  }),
);
const review = reviewOf(reviewInput({ charges }));
const section = deltasSection(contextOf(review));

test("the dearest features are named, the others and what belongs to none are told, and the shares add up", () => {
  const rows = (section.head?.text ?? "").split("\n").filter((line) => line.startsWith("| "));
  expect(rows.slice(0, 4)).toEqual([
    "| Feature | Last 7 days | Share of usage |",
    "| --- | ---: | ---: |",
    "| feature 9 | $100.00 | 15.2 % |",
    "| feature 8 | $90.00 | 13.6 % |",
  ]);
  expect(rows.slice(9)).toEqual(["| feature 2 | $30.00 | 4.5 % |", "| 2 more | $30.00 | 4.5 % |", "| (unallocated) | $110.00 | 16.7 % |"]);
});

test("the dearest models are named, the others counted", () => {
  expect(section.items[0]?.zone.text).toContain(
    "Models: model 10 $110.00, (no model) $100.00, model 9 $100.00, model 8 $90.00, model 7 $80.00, 3 more.",
  );
});
