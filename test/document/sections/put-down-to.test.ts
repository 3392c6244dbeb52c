import { describe, expect, test } from "vitest";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { type Review, reviewOf } from "../../../src/core/review/review.ts";
import { eventSchema } from "../../../src/core/settings/events.ts";
import { ignoreSchema } from "../../../src/core/settings/ignore.ts";
import { banner } from "../../../src/document/sections/summary/banner.ts";
import { charge, daily, reviewInput, source, units } from "../../support/charges.ts";

/** What the banner puts down to what was planned, is ignored, or has ended. */

const [start, week, asOf] = ["2026-09-07", "2026-11-16", "2026-11-23"];
const openai = (from: string, cost: number, to = asOf) => daily({ start: from, end: to }, { cost: units(cost) });
const planned = (amount: number) => ({ currency: "USD", months: { "2026-11": units(amount) } });
const of = (charges: ReviewInput["charges"], part: Partial<ReviewInput> = {}): Review => reviewOf(reviewInput({ charges, ...part }));
const silent = daily({ start, end: "2026-11-18" }, { provider: "Late", source: "late", cost: units(1) });

describe("a pace that days of the week made low", () => {
  const resting = [...openai(start, 100, week), ...openai(week, 20, "2026-11-21"), ...openai("2026-11-21", 100)];
  const over = "stands out no longer: the pace carries these days on and may be too low.";
  test.each<[string, object, boolean, boolean]>([
    ["a holiday", {}, true, true],
    ["what was to bring less", { kind: "campaign", effect: { percent: -80 } }, true, true],
    ["what was to bring more", { kind: "campaign", effect: { percent: 80 } }, false, false],
    ["what lasts", { kind: "launch" }, false, true],
    ["a holiday that begins on the review date", { start: asOf, end: "2026-11-25" }, false, false],
    ["a holiday of a provider that costs nothing", { scope: { provider: "Groq" } }, false, false],
    ["a holiday of the provider", { scope: { provider: "OpenAI" } }, true, true],
  ])("carries it on only where that is so: %s", (_, part, carries, isPlanned) => {
    const event = eventSchema.parse({ name: "Break", kind: "holiday", start: week, end: "2026-11-21", ...part });
    const text = banner(of(resting, { plan: planned(2_900), events: [event] }));
    expect([text.includes("The pace carries days of"), text.includes(over)]).toEqual([carries, !isPlanned]);
  });

  test.each<[string, ReviewInput["charges"], string | null]>([
    ["a refund", [...openai(start, 100), charge({ day: "2026-11-18", cost: units(-160) })], "The pace carries a refund on: "],
    ["days that are over and are no spike", resting, null],
  ])("is named where it is %s", (_, charges, words) => {
    const text = banner(of(charges, { plan: planned(3_300) }));
    if (words === null) expect(text).not.toContain("The pace carries ");
    else expect(text).toContain(words);
  });

  test.each([
    ["with the month before", "2026-11-01", "look first for a missing provider"],
    ["on the first of the month", "2026-11-02", "cloud ended with 1 November 2026: ask whether the plan still holds"],
  ])("may be of a source that ended %s", (_, until, words) => {
    const ended = daily({ start, end: until }, { provider: "AWS", service: "EC2", source: "cloud", cost: units(60) });
    const sources = [source("2026-11-22"), { ...source(asOf, "cloud"), until }];
    const review = of([...openai(start, 100), ...ended], { plan: planned(6_000), sources });
    expect(banner(review)).toContain(words);
    expect(
      banner(of([...openai(start, 100), ...ended, ...silent], { plan: planned(6_000), sources: [...sources, source(null, "late")] })),
    ).not.toContain("ended with");
  });
});

describe("a rise that was planned or is ignored", () => {
  const event = (part: object) => ({
    events: [eventSchema.parse({ name: "Chat", kind: "launch", start: week, end: asOf, effect: { percent: 40 }, ...part })],
  });
  const ignore = [ignoreSchema.parse({ scope: { provider: "Groq" }, reason: "a backfill of the archive", until: "2026-12-01" })];
  const odd = (cost: number) => [
    ...daily({ start, end: asOf }, { provider: "Groq", cost: units(20) }),
    charge({ day: "2026-11-18", provider: "Groq", cost: units(cost) }),
  ];
  const bought = charge({ day: week, category: "Purchase", cost: units(140) });
  const risen = (cost: number) => [...openai(start, 100, week), ...openai(week, cost)];
  test.each<[string, ReviewInput["charges"], Partial<ReviewInput>, boolean]>([
    ["launched", risen(140), event({ scope: { provider: "OpenAI" } }), true],
    ["launched, beside an odd day that is asked about", [...risen(140), ...odd(200)], event({ scope: { provider: "OpenAI" } }), false],
    ["ignored", [...openai(start, 100), ...odd(300)], { ignore }, true],
    ["ignored for half of it", [...risen(102), ...odd(154), bought], { ignore }, true],
    ["ignored for less than half of it", [...risen(102), ...odd(153), bought], { ignore }, false],
  ])("is said to be most of it where it is: %s", (_, charges, part, isMost) => {
    const review = of(charges, part);
    expect(review.weekUp).toBe(true);
    expect(banner(review).includes("Most of the rise was planned or is ignored (see Anomalies).")).toBe(isMost);
  });
});
