import { expect, test } from "vitest";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { type Review, reviewOf } from "../../../src/core/review/review.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { pacingSection } from "../../../src/document/sections/pacing/pacing.ts";
import { daily, reviewInput, source, units } from "../../support/charges.ts";
import { metric, twoWeeksOf } from "../../support/metrics.ts";

/** What a unit costs is told from days whose cost is all there: tickets of a day without its cost would look cheap. */

const [start, asOf] = ["2026-09-07", "2026-11-23"];
const openai = (from: string, to: string) => daily({ start: from, end: to }, { cost: units(100) });
const aws = (from: string, to: string) =>
  daily({ start: from, end: to }, { provider: "AWS", service: "Compute", source: "cloud", cost: units(100) });
const metricOf = (kind: "units" | "users" | "revenue", last7 = 100) =>
  metric(twoWeeksOf(100, last7), kind === "revenue" ? { name: "sales", kind, currency: "USD" } : { kind });
const of = (charges: ReviewInput["charges"], through: string, part: Partial<ReviewInput> = {}): Review =>
  reviewOf(reviewInput({ charges, sources: [source("2026-11-22"), source(through, "cloud")], metrics: [metricOf("units")], ...part }));
const pacingOf = (review: Review) => pacingSection(contextOf(review)).head?.text ?? "";

const late = [...openai(start, asOf), ...aws(start, "2026-11-21")];

test("days that are not final yet do not count", () => {
  expect(pacingOf(of(late, "2026-11-20"))).toContain("| tickets, each | $2.00 | $2.00 | 0.0 % | 500 (0.0 %), on 5 of 7 days |");
  expect(pacingOf(of(late, "2026-11-20", { metrics: [metricOf("revenue")] }))).toContain(
    "| share of sales | 200.0 % | 200.0 % |  | $500.00 (0.0 %), on 5 of 7 days |",
  );
});

test("nor days that the data lack, of all or of one provider", () => {
  const isMissing = ({ day }: { readonly day: string }) => day === "2026-11-12" || day === "2026-11-13";
  const all = [...openai(start, asOf), ...aws(start, asOf)].filter((charge) => !isMissing(charge));
  const one = [...openai(start, asOf), ...aws(start, asOf).filter((charge) => !isMissing(charge))];
  for (const charges of [all, one])
    expect(pacingOf(of(charges, "2026-11-22"))).toContain("| tickets, each | $2.00 | $2.00 | 0.0 % | 500 (0.0 %), on 5 of 7 days |");
});

test("nor days before the first", () => {
  const young = [...openai("2026-11-11", asOf), ...aws("2026-11-11", asOf)];
  expect(pacingOf(of(young, "2026-11-22"))).toContain("| tickets, each | $2.00 | $2.00 | 0.0 % | 500 (0.0 %), on 5 of 7 days |");
});

test("nor days on which a provider has fallen silent", () => {
  const silent = [...openai(start, asOf), ...aws(start, "2026-11-21")];
  const sources = [source("2026-11-22"), source("2026-11-22", "cloud")];
  expect(pacingOf(of(silent, "2026-11-22", { sources }))).toContain(
    "| tickets, each | $2.00 | $2.00 | 0.0 % | 500 (0.0 %), on 5 of 7 days |",
  );
});

test("spend that outgrew the product is told on the same days", () => {
  const rising = [...openai(start, asOf), ...openai("2026-11-16", asOf), ...aws(start, "2026-11-21")];
  const review = of(rising, "2026-11-20", { metrics: [metricOf("units", 110)] });
  expect(review.total.percent).toBe(35.714);
  expect(pacingOf(review)).toContain(
    "**Growth mismatch?** Spend moved +50.0 % on the 5 weekdays that both weeks know, tickets +10.0 %: what one of them costs moved +36.4 %.",
  );
});

test("or on the whole of both weeks", () => {
  const rising = [...openai(start, asOf), ...openai("2026-11-16", asOf)];
  expect(pacingOf(of(rising, "2026-11-22", { sources: [source("2026-11-22")], metrics: [metricOf("units", 110)] }))).toContain(
    "**Growth mismatch?** Spend moved +100.0 %, tickets +10.0 %: what one of them costs moved +81.8 %.",
  );
});

test("growth is that of the days of which cost and metric are known", () => {
  const days = Array.from({ length: 14 }, (_, index) => units(index > 11 ? 300 : 100));
  const open = [
    ...openai(start, asOf),
    ...aws(start, "2026-11-21"),
    ...daily({ start: "2026-11-21", end: asOf }, { source: "cloud", cost: units(50) }),
  ];
  const counting = [{ name: "cloud", counts: undefined, settlingDays: 3 }];
  const grown = { counting, growth: { metric: "tickets" }, metrics: [{ ...metricOf("units"), days }] };
  const review = of(open, "2026-11-20", grown);
  expect(review.growth?.percent).toBe(57.142);
  expect(pacingOf(review)).toContain(
    "**Growth:** on the 5 weekdays that both weeks know, cost moved 0.0 %, tickets 0.0 %: what one of them costs did not rise.",
  );
  expect(pacingOf(of(open, "2026-11-19", grown))).toContain(
    "**Growth:** the week moved -7.1 %; tickets and all cost are known together for too few days to compare them.",
  );
});

test("a metric that was nothing in the week before is not said to be known for too few days", () => {
  const days = Array.from({ length: 14 }, (_, index) => units(index < 7 ? 0 : 100));
  const review = of([...openai(start, asOf), ...aws(start, asOf)], "2026-11-22", {
    growth: { metric: "tickets" },
    metrics: [{ ...metricOf("units"), days }],
  });
  expect(pacingOf(review)).toContain("; tickets was nothing in the week before.");
});

test("where no day is final, no unit is told", () => {
  expect(of(late, "2026-11-08").economics.units).toEqual([]);
});

test("that days are missing is said of counted requests alone: metrics are set against whole days", () => {
  const half = (part: object) => [...daily({ start, end: asOf }, { cost: units(100), ...part }), ...aws(start, "2026-11-20")];
  const told = "Days of this week are missing in it, in costs as in requests.";
  expect(pacingOf(of(half({ model: "gpt-5", requests: 10 }), "2026-11-19"))).toContain(told);
  expect(pacingOf(of(half({}), "2026-11-19"))).not.toContain(told);
});

test("requests of a provider that is missing leave another mix behind: that one of them costs more or less is not said", () => {
  const of = (charges: ReviewInput["charges"], openaiThrough: string, cloudThrough: string) =>
    pacingOf(reviewOf(reviewInput({ charges, sources: [source(openaiThrough), source(cloudThrough, "cloud")] })));
  const cheap = (to: string) => daily({ start, end: to }, { model: "small", requests: 100, cost: units(100) });
  const dear = (to: string, requests: number | null = 10) =>
    daily({ start, end: to }, { provider: "Anthropic", model: "large", source: "cloud", requests, cost: units(100) });
  const told = (text: string) => /^\| requests on the bill, each \|.*$/m.exec(text)?.[0];
  expect(told(of([...cheap(asOf), ...dear(asOf)], "2026-11-22", "2026-11-22"))).toBe(
    "| requests on the bill, each | $1.82 | $1.82 | 0.0 % | 770 (0.0 %) |",
  );
  expect(told(of([...cheap("2026-11-16"), ...dear(asOf)], "2026-11-15", "2026-11-22"))).toBe(
    "| requests on the bill, each | $10.00 | $1.82 | data missing | 70 |",
  );
  // What is missing of all, or counts no requests, leaves the mix as it was.
  expect(told(of([...cheap("2026-11-20"), ...dear("2026-11-20")], "2026-11-19", "2026-11-19"))).toContain("| $1.82 | $1.82 | 0.0 % |");
  expect(told(of([...cheap(asOf), ...dear("2026-11-16", null)], "2026-11-22", "2026-11-15"))).toContain("| $1.00 | $1.00 | 0.0 % |");
});
