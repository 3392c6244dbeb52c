import { describe, expect, it } from "vitest";
import { type Day, addDays, daysBetween, eachDay } from "../../../../src/core/day.ts";
import { newsFrom } from "../../../../src/core/review/findings/news.ts";
import { reviewOf } from "../../../../src/core/review/review.ts";
import { weekBefore } from "../../../../src/core/weeks.ts";
import { charge, reviewInput, source, units } from "../../../support/charges.ts";

/** Every odd day is told by the first review that can: also one that was not final, or had not come, when its own week was reviewed. */

const weeks = weekBefore("2026-11-23");
const came = (day: Day, from = "focus", wasOpen = true) => ({ day, source: from, provider: "OpenAI", before: 0n, after: 1n, wasOpen });
const first = (part: Partial<Parameters<typeof newsFrom>[0]>, sources = ["focus"]) =>
  newsFrom({ ...weeks, asOf: "2026-11-23", lastReview: "2026-11-16", sources: [source("2026-11-20")], restatements: [], ...part })({
    sources: new Set(sources),
  });

describe("the first day on which odd days are news", () => {
  it.each<[string, Parameters<typeof first>[0], Day]>([
    ["all days are final: the week under review", { sources: [source("2026-11-22")] }, "2026-11-16"],
    ["three days settle: as many of the week before", { sources: [source("2026-11-19")] }, "2026-11-13"],
    ["six days settle", { sources: [source("2026-11-16")] }, "2026-11-10"],
    ["the last review is four days old", { sources: [source("2026-11-19")], lastReview: "2026-11-19" }, "2026-11-16"],
    ["the last review is ten days old", { sources: [source("2026-11-22")], lastReview: "2026-11-13" }, "2026-11-13"],
    ["a week was left out", { sources: [source("2026-11-22")], lastReview: "2026-11-09" }, "2026-11-09"],
    ["no review is known", { lastReview: null }, "2026-11-14"],
    ["no day of this week is final", { sources: [source("2026-11-15")] }, "2026-11-16"],
    ["nothing is", { sources: [source(null)] }, "2026-11-16"],
    ["the source failed", { sources: [source("2026-11-19", "focus", "no answer")] }, "2026-11-16"],
    [
      "days came that were missing",
      { sources: [source("2026-11-22")], restatements: [came("2026-11-11"), came("2026-11-12")] },
      "2026-11-11",
    ],
    ["they lie before the week before", { restatements: [came("2026-11-08")] }, "2026-11-09"],
    ["days of this week came", { sources: [source("2026-11-22")], restatements: [came("2026-11-18")] }, "2026-11-16"],
    [
      "days that were final were restated",
      { sources: [source("2026-11-22")], restatements: [came("2026-11-11", "focus", false)] },
      "2026-11-16",
    ],
    ["days of another source came", { sources: [source("2026-11-22")], restatements: [came("2026-11-11", "other")] }, "2026-11-16"],
  ])("%s", (_, part, day) => expect(first(part)).toBe(day));

  it("is that of the source that settles last", () => {
    const sources = [source("2026-11-22", "fast"), source("2026-11-18", "slow"), source("2026-11-18", "third", "no answer")];
    expect(first({ sources }, ["fast"])).toBe("2026-11-16");
    expect(first({ sources }, ["fast", "slow"])).toBe("2026-11-12");
    expect(first({ sources }, ["fast", "third"])).toBe("2026-11-16");
  });
});

describe("a day of four times the cost", () => {
  const cost = (day: Day, odd: Day) => units(day === odd ? 400 : 100 + (daysBetween("2026-08-01", day) % 3));
  const told = (odd: Day, settling: number) =>
    ["2026-11-16", "2026-11-23", "2026-11-30", "2026-12-07"].filter((asOf) => {
      const charges = eachDay({ start: "2026-08-01", end: asOf }).map((day) => charge({ day, cost: cost(day, odd) }));
      const review = reviewOf(reviewInput({ asOf, charges, sources: [source(addDays(asOf, -1 - settling))] }));
      return review.anomalies.some(({ id }) => id === `openai/inference@${odd}`);
    });
  it.each([0, 1, 2, 3, 5, 6])("is asked about once, on whichever weekday, where %i days settle", (settling) => {
    const weekdays = eachDay({ start: "2026-11-16", end: "2026-11-23" });
    const first = (odd: Day) => (addDays(odd, settling) < "2026-11-23" ? "2026-11-23" : "2026-11-30");
    expect(weekdays.map((odd) => told(odd, settling))).toEqual(weekdays.map((odd) => [first(odd)]));
  });
});
