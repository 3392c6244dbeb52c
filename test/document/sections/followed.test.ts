import { describe, expect, test } from "vitest";
import { addDays, daysBetween, eachDay } from "../../../src/core/day.ts";
import { explain } from "../../../src/core/explain/explain.ts";
import type { Earlier } from "../../../src/core/explain/explanation.ts";
import { figuresOf } from "../../../src/core/review/figures/figures.ts";
import { trackRecordOf } from "../../../src/core/review/month/track-record.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { ignoreSchema } from "../../../src/core/settings/ignore.ts";
import { draftsOf } from "../../../src/document/drafts.ts";
import { type SectionContext, contextOf } from "../../../src/document/sections/context.ts";
import { weeklySections } from "../../../src/document/sections/index.ts";
import { charge, reviewInput, source, units } from "../../support/charges.ts";
import { notToldIn, notToldOf } from "../../support/followed.ts";

/** Every amount and percentage of a review can be followed with `--explain`: here what no golden week holds. */

const asOf = "2026-11-23";
const days = eachDay({ start: "2026-07-01", end: asOf });

/** A service that creeps up, and one that sends longer prompts, misses its cache and could run as batches. */
const charges = days.flatMap((day) => {
  const along = Math.max(0, daysBetween("2026-10-19", day) + 1);
  const isNew = day >= "2026-11-16";
  const chat = { provider: "Anthropic", service: "Claude API", model: "large", tags: '{"feature":"chat"}' };
  const [fresh, cached] = isNew ? [90_000, 30_000] : [40_000, 60_000];
  return [
    charge({ day, service: "Creeping", cost: units(100 * 1.01 ** along) }),
    charge({ day, ...chat, cost: units(fresh / 1_000), requests: 100, inputTokens: fresh }),
    charge({ day, ...chat, cost: units(cached / 10_000), cacheReadTokens: cached }),
    charge({ day, ...chat, model: "small", cost: units(3), inputTokens: 9_000 }),
  ];
});
const input = reviewInput({
  asOf,
  charges,
  plan: { currency: "USD", months: { "2026-11": units(3_000) }, shape: "linear" },
  candidateConfig: { cheaperThan: { large: "small" }, batch: { features: ["chat"], discountPercent: 50 } },
  thresholds: { ...reviewInput().thresholds, anomaly: 35 },
});
const review = reviewOf(input);
const earlier: Earlier = {
  forecasts: Array.from({ length: 10 }, (_, week) => {
    const day = addDays("2026-08-03", 7 * week);
    const total = 450_000n + BigInt(week * 7_313);
    const model = { total, low80: total - 30_000n, high80: total + 20_000n };
    return { id: `week ${week}`, asOf: day, month: day.slice(0, 7), daysToCome: 20 - week, pace: total + 41_234n, model };
  }),
  actions: [
    { id: "2026-W46-1", due: "2026-11-24", about: "anthropic/claude-api", effect: { percent: -12.5 }, ended: null, ageWeeks: 1, slips: 0 },
    { id: "2026-W45-2", due: "2026-11-20", about: null, effect: { cost: -40 }, ended: null, ageWeeks: 2, slips: 1 },
  ],
  past: [
    { id: "2026-W44-1", title: "Cap it", about: "openai/creeping", effect: { percent: -7.5 }, decided: "2026-11-02", due: "2026-11-08" },
  ],
};
const facts = { input, review, earlier, listPrices: [] };
const context = contextOf(review, {
  previous: earlier.actions.map((action) => ({
    ...action,
    title: "Shorten prompts",
    decision: "optimize",
    owner: "octocat",
    overdue: false,
  })),
  past: earlier.past,
  record: trackRecordOf(earlier.forecasts, review.closedMonths),
});
const textOf = (context: SectionContext) =>
  weeklySections
    .map((section) => section(context))
    .flatMap(({ head, items, end }) => [head?.text, ...items.map(({ zone }) => zone.text), end])
    .join("\n");
const text = textOf(context);

describe("a review with candidates, a drift, a track record and open actions", () => {
  test.each([
    "**Slow rise:**",
    "**Candidates for savings**",
    "**Track record**",
    "**Open actions of earlier reviews**",
    "**Done:** Cap it (2026-W44-1), stated at",
    "**Since last week:**",
  ])("has %s", (label) => expect(text).toContain(label));
  test("holds no amount and no percentage that is in no explanation", () => {
    expect(notToldIn(text, facts)).toEqual([]);
    expect(notToldOf({ ...figuresOf(review), trackRecord: context.record }, facts)).toEqual([]);
  });
  test.each([
    ["candidates.1", figuresOf(review).candidates[0]?.savingPerWeekUpTo],
    ["openai/creeping.drift", `${figuresOf(review).drifts[0]?.percent} %`],
    ["openActions.change", "-117.71"],
    ["trackRecord", String(context.record?.inside)],
    ["actions.2026-W45-2", "2 weeks"],
  ])("%s is %s", (name, value) => expect(explain(name, facts)?.explanation.value).toBe(value));
  test("an open action names its effect and the days that it is computed from", () => {
    const { terms } = explain("openActions.change", facts)?.explanation ?? expect.fail("not explained");
    expect(terms[0]?.value).toBe("-72.00 (-12.5 % of 672.00 a week ÷ 7 × 6 days)");
  });
  test("the rows of candidates are the cost that they are a part of", () => {
    const [batch] = review.candidates.flatMap((one, index) => (one.kind === "batch" ? [{ one, name: `candidates.${index + 1}` }] : []));
    const rows = explain(batch?.name ?? "", facts)?.explanation.rows ?? [];
    expect(rows.reduce((sum, { amount }) => sum + amount, 0n)).toBe(batch?.one.cost);
  });
});

describe("the same with the drift on the ignore list", () => {
  const entry = ignoreSchema.parse({ scope: { service: "Creeping" }, reason: "It moves in from AWS.", until: "2026-12-01" });
  const ignoring = { ...input, ignore: [entry] };
  const facts = { input: ignoring, review: reviewOf(ignoring), earlier, listPrices: [] };
  const quiet = textOf({ ...context, review: facts.review });
  test("says so in a line, asks nobody and drafts nothing", () => {
    expect(quiet).not.toContain("**Slow rise:**");
    expect(quiet).toMatch(
      /^- \*\*Ignored through 30 November 2026:\*\* 1 finding, OpenAI · Creeping slow rise since 19 October 2026 \+\$262\.65 \(\+37\.5 %\)\. Reason: It moves in from AWS\.$/m,
    );
    const drafted = [review, facts.review].map((one) => draftsOf(contextOf(one)).map(({ about }) => about));
    expect(drafted.map((abouts) => abouts.includes("openai/creeping"))).toEqual([true, false]);
  });
  test("and is followed as before", () => {
    expect(notToldIn(quiet, facts)).toEqual([]);
    expect(notToldOf(figuresOf(facts.review), facts)).toEqual([]);
  });
});

test("prompts that crept up are followed week by week", () => {
  const tokens = (day: string) => 1_000 + 30 * Math.floor(daysBetween("2026-10-12", day) / 7);
  const creeping = reviewInput({
    asOf,
    charges: eachDay({ start: "2026-10-12", end: asOf }).map((day) =>
      charge({ day, model: "large", cost: units(tokens(day) / 10), requests: 100, inputTokens: 100 * tokens(day) }),
    ),
  });
  const facts = { input: creeping, review: reviewOf(creeping), earlier: { forecasts: [], actions: [], past: [] }, listPrices: [] };
  const told = textOf(contextOf(facts.review));
  expect(told).toContain("**Up to $105.00 a week:** prompts of large grew week by week: 1,000 → 1,030 →");
  expect(notToldIn(told, facts)).toEqual([]);
  expect(notToldOf(figuresOf(facts.review), facts)).toEqual([]);
  const { terms = [] } = explain("candidates.1", facts)?.explanation ?? {};
  expect(terms.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["input tokens a request, 5 weeks before", "input tokens a request, last 7 days"]),
  );
});

test("days that are not final are followed beside those that are, of the week and of a provider", () => {
  const cost = (day: string) => (day < "2026-11-16" ? 700.13 : day < "2026-11-21" ? 643.58 : 120);
  const own = eachDay({ start: "2026-09-07", end: asOf }).flatMap((day) => [
    charge({ day, cost: units(cost(day)) }),
    charge({ day, provider: "AWS", service: "EC2", source: "cloud", cost: units(day < "2026-11-16" ? 71.3 : 430.77) }),
  ]);
  const open = reviewInput({ asOf, charges: own, sources: [source("2026-11-20"), source("2026-11-22", "cloud")] });
  const facts = { input: open, review: reviewOf(open), earlier: { forecasts: [], actions: [], past: [] }, listPrices: [] };
  const told = textOf(contextOf(facts.review));
  expect(told).toContain("on these 5 days of the week cost moved +39.3 %");
  expect(told).toContain("Not final yet: OpenAI -$1,443.01 (-29.4 %), on the 5 days that are final -$282.75 (-8.1 %).");
  expect(notToldIn(told, facts)).toEqual([]);
});
