import { expect, test } from "vitest";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { candidatesBlock } from "../../../src/document/sections/deltas/candidates.ts";
import { type ChargePart, daily, reviewInput, units } from "../../support/charges.ts";

/** How possible savings are told. */

const usage = (model: string, part: ChargePart) =>
  daily({ start: "2026-10-19", end: "2026-11-23" }, { model, inputTokens: 100_000, ...part });
const large = usage("large", { cost: units(100) });
const small = usage("small", { cost: units(10) });
const chat = usage("chat", { cost: units(50), tags: '{"feature":"chat"}' });
const told = (charges: ReviewInput["charges"]) => {
  const candidateConfig = { cheaperThan: { large: "small" }, batch: { features: ["chat"], discountPercent: 50 } };
  return candidatesBlock(reviewOf(reviewInput({ charges, candidateConfig })));
};

test.each<[string, ReviewInput["charges"], string]>([
  ["none", small, ""],
  ["one, which overlaps with nothing", [...large, ...small], "**Candidates for savings**, none of them proven."],
  [
    "two, which may",
    [...large, ...small, ...chat],
    "**Candidates for savings**, none of them proven. They may overlap: do not add them up.",
  ],
])("%s", (_, charges, text) => expect(told(charges)?.split("\n")[0] ?? "").toBe(text));

test("what could run as batches is told with its feature and the discount", () =>
  expect(told(chat)).toContain(
    "**Up to $175.00 a week:** the models of chat cost $350.00 outside batches, which are 50.0 % cheaper by the configuration.",
  ));

test.each<[string, ChargePart | null, string]>([
  ["in one service", null, "the tokens of large would have cost"],
  ["in several", { service: "Azure", cost: units(1) }, "the tokens of large (Inference) would have cost"],
  ["by several providers", { provider: "Groq", service: "Cloud", cost: units(1) }, "the tokens of large (OpenAI) would have cost"],
])("a model that is billed %s", (_, part, text) =>
  expect(told([...large, ...small, ...(part === null ? [] : usage("large", part))])).toContain(text),
);
test("another model of another service is none of the same name", () =>
  expect(told([...large, ...small, ...usage("tiny", { service: "Azure", cost: units(1) })])).toContain(
    "the tokens of large would have cost",
  ));
