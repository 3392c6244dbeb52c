import { expect, test } from "vitest";
import { addDays } from "../../../src/core/day.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { deltasSection } from "../../../src/document/sections/deltas/deltas.ts";
import { pacingSection } from "../../../src/document/sections/pacing/pacing.ts";
import { charge, daily, reviewInput, source, units } from "../../support/charges.ts";
import { noisySeries } from "../../support/series.ts";

/** Sentences hold for the amounts as they are printed: what is less than a cent moves no word. */

const [start, asOf] = ["2026-09-07", "2026-11-23"];

/** What is said of Saturday 21 November, after so many days of which the weekends cost nothing, but for what `more` adds. */
function saturday(noise: number, days: number, more: (day: number) => number = () => 0): string {
  const costs = noisySeries(4, { days, noise, week: [0, 1, 1, 1, 1, 1, 0] });
  const charges = costs.map((cost, index) => charge({ day: addDays("2026-11-22", index - days), cost: units(cost + more(index)) }));
  const review = reviewOf(reviewInput({ asOf: "2026-11-22", charges, sources: [source("2026-11-21")] }));
  return /cost \S+ of usage, \w+ the expected \S+/.exec(pacingSection(contextOf(review)).head?.text ?? "")?.[0] ?? "";
}

test("a range that begins below a cent holds a day that costs nothing", () => {
  expect(saturday(0.1, 70, (day) => (day === 62 ? 1 : 0))).toBe("cost $0.00 of usage, within the expected $0.00");
});

test("a day is not below what is expected where its weekday never costs anything", () => {
  expect(saturday(0.3, 70)).toBe("cost $0.00 of usage, within the expected $0.00");
  expect(saturday(0.3, 70, (day) => (day % 7 === 6 && day < 69 ? 30 : 0))).toContain("below");
});

test("what is printed as nothing in both weeks moved by no percentage", () => {
  const tiny = (from: string, end: string, cost: number) => daily({ start: from, end }, { cost: units(cost), tags: '{"feature":"trial"}' });
  const charges = [
    ...daily({ start, end: asOf }, { cost: units(100), tags: '{"feature":"search"}' }),
    ...tiny(start, "2026-11-16", 0.0004),
    ...tiny("2026-11-16", asOf, 0.0002),
  ];
  expect(deltasSection(contextOf(reviewOf(reviewInput({ charges })))).head?.text).toContain("| trial | $0.00 | $0.00 | $0.00 |");
});

test("days restated by less than a cent are told nowhere", () => {
  const restatement = (day: string, after: number) => ({
    day,
    source: "focus",
    provider: "OpenAI",
    before: units(100),
    after: units(after),
    wasOpen: false,
  });
  const told = (after: number) => {
    const charges = [
      ...daily({ start, end: "2026-11-16" }, { cost: units(100) }),
      ...daily({ start: "2026-11-16", end: asOf }, { cost: units(150) }),
    ];
    const restatements = [restatement("2026-11-12", after), restatement("2026-11-13", after)];
    const context = contextOf(reviewOf(reviewInput({ charges, restatements })));
    return `${pacingSection(context).head?.text ?? ""}\n${deltasSection(context)
      .items.map(({ zone }) => zone.text)
      .join("\n")}`;
  };
  expect(told(100.002)).not.toMatch(/restated/i);
  expect(told(100.003)).toContain("**Restated since an earlier review:** OpenAI, Thu 12 Nov, Fri 13 Nov: $200.00 → $200.01 (+$0.01).");
  expect(told(100.003)).toContain("Part of the change is data restated since an earlier review (see Pacing).");
});
