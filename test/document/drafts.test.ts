import { describe, expect, test } from "vitest";
import { addDays, eachDay } from "../../src/core/day.ts";
import { reviewOf } from "../../src/core/review/review.ts";
import { eventSchema } from "../../src/core/settings/events.ts";
import { draftsOf } from "../../src/document/drafts.ts";
import { type PreviousAction, contextOf } from "../../src/document/sections/context.ts";
import { banner } from "../../src/document/sections/summary/banner.ts";
import { charge, daily, reviewInput, source, units } from "../support/charges.ts";
import { openAction as open } from "./support.ts";

/** What is proposed beside what earlier reviews left open. */

const [start, week, asOf] = ["2026-09-07", "2026-11-16", "2026-11-23"];
const usage = (from: string, cost: number, provider: string, to = asOf, service = "Inference") =>
  daily({ start: from, end: to }, { provider, service, cost: units(cost) });

describe("a service that moves on while it is investigated", () => {
  // Groq began in the week before: too young for odd days, and large in both weeks.
  const charges = [...usage(start, 100, "OpenAI"), ...usage("2026-11-12", 40, "Groq", week), ...usage(week, 45, "Groq")];
  const review = reviewOf(reviewInput({ charges }));
  const about = (previous: readonly PreviousAction[]) => draftsOf(contextOf(review, { previous })).map((draft) => draft.about);

  test("drafts the same question no second time", () => {
    expect(about([])).toEqual(["groq/inference"]);
    expect(about([open({})])).toEqual([]);
    expect(about([open({ about: "groq/inference@2026-11-12" })])).toEqual([]);
  });

  test.each<[string, Partial<PreviousAction>]>([
    ["another service", { about: "openai/inference" }],
    ["nothing by its id", { about: null }],
    ["a known cost", { decision: "optimize" }],
    ["what its issue says is done", { ended: "done" }],
  ])("asks where what is open is about %s", (_, part) => expect(about([open(part)])).toEqual(["groq/inference"]));
});

describe("a migration from one provider to another", () => {
  const moved = "2026-11-18";
  const charges = [
    ...usage(start, 100, "AWS", asOf, "EC2"),
    ...usage(start, 100, "Anthropic", moved),
    ...usage(moved, 100, "AWS", asOf, "Bedrock"),
  ];
  const of = (part: object | null) =>
    reviewOf(
      reviewInput({
        charges,
        events: part === null ? [] : [eventSchema.parse({ name: "Move", kind: "migration", start: moved, end: "2026-11-19", ...part })],
      }),
    );
  const said = (part: object | null) => {
    const review = of(part);
    return [review.silences.map(({ provider }) => provider), review.incomplete, draftsOf(contextOf(review)).map(({ about }) => about)];
  };

  test("that is planned asks for no missing data and for no cause", () => {
    expect(said({})).toEqual([[], false, []]);
    expect(banner(of({}))).toMatch(/^\*\*Good\.\*\* The week cost as much as/);
  });

  test.each<[string, object | null]>([
    ["nobody planned", null],
    ["of another provider", { scope: { provider: "OpenAI" } }],
    ["that was to raise it", { effect: { percent: 20 } }],
    ["that is over for long", { start: "2026-11-02", end: "2026-11-04" }],
    ["that is a launch", { kind: "launch" }],
    ["that passes, and ended before", { kind: "other", end: "2026-11-21" }],
  ])("says that data are missing: %s", (_, part) => expect(said(part).slice(0, 2)).toEqual([["Anthropic"], true]));

  test("is said by an event of another kind that goes on, too", () => {
    expect(said({ kind: "other", end: "2027-01-01", scope: { provider: "Anthropic" } }).slice(0, 2)).toEqual([[], false]);
  });
});

describe("a migration that takes two weeks", () => {
  const moving = eachDay({ start: "2026-11-09", end: "2026-11-22" });
  const step = (day: string, provider: string, cost: number) => charge({ day, provider, cost: units(cost) });
  const charges = [
    ...usage(start, 200, "AWS"),
    ...usage(start, 140, "OpenAI", "2026-11-09"),
    ...moving.flatMap((day, index) => [step(day, "OpenAI", 140 - 10 * index), step(day, "Microsoft", 10 + 10 * index)]),
    ...usage("2026-11-22", 150, "Microsoft", "2026-12-07"),
    ...usage(asOf, 200, "AWS", "2026-12-07"),
  ];
  const about = (on: string, part: object | null) => {
    const event = { name: "Move", kind: "migration", start: "2026-11-09", end: "2026-11-23", ...part };
    const input = { charges: charges.filter(({ day }) => day < on), asOf: on, sources: [source(addDays(on, -1))] };
    const review = reviewOf(reviewInput({ ...input, events: part === null ? [] : [eventSchema.parse(event)] }));
    return draftsOf(contextOf(review)).map((draft) => draft.about.replace(/@.*/, ""));
  };

  test.each(["2026-11-16", "2026-11-23", "2026-11-30"])("drafts nothing about what begins and ends in it, on %s", (on) =>
    expect(about(on, {})).toEqual([]),
  );
  test("nobody planned, or is over for a week, is asked about", () => {
    expect(about("2026-11-23", null)).toEqual(expect.arrayContaining(["microsoft/inference"]));
    expect(about("2026-11-30", { start: "2026-10-26", end: "2026-11-06" })).toEqual(expect.arrayContaining(["microsoft/inference"]));
  });
  test("of one provider explains no other", () =>
    expect(about("2026-11-23", { scope: { provider: "OpenAI" } })).toEqual(["microsoft/inference"]));
});

test("two jumps of a service in one week are told apart", () => {
  const twice = ["2026-11-17", "2026-11-20"].map((day) => charge({ day, cost: units(300) }));
  const drafts = draftsOf(contextOf(reviewOf(reviewInput({ charges: [...usage(start, 100, "OpenAI"), ...twice] }))));
  expect(drafts.map(({ title }) => title)).toEqual([
    "Find the cause of the jump of OpenAI Inference on Tue 17 Nov and say what fixes it",
    "Find the cause of the jump of OpenAI Inference on Fri 20 Nov and say what fixes it",
  ]);
});

test("a second jump of a service is told apart from the first, as long as that is open", () => {
  const jumped = reviewOf(reviewInput({ charges: [...usage(start, 100, "OpenAI"), ...usage("2026-11-19", 300, "OpenAI", "2026-11-20")] }));
  const titles = (previous: readonly PreviousAction[]) => draftsOf(contextOf(jumped, { previous })).map(({ title }) => title);
  const first = "Find the cause of the jump of OpenAI Inference and say what fixes it";
  expect(titles([])).toEqual([first]);
  expect(titles([open({ title: first, about: "openai/inference@2026-11-12" })])).toEqual([
    "Find the cause of the jump of OpenAI Inference on Thu 19 Nov and say what fixes it",
  ]);
});
