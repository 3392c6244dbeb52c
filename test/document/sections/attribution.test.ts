import { expect, test } from "vitest";
import { reviewOf } from "../../../src/core/review/review.ts";
import { attributionText } from "../../../src/document/sections/deltas/attribution.ts";
import { restatementLines } from "../../../src/document/sections/shared/restated.ts";
import { type ChargePart, charge, reviewInput, source, units } from "../../support/charges.ts";

/** Several gateways beside the bills of two providers. */

const gateways = ["litellm", "proxy", "router"];
const share = (source: string, provider: string, cost: number, part: ChargePart = {}) =>
  charge({ source, provider, model: "m", estimated: true, tags: '{"feature":"chat"}', cost: units(cost), ...part });
const bills = ["OpenAI", "Anthropic"].map((provider) => charge({ provider, model: "m", cost: units(100) }));
const shares = [share("litellm", "OpenAI", 60), share("proxy", "Anthropic", 110), share("router", "Anthropic", 5)];
const of = (part: Partial<Parameters<typeof reviewInput>[0]> = {}) =>
  reviewOf(
    reviewInput({
      charges: [...bills, ...shares],
      counting: ["focus", ...gateways].map((name) => ({ name })),
      sources: ["focus", ...gateways].map((name) => source("2026-11-22", name)),
      ...part,
    }),
  );

test("each is named, and what it computed stands at the providers that it knows", () => {
  expect(attributionText(of())?.split("\n")).toEqual([
    "**Attribution only:** litellm, proxy and router are not counted as money beside a bill; the bill is split by what they say.",
    "",
    "| Provider | Last 7 days | Attributed | Computed by litellm | Computed by proxy | Computed by router |",
    "| --- | ---: | ---: | ---: | ---: | ---: |",
    "| Anthropic | $100.00 | $100.00 (100.0 %) |  | $110.00 (+$10.00, +10.0 %) | $5.00 (-$95.00, -95.0 %) |",
    "| OpenAI | $100.00 | $60.00 (60.0 %) | $60.00 (-$40.00, -40.0 %) |  |  |",
  ]);
});

test("what was restated of what is no money is not told", () => {
  const moved = (source: string, day: string) => ({ day, source, provider: "OpenAI", before: units(50), after: units(60), wasOpen: false });
  const days = ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"];
  const more = days.slice(1).flatMap((day) => [share("litellm", "OpenAI", 60, { day }), charge({ day, model: "m", cost: units(100) })]);
  const told = (count: number) =>
    restatementLines(
      of({
        charges: [...bills, ...shares, ...more],
        restatements: days.slice(0, count).flatMap((day) => [{ ...moved("litellm", day), after: units(70) }, moved("focus", day)]),
      }),
    );
  expect(told(2)).toEqual(["**Restated since an earlier review:** OpenAI, Mon 16 Nov, Tue 17 Nov: $100.00 → $120.00 (+$20.00)."]);
  expect(told(5)).toEqual([
    "**Restated since an earlier review:** OpenAI, 5 days from Mon 16 Nov to Fri 20 Nov: $250.00 → $300.00 (+$50.00).",
  ]);
});
