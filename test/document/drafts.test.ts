import { describe, expect, test } from "vitest";
import { reviewOf } from "../../src/core/review/review.ts";
import { draftsOf } from "../../src/document/drafts.ts";
import type { PreviousAction } from "../../src/document/sections/context.ts";
import { daily, reviewInput, units } from "../support/charges.ts";

/** What is proposed beside what earlier reviews left open. */

const [start, week, asOf] = ["2026-09-07", "2026-11-16", "2026-11-23"];
const open = (part: Partial<PreviousAction>): PreviousAction => ({
  id: "2026-W46-1",
  title: "Find the cause of the rise of Groq Inference and say whether it stays",
  decision: "investigate",
  owner: "@octocat",
  due: "2026-11-23",
  about: "groq/inference",
  effect: null,
  ageWeeks: 1,
  slips: 0,
  overdue: false,
  ended: null,
  ...part,
});

describe("a service that moves on while it is investigated", () => {
  const usage = (from: string, cost: number, provider: string, to = asOf) =>
    daily({ start: from, end: to }, { provider, cost: units(cost) });
  // Groq began in the week before: too young for odd days, and large in both weeks.
  const charges = [...usage(start, 100, "OpenAI"), ...usage("2026-11-12", 40, "Groq", week), ...usage(week, 45, "Groq")];
  const review = reviewOf(reviewInput({ charges }));
  const about = (previous: readonly PreviousAction[]) => draftsOf(review, previous).map((draft) => draft.about);

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
