import { describe, expect, test } from "vitest";
import { type Review, reviewOf } from "../../../src/core/review/review.ts";
import { draftsOf } from "../../../src/document/drafts.ts";
import { anomaliesSection } from "../../../src/document/sections/anomalies/anomalies.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { daily, reviewInput, units } from "../../support/charges.ts";

/** What a review tells of odd days that ended within the week. */

const [start, asOf] = ["2026-09-07", "2026-11-23"];
const usage = (from: string, cost: number, to = asOf) => daily({ start: from, end: to }, { cost: units(cost) });

describe("several odd days", () => {
  const days = (cost: number, until: string) =>
    reviewOf(reviewInput({ charges: [...usage(start, 100, "2026-11-17"), ...usage("2026-11-17", cost, until), ...usage(until, 100)] }));
  const told = (review: Review) =>
    anomaliesSection(contextOf(review))
      .items.map(({ zone }) => zone.text)
      .join();
  test("that last are a new level", () => {
    expect(told(days(40, asOf))).toContain("It has stayed: a shift to a new level.");
    expect(draftsOf(contextOf(days(40, asOf))).map(({ title }) => title)).toEqual([
      "Find the cause of the drop of OpenAI Inference and say whether it stays",
    ]);
  });

  test("that became the level of the days after them have stayed", () => {
    const level = reviewOf(reviewInput({ charges: [...usage(start, 100, "2026-11-06"), ...usage("2026-11-06", 40)] }));
    expect(level.anomalies).toMatchObject([{ class: "shift", period: { start: "2026-11-06", end: "2026-11-18" } }]);
    expect(told(level)).toContain("It has stayed: a shift to a new level.");
  });

  test("that ended are none", () => {
    const review = days(40, "2026-11-21");
    expect(review.anomalies).toMatchObject([{ class: "shift", period: { start: "2026-11-17", end: "2026-11-21" } }]);
    expect(told(review)).toContain("It stood out no longer on Sat 21 Nov.");
    expect(draftsOf(contextOf(review)).map(({ title }) => title)).toEqual([
      "Find the cause of the drop of OpenAI Inference and say whether it can happen again",
    ]);
  });

  test("of which one is over that was seen lately stand out no longer, and nobody says that they last", () => {
    const spike = reviewOf(
      reviewInput({
        charges: [...usage(start, 100, "2026-11-20"), ...usage("2026-11-20", 400, "2026-11-21"), ...usage("2026-11-21", 100)],
      }),
    );
    expect(spike.anomalies).toMatchObject([{ class: "undecided", period: { start: "2026-11-20", end: "2026-11-21" } }]);
    expect(told(spike)).toContain("It stood out no longer on Sat 21 Nov; too early to tell whether that lasts.");
    const fresh = reviewOf(reviewInput({ charges: [...usage(start, 100, "2026-11-22"), ...usage("2026-11-22", 400)] }));
    expect(told(fresh)).toContain("Too early to tell whether it lasts.");
  });
});
