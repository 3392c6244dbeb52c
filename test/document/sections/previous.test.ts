import { describe, expect, it } from "vitest";
import { reviewOf } from "../../../src/core/review/review.ts";
import { contextOf, type PreviousAction } from "../../../src/document/sections/context.ts";
import { pacingSection } from "../../../src/document/sections/pacing/pacing.ts";
import { previousSection } from "../../../src/document/sections/previous.ts";
import { daily, reviewInput, units } from "../../support/charges.ts";

/** $3,000 in November at $100 a day, all of it OpenAI · Inference, on a review date with 8 days to come. */
const review = (plan: number) =>
  reviewOf(
    reviewInput({
      charges: daily({ start: "2026-10-01", end: "2026-11-23" }, { cost: units(100) }),
      plan: { currency: "USD", months: { "2026-11": units(plan) } },
    }),
  );
const open = (more: Partial<PreviousAction> = {}): PreviousAction => ({
  id: "2026-W46-1",
  title: "Cap the retries",
  decision: "optimize",
  owner: "@octocat",
  due: "2026-11-23",
  ageWeeks: 1,
  slips: 0,
  overdue: false,
  ended: null,
  about: null,
  effect: null,
  ...more,
});
const text = (previous: readonly PreviousAction[], plan = 2000) =>
  previousSection(contextOf(review(plan), { previous })).items[0]?.zone.text ?? "";
/** What pacing says of them, in the zone that is not computed again. */
const pacing = (previous: readonly PreviousAction[], plan = 2000) => pacingSection(contextOf(review(plan), { previous })).end ?? "";

describe("open actions of earlier reviews", () => {
  it("show their date, age and slips; what is overdue stands out", () => {
    expect(text([open(), open({ id: "2026-W45-1", due: "2026-11-13", ageWeeks: 2, slips: 1, overdue: true })])).toContain(
      `| Action | Id | Owner | Due | Age | Slips |
| --- | --- | --- | --- | --- | --- |
| Cap the retries | 2026-W46-1 | @\u200Boctocat | 2026-11-23 | 1 week | 0 |
| Cap the retries | 2026-W45-1 | @\u200Boctocat | **2026-11-13, overdue** | 2 weeks | 1 |
`,
    );
  });

  it("whose issue people closed are told so, and ask and promise nothing any more", () => {
    const done = open({ id: "2026-W45-1", ended: "done", effect: { cost: -70 } });
    expect(text([done])).toContain("| 2026-W45-1 | @\u200Boctocat | done, its issue is closed | 1 week | 0 |");
    expect(text([done])).not.toContain("Answer");
    expect(pacing([done])).toBe("");
    expect(text([done, open()])).toContain("Answer each that is open under `previous`");
    expect(pacing([done, open({ effect: { cost: -70 } })])).toContain("by -$70.00");
  });

  it.each<[string, PreviousAction[], string]>([
    [
      "an amount: seven days after its day",
      [open({ effect: { cost: -70 } })],
      "this month by -$70.00 if their stated effects hold: $930.00 of the gap to plan of $1,000.00 is left",
    ],
    [
      "a share of its slice",
      [open({ about: "OpenAI/Inference", effect: { percent: -10 } })],
      "by -$70.00 if their stated effects hold: $930.00 of the gap",
    ],
    [
      "overdue: the days that are still to come",
      [open({ due: "2026-11-01", effect: { cost: -70 } })],
      "by -$80.00 if their stated effects hold: $920.00 of the gap",
    ],
    [
      "they add up",
      [open({ effect: { cost: -70 } }), open({ effect: { cost: 35 } })],
      "by -$35.00 if their stated effects hold: $965.00 of the gap",
    ],
    [
      "due after the month: nothing in it",
      [open({ due: "2026-12-04", effect: { cost: -70 } })],
      "change nothing this month even if their stated effects hold: the gap to plan of $1,000.00 is left",
    ],
    [
      "dearer on purpose",
      [open({ effect: { cost: 70 } })],
      "by +$70.00 if their stated effects hold: the gap to plan grows from $1,000.00 to $1,070.00",
    ],
    ["enough", [open({ effect: { cost: -1000 } })], "by -$1,000.00 if their stated effects hold: they close the gap to plan of $1,000.00"],
  ])("name what is left of the gap by their stated effects: %s", (_, previous, expected) => expect(pacing(previous)).toContain(expected));

  it.each<[string, PreviousAction[], number]>([
    ["without a stated effect", [open()], 2000],
    ["of a share of what is not known", [open({ about: "pinecone", effect: { percent: -10 } })], 2000],
    ["without a gap", [open({ effect: { cost: -70 } })], 3000],
  ])("say nothing of it %s", (_, previous, plan) => expect(pacing(previous, plan)).toBe(""));
});

describe("actions that are done", () => {
  const charges = [
    ...daily({ start: "2026-10-01", end: "2026-11-05" }, { cost: units(100) }),
    ...daily({ start: "2026-11-05", end: "2026-11-23" }, { cost: units(80) }),
  ];
  const told = (part: object) => {
    const done = {
      id: "2026-W44-1",
      title: "Cap the *retries*",
      about: "openai/inference",
      effect: { cost: -150 },
      decided: "2026-11-02",
      due: "2026-11-04",
    };
    const past = [{ ...done, ...part }];
    return pacingSection(contextOf(reviewOf(reviewInput({ charges })), { past })).end ?? "";
  };
  it("are set against what they said, while their weeks are few", () => {
    expect(told({})).toBe(
      "- **Done:** Cap the \\*retries\\* (2026-W44-1), stated at -$150.00 a week: OpenAI · Inference moved by -$140.00 a week over 2 weeks since (eight times of ten -$140.00 to -$140.00), whatever else moved it.",
    );
    expect(told({ decided: "2026-10-12", due: "2026-10-14" })).toBe("");
  });
  it("say the percentage that people stated before the amount that it has become", () =>
    expect(told({ effect: { percent: -12.25 } })).toContain(
      "(2026-W44-1), stated at -12.25 %, which is -$85.75 a week: OpenAI · Inference moved by",
    ));
  it.each([
    ["too early", { due: "2026-11-17" }],
    ["a slice that is none", { about: "openai/other" }],
  ])("say nothing yet: %s", (_, part) => expect(told(part)).toBe(""));
});
