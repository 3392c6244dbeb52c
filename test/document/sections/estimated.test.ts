import { describe, expect, test } from "vitest";
import type { Charge } from "../../../src/core/ledger/charge.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { deltasSection } from "../../../src/document/sections/deltas/deltas.ts";
import { summarySection } from "../../../src/document/sections/summary/summary.ts";
import { type ChargePart, daily, reviewInput, units } from "../../support/charges.ts";

const [prior, last] = [
  { start: "2026-11-09", end: "2026-11-16" },
  { start: "2026-11-16", end: "2026-11-23" },
];
const line = (part: ChargePart): Charge[] => [
  ...daily(prior, { cost: units(100), ...part }),
  ...daily(last, { cost: units(150), ...part }),
];
const context = (charges: readonly Charge[]) => contextOf(reviewOf(reviewInput({ charges })));
const deltas = (charges: readonly Charge[]) => {
  const section = deltasSection(context(charges));
  return [section.head?.text, ...section.items.map(({ zone }) => zone.text)].join("\n");
};
const summary = (charges: readonly Charge[]) => summarySection(context(charges)).head?.text ?? "";

describe("estimated money is marked", () => {
  test("at a delta that is all estimated, at one that is in part, and at none that is billed", () => {
    const text = deltas([
      ...line({ service: "A", estimated: true }),
      ...line({ service: "B" }),
      ...line({ service: "B", estimated: true, model: "x" }),
      ...line({ service: "C" }),
    ]);
    expect(text).toContain("### OpenAI · A: +$350.00 (+50.0 %, estimated)");
    expect(text).toContain("### OpenAI · B: +$700.00 (+50.0 %, partly estimated)");
    expect(text).toContain("### OpenAI · C: +$350.00 (+50.0 %)");
    expect(text).toContain("| Model x | $1,050.00 | $700.00 | +$350.00 (+50.0 %, estimated) |");
    expect(text).toContain("Rose most: OpenAI +$1,400.00 (+50.0 %, partly estimated).");
  });

  test("behind the totals, with its amounts", () => {
    const text = summary([...line({}), ...daily(last, { estimated: true, cost: units(1), provider: "Groq" })]);
    expect(text).toContain("+$357.00 (+51.0 %, partly estimated)");
    expect(text).toContain("Estimated from tokens and prices, not billed: $7.00 of the last 7 days, $7.00 of the month to date.");
    expect(summary(line({}))).not.toContain("stimated");
  });
});

test("names of a likely rename are told as text, whatever stands in them", () => {
  const text = deltas([...daily(prior, { project: "a|b", cost: units(9) }), ...daily(last, { project: "<b>@octocat", cost: units(9) })]);
  expect(text).toContain("**Likely a rename:** project a\\|b → ");
  expect(text).not.toContain("<b>");
  expect(text).not.toMatch(/[^\\]@octocat/);
});
