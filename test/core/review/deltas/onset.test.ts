import { describe, expect, test } from "vitest";
import { onsetIn } from "../../../../src/core/review/deltas/onset.ts";
import type { ReviewInput } from "../../../../src/core/review/input.ts";
import { reviewOf } from "../../../../src/core/review/review.ts";
import { eventSchema } from "../../../../src/core/settings/events.ts";
import { daily, reviewInput, source, units } from "../../../support/charges.ts";

/** From Monday, 16 to Sunday, 22 November; costs that go from level to level, each from its day on. */
function onsetOfLevels(levels: Readonly<Record<string, number>>, part: Partial<ReviewInput> = {}) {
  const list = Object.entries({ "2026-09-07": 100, ...levels });
  const charges = list.flatMap(([start, level], index) =>
    daily({ start, end: list[index + 1]?.[0] ?? "2026-11-23" }, { cost: units(level) }),
  );
  const review = reviewOf(reviewInput({ charges, ...part }));
  const { day, run } = onsetIn(review.listed[0]!.delta, review);
  return [day, run?.id ?? null];
}

describe("a delta began", () => {
  test.each<[string, Record<string, number>, string, string | null]>([
    ["on the first day of the week", { "2026-11-16": 200 }, "2026-11-16", "openai/inference@2026-11-16"],
    ["in the week", { "2026-11-18": 200 }, "2026-11-18", "openai/inference@2026-11-18"],
    ["in the week, no day of it being odd", { "2026-11-18": 115 }, "2026-11-18", null],
    [
      "on its one odd day, whatever else rose a little",
      { "2026-11-16": 115, "2026-11-19": 160, "2026-11-20": 115 },
      "2026-11-19",
      "openai/inference@2026-11-19",
    ],
    [
      "on the day that most of two odd ones follow",
      { "2026-11-17": 300, "2026-11-18": 100, "2026-11-20": 160, "2026-11-21": 100 },
      "2026-11-17",
      null,
    ],
    ["with the rise, not with an odd day that fell", { "2026-11-17": 20, "2026-11-18": 119 }, "2026-11-18", null],
    ["with the shift of the week before that it is the rest of", { "2026-11-12": 200 }, "2026-11-12", "openai/inference@2026-11-12"],
    ["with such a fall", { "2026-11-11": 40 }, "2026-11-11", "openai/inference@2026-11-11"],
    ["in the week, where most of it came then", { "2026-11-13": 150, "2026-11-18": 400 }, "2026-11-18", null],
    ["with what turned it, not with the rise before", { "2026-11-06": 200, "2026-11-16": 100 }, "2026-11-16", null],
  ])("%s", (_, levels, day, run) => expect(onsetOfLevels(levels)).toEqual([day, run]));

  test("with what was planned, or is ignored, just as well", () => {
    const launch = { name: "Launch", kind: "launch", start: "2026-11-12", end: "2026-11-13", effect: { percent: 100 } };
    const levels = { "2026-11-12": 200 };
    expect(onsetOfLevels(levels, { events: [eventSchema.parse(launch)] })[0]).toBe("2026-11-12");
    const ignore = [{ scope: { provider: "OpenAI" }, reason: "Load test", until: "2026-12-01" }];
    expect(onsetOfLevels(levels, { ignore })[0]).toBe("2026-11-12");
  });

  test("not with a day of the week before that is told only now, as it was not final then", () => {
    const levels = { "2026-11-12": 400, "2026-11-13": 100, "2026-11-16": 220 };
    const run = "openai/inference@2026-11-16";
    expect(onsetOfLevels(levels, { sources: [source("2026-11-18")] })).toEqual(["2026-11-16", run]);
  });

  test("by the days that are final: what later ones lack makes no fall of a rise", () => {
    const levels = { "2026-11-12": 200, "2026-11-21": 0.1 };
    expect(onsetOfLevels(levels, { sources: [source("2026-11-20")] })[0]).toBe("2026-11-12");
  });
});
