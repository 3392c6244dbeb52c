import { describe, expect, test } from "vitest";
import type { Causes } from "../../../src/core/causes/causes.ts";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { type Review, reviewOf } from "../../../src/core/review/review.ts";
import { eventSchema } from "../../../src/core/settings/events.ts";
import { draftsOf } from "../../../src/document/drafts.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { deltasSection } from "../../../src/document/sections/deltas/deltas.ts";
import { banner } from "../../../src/document/sections/summary/banner.ts";
import { charge, daily, reviewInput, source, units } from "../../support/charges.ts";

/** After a week with a spike the next one falls by as much: nobody has to find out why. */

const [start, asOf] = ["2026-09-07", "2026-11-23"];
const steady = (from = start, cost = 100, to = asOf) => daily({ start: from, end: to }, { cost: units(cost) });
const of = (charges: ReviewInput["charges"], part: Partial<ReviewInput> = {}): Review => reviewOf(reviewInput({ charges, ...part }));
const deltaOf = (review: Review) => deltasSection(contextOf(review)).items[0]?.zone.text ?? "";
const spike = charge({ day: "2026-11-11", cost: units(400) });

describe("a spike of the week before", () => {
  const after = of([...steady(), spike]);
  test("is told with what the change is without it, and asks for nothing", () => {
    expect(after.passed).toMatchObject([{ period: { start: "2026-11-11", end: "2026-11-12" }, excess: units(400), event: null }]);
    expect(deltaOf(after)).toContain(
      "The week before held $400.00 more than expected on Wed 11 Nov, which has come back: without it the change is $0.00.",
    );
    expect(draftsOf(contextOf(after))).toEqual([]);
  });

  test("does not hide what rose meanwhile", () => {
    const risen = of([...steady(start, 100, "2026-11-16"), ...steady("2026-11-16", 115), spike]);
    expect(risen.listed[0]?.delta.change).toBe(-29_500n);
    expect(deltaOf(risen)).toContain("without it the change is +$105.00.");
    expect(draftsOf(contextOf(risen)).map(({ title }) => title)).toEqual([
      "Find the cause of the rise of OpenAI Inference and say whether it stays",
    ]);
  });

  test("is named with the event that it was planned as", () => {
    const events = [
      eventSchema.parse({ name: "Fair", kind: "campaign", start: "2026-11-11", end: "2026-11-12", effect: { percent: 400 } }),
    ];
    expect(deltaOf(of([...steady(), spike], { events }))).toContain("on Wed 11 Nov (campaign Fair), which has come back");
  });

  test("has no candidate causes", () => {
    const causes: Causes = {
      asked: [{ repository: "acme/app", problem: null }],
      bySlice: new Map([["openai/inference", { onset: "2026-11-18", from: "2026-11-15", found: [] }]]),
    };
    expect(deltaOf({ ...of([...steady(), charge({ day: "2026-11-18", cost: units(400) })]), causes })).toContain("Candidate causes");
    expect(deltaOf({ ...after, causes })).not.toContain("Candidate causes");
  });

  test.each<[string, ReviewInput["charges"], boolean]>([
    ["that has some", steady("2026-11-16", 40), true],
    ["that is the way back", [charge({ day: "2026-11-11", cost: units(900) })], false],
    ["of which data are missing", steady(start, 200, "2026-11-16").map((one) => ({ ...one, service: "Batch", source: "late" })), false],
  ])("causes are told as those of a delta above only of one %s", (_, charges, isSame) => {
    const groq = [...steady(), ...steady("2026-11-16", 20)].map((one) => ({ ...one, provider: "Groq" }));
    const review = of([...steady(), ...charges, ...groq], { sources: [source("2026-11-22"), source("2026-11-15", "late")] });
    const found = { kind: "release", repository: "acme/app", ref: "v2", title: "", day: "2026-11-15", paths: [] } as const;
    const causes: Causes = {
      asked: [{ repository: "acme/app", problem: null }],
      bySlice: new Map(review.listed.map(({ delta }) => [delta.slice.id, { onset: "2026-11-16", from: "2026-11-13", found: [found] }])),
    };
    const [first, last] = deltasSection(contextOf({ ...review, causes })).items.map(({ zone }) => zone.text);
    expect(first?.includes("Candidate causes")).toBe(isSame);
    const own = "(changes between Fri 13 Nov and Mon 16 Nov, the day it began; candidates, not causes): acme/app v2 released Sun 15 Nov.";
    expect(last).toContain(`**Candidate causes${isSame ? ":** the same as those of OpenAI · Inference above." : `** ${own}`}`);
  });
});

test.each([
  ["as ever has no candidate causes", 400, false],
  ["half as dear again has some", 600, true],
])("a fee that comes once a month %s", (_, cost, isAsked) => {
  const fee = (day: string, amount: number) => charge({ day, cost: units(amount), service: "Seats" });
  const review = of([...steady(), fee("2026-10-17", 400), fee("2026-11-17", cost)]);
  const own = { onset: "2026-11-17", from: "2026-11-14", found: [] };
  const causes = { asked: [{ repository: "acme/app", problem: null }], bySlice: new Map([["openai/seats", own]]) };
  const text = deltaOf({ ...review, causes });
  expect(text).toContain("It comes once a month");
  expect(text.includes("Candidate causes")).toBe(isAsked);
});

test("a spike of the week before that the pace still counts on, as the last days are not final, is named", () => {
  const sunday = charge({ day: "2026-11-15", cost: units(2_000) });
  const plan = { currency: "USD", months: { "2026-11": units(3_000) } };
  const late = { sources: [source("2026-11-20")], plan };
  expect(banner(of([...steady(), sunday], late))).toContain("The pace counts on what was a spike: by weekday and recent level");
  expect(banner(of([...steady(), sunday], { plan }))).not.toContain("The pace counts on");
});

test.each([
  ["in the week two before", "2026-11-08"],
  ["some weeks before", "2026-10-28"],
])("a spike %s is no news of this one", (_, day) => expect(of([...steady(), charge({ day, cost: units(400) })]).passed).toEqual([]));

test("of days that began before the week before, those in it are the way back", () => {
  const long = of([...steady(start, 100, "2026-11-07"), ...steady("2026-11-07", 300, "2026-11-11"), ...steady("2026-11-11")]);
  expect(long.passed).toMatchObject([{ period: { start: "2026-11-09", end: "2026-11-11" }, excess: units(400) }]);
  expect(deltaOf(long)).toContain("without it the change is $0.00.");
});

test.each<[string, object, boolean]>([
  ["that was to bring cost down", { effect: { percent: -40 } }, true],
  ["that was to bring it up", { effect: { percent: 40 } }, false],
  ["of which nothing was stated", {}, false],
])("a campaign of the week before %s: whether the rise is the way back", (_, effect, isBack) => {
  const events = [eventSchema.parse({ name: "Thrift", kind: "campaign", start: "2026-11-09", end: "2026-11-16", ...effect })];
  const low = of([...steady(start, 100, "2026-11-09"), ...steady("2026-11-09", 60, "2026-11-16"), ...steady("2026-11-16")], { events });
  const words = "The week before held campaign Thrift: part of the rise is the way back.";
  expect(banner(low).includes(words)).toBe(isBack);
});

test("a fall of the week before is what the rise is the way back from", () => {
  const fallen = of([...steady(start, 100, "2026-11-10"), ...steady("2026-11-10", 5, "2026-11-13"), ...steady("2026-11-13")]);
  expect(fallen.weekUp).toBe(true);
  expect(banner(fallen)).toContain("Most of the rise is the way back from a fall in the week before: OpenAI · Inference.");
  expect(deltaOf(fallen)).toContain("The week before held $285.00 less than expected from Tue 10 Nov to Thu 12 Nov, which has come back");
  expect(draftsOf(contextOf(fallen))).toEqual([]);
});

describe("days of the week before that were taken for a shift", () => {
  const five = (cost: number, then: number) =>
    of([...steady(start, 100, "2026-11-09"), ...steady("2026-11-09", cost, "2026-11-14"), ...steady("2026-11-14", then)]);
  test("have a way back where what came after is as before, whichever way they departed", () => {
    expect(five(0.01, 100).passed).toMatchObject([{ direction: "down", period: { start: "2026-11-09", end: "2026-11-14" } }]);
    expect(deltaOf(five(250, 100))).toContain("from Mon 9 Nov to Fri 13 Nov, which has come back: without it the change is $0.00.");
    expect(draftsOf(contextOf(five(250, 100)))).toEqual([]);
  });
  test("have none while nothing after them is final", () => {
    const known = [...steady(start, 100, "2026-11-11"), ...steady("2026-11-11", 0.01, "2026-11-16"), ...steady("2026-11-16")];
    expect(of(known, { sources: [source("2026-11-15")] }).passed).toEqual([]);
    expect(of(known).passed).toHaveLength(1);
  });
  test("have none where what came after is nearer to them", () => {
    expect(five(135, 119).passed).toEqual([]);
  });

  const training = (from: string, to: string) => daily({ start: from, end: to }, { service: "Training", cost: units(300) });
  const job = [charge({ day: start, service: "Training", cost: units(20) }), ...training("2026-11-09", "2026-11-14")];
  test("have one where nothing was charged since, as nothing was before: a job of some days", () => {
    const after = of([...steady(), ...job]);
    expect(after.passed).toMatchObject([{ period: { start: "2026-11-09", end: "2026-11-14" }, excess: units(1_500) }]);
    expect(deltaOf(after)).toContain("from Mon 9 Nov to Fri 13 Nov, which has come back: without it the change is $0.00.");
    expect(draftsOf(contextOf(after))).toEqual([]);
  });
  test("have none where the data do not hold the days since", () => {
    const after = [...steady("2026-11-21"), ...training("2026-11-21", asOf)];
    const holed = of([...steady(start, 100, "2026-11-14"), ...job, ...after]);
    expect(holed.holes).toEqual([{ start: "2026-11-14", end: "2026-11-21" }]);
    expect(holed.passed).toEqual([]);
  });
});

test("a level that stayed has no way back", () => {
  expect(of([...steady(start, 100, "2026-11-10"), ...steady("2026-11-10", 180)]).passed).toEqual([]);
});

test("a refund of the week before has not come back where this week's data of its service are missing", () => {
  const aws = (end: string) => daily({ start, end }, { provider: "AWS", service: "EC2", source: "cloud", cost: units(10) });
  const refund = charge({ day: "2026-11-12", provider: "AWS", service: "EC2", source: "cloud", cost: units(-400) });
  const rise = "Most of the rise is the way back";
  const told = (end: string, through: string) =>
    banner(of([...steady(), ...aws(end), refund], { sources: [source("2026-11-22"), source(through, "cloud")] }));
  expect(told(asOf, "2026-11-22")).toContain(rise);
  expect(told("2026-11-16", "2026-11-15")).not.toContain(rise);
});
