import { describe, expect, test } from "vitest";
import { addDays } from "../../../src/core/day.ts";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { type Review, reviewOf } from "../../../src/core/review/review.ts";
import { headlineOf } from "../../../src/document/mirror/headline.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { deltasSection } from "../../../src/document/sections/deltas/deltas.ts";
import { pacingSection } from "../../../src/document/sections/pacing/pacing.ts";
import { banner } from "../../../src/document/sections/summary/banner.ts";
import { type ChargePart, charge, daily, reviewInput, source, units } from "../../support/charges.ts";

/** Sentences that a second reader stumbled over. */

const [start, week, asOf] = ["2026-09-07", "2026-11-16", "2026-11-23"];
const usage = (from: string, cost: number, part: ChargePart = {}, to = asOf) =>
  daily({ start: from, end: to }, { cost: units(cost), ...part });
const of = (charges: ReviewInput["charges"], part: Partial<ReviewInput> = {}): Review => reviewOf(reviewInput({ charges, ...part }));
const planned = (amount: number, month = "2026-11") => ({ plan: { currency: "USD", months: { [month]: units(amount) } } });
const pacingIn = (review: Review) => pacingSection(contextOf(review)).head?.text ?? "";
const headIn = (review: Review) => deltasSection(contextOf(review)).head?.text ?? "";
const deltaIn = (review: Review) => deltasSection(contextOf(review)).items[0]?.zone.text ?? "";

describe("a plan of zero", () => {
  const review = of(usage(start, 10), planned(0));
  test("is named in headline and banner, not taken for a plan that is missing", () => {
    expect(review.verdict).toBe("good");
    expect(headlineOf(review)).toBe("2026-W47: $70.00 (0.0 %), $300.00 over a plan of $0.00 – good");
    expect(banner(review)).toBe(
      "**Good.** November 2026 is heading for $300.00 where the plan is $0.00, so that only the week is judged, and the week cost as much as the week before.",
    );
  });
});

test("a week of nothing after nothing is not new", () => {
  const covered = of([...usage(start, 10), ...usage(start, -10, { category: "Credit" })]);
  expect(headlineOf(covered)).toBe("2026-W47: $0.00, no plan for the month – good");
});

describe("far below plan", () => {
  test("a refund that the pace carries on is named, not a missing provider", () => {
    const refunded = of([...usage(start, 100), charge({ day: "2026-11-18", cost: units(-600) })], planned(3_400));
    expect(refunded.verdict).toBe("check-data");
    expect(banner(refunded)).toMatch(
      /The pace carries a refund on: by weekday and recent level \$2,\d{3}\.\d\d is likelier, \d+\.\d % under\.$/,
    );
  });

  test("so is a fall that has come back", () => {
    const fallen = of([...usage(start, 100, {}, week), ...usage(week, 10, {}, "2026-11-18"), ...usage("2026-11-18", 100)], planned(3_000));
    expect(banner(fallen)).toMatch(/The pace carries a fall on that has come back: .* is likelier/);
    expect(banner(fallen)).not.toContain("missing provider");
  });

  test("a few days over plan at the start of the month are no onset", () => {
    const holiday = [
      ...usage(start, 100, {}, "2026-12-24"),
      ...usage("2026-12-24", 60, {}, "2027-01-03"),
      ...usage("2027-01-03", 200, {}, "2027-01-04"),
    ];
    const review = of(holiday, {
      asOf: "2027-01-04",
      sources: [source("2027-01-03")],
      plan: { currency: "USD", months: { "2027-01": units(3_100) } },
    });
    expect([review.verdict, review.gap === null]).toEqual(["check-data", false]);
    expect(pacingIn(review)).not.toContain("Onset");
  });
});

describe("the month before", () => {
  const since = (asOf: string, part: Partial<ReviewInput> = {}) =>
    of(usage(start, 100, {}, asOf), { asOf, sources: [source(addDays(asOf, -1))], ...planned(3_000, "2026-10"), ...part });
  test("is told in the first review after it closed, and in no other", () => {
    expect(pacingIn(since("2026-11-02"))).toContain(
      "**Last month:** October 2026 closed at $3,100.00, $100.00 (3.3 %) over the plan of $3,000.00.",
    );
    expect(pacingIn(since("2026-11-02", { plan: null }))).toContain("**Last month:** October 2026 closed at $3,100.00.");
    expect(["2026-10-26", "2026-11-01", "2026-11-09"].map((day) => since(day).lastMonth)).toEqual([null, null, null]);
  });

  test("waits until its last day is final", () => {
    const late = (asOf: string, settled: string) => since(asOf, { sources: [source(settled)] }).lastMonth?.month;
    expect([late("2026-11-02", "2026-10-30"), late("2026-11-09", "2026-11-06"), late("2026-11-16", "2026-11-13")]).toEqual([
      undefined,
      "2026-10",
      undefined,
    ]);
  });
});

test("a gap that arose before the week is told in words", () => {
  const older = of(
    [...usage(start, 100, {}, "2026-11-02"), ...usage("2026-11-02", 400, {}, "2026-11-09"), ...usage("2026-11-09", 100)],
    planned(3_300),
  );
  expect(pacingIn(older)).toContain("all of the $1,880.00 gap is older than this week.");
});

describe("a model that took over from another", () => {
  const counted = (requests: number, model: string, cost: number): ChargePart => ({
    cost: units(cost),
    model,
    requests,
    inputTokens: requests * 1_000,
    outputTokens: 0,
  });
  const mini = (from: string, to: string) => usage(from, 0, counted(2_000, "mini", 10), to);
  const swapped = of([
    ...usage(start, 0, counted(1_000, "old", 100), "2026-11-17"),
    ...usage("2026-11-17", 0, counted(1_000, "new", 200)),
    ...mini(start, asOf),
  ]);
  test("leaves less of the old one, which is no turn to cheaper models", () => {
    expect(swapped.splits.get("openai/inference")).toMatchObject({ new: 120_000n });
    expect(deltaIn(swapped)).toContain("+$1,200.00 new models, ");
    expect(deltaIn(swapped)).toMatch(/-\$\d+\.\d\d less of the models that were there before/);
    expect(deltaIn(swapped)).not.toContain("cheaper models");
  });

  test("and one that ended leaves more to the others", () => {
    const ended = of([
      ...usage(start, 0, counted(1_000, "old", 100), week),
      ...mini(start, week),
      ...usage(week, 0, counted(3_000, "mini", 15)),
    ]);
    expect(deltaIn(ended)).toMatch(/more of the models that stayed/);
  });
});

describe("what is allocated", () => {
  const tagged = (feature: string, cost: number, from = start) => usage(from, cost, { tags: JSON.stringify({ feature, team: "core" }) });
  test("to the last cent is one short line", () => {
    expect(headIn(of([...tagged("chat", 60), ...tagged("search", 40)]))).toContain(
      "Not allocated this week: feature, team 0.0 %; customer 100.0 % (no rule or tag says).",
    );
  });

  test("to one team only is told by the total", () => {
    expect(headIn(of([...tagged("chat", 60), ...tagged("search", 40, week)]))).not.toContain("Teams that moved most");
  });
});
