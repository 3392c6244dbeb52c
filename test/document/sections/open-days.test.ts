import { describe, expect, test } from "vitest";
import type { Causes } from "../../../src/core/causes/causes.ts";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { type Review, reviewOf } from "../../../src/core/review/review.ts";
import { draftsOf } from "../../../src/document/drafts.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { deltasSection } from "../../../src/document/sections/deltas/deltas.ts";
import { summarySection } from "../../../src/document/sections/summary/summary.ts";
import { daily, reviewInput, source, units } from "../../support/charges.ts";

/** Days that are not final hold what has come so far: a week that ends with them looks smaller than it is. */

const [start, asOf] = ["2026-09-07", "2026-11-23"];
const usage = (from: string, to: string, cost: number) => daily({ start: from, end: to }, { cost: units(cost) });
const of = (charges: ReviewInput["charges"], settled = "2026-11-20") => reviewOf(reviewInput({ charges, sources: [source(settled)] }));
const deltaOf = (review: ReturnType<typeof of>) => deltasSection(contextOf(review)).items[0]?.zone.text ?? "";

const late = [...usage(start, "2026-11-21", 100), ...usage("2026-11-21", asOf, 20)];

describe("a fall of which the last days are not final", () => {
  test("is compared on the days that are, and asks for no cause", () => {
    expect(deltaOf(of(late))).toContain(
      "$700.00 → $540.00. On the 5 days that are final: $500.00 → $500.00 (0.0 %); those after Fri 20 Nov may still change.",
    );
    expect(draftsOf(contextOf(of(late)))).toEqual([]);
  });

  test("does ask where the final days fell, too", () => {
    const fallen = [...usage(start, "2026-11-18", 100), ...usage("2026-11-18", "2026-11-21", 50), ...usage("2026-11-21", asOf, 20)];
    expect(deltaOf(of(fallen))).toContain("On the 5 days that are final: $500.00 → $350.00 (-30.0 %)");
    expect(draftsOf(contextOf(of(fallen)))).toHaveLength(1);
  });
});

describe("changes near a fall", () => {
  const found = { kind: "commit", repository: "acme/app", ref: "237cd7c", title: "Chat", day: "2026-11-20", paths: [] } as const;
  const asked: Causes["asked"] = [{ repository: "acme/app", problem: null }];
  const bySlice: Causes["bySlice"] = new Map([["openai/inference", { onset: "2026-11-21", from: "2026-11-18", found: [found] }]]);
  const told = (charges: ReviewInput["charges"]) => deltaOf({ ...of(charges), causes: { asked, bySlice } });

  test("are no candidates where more than half of it is only of days that are not final", () => {
    expect(told(late)).not.toContain("Candidate causes");
  });
  test("are candidates where half of it is final, and near a rise", () => {
    const fallen = [...usage(start, "2026-11-18", 100), ...usage("2026-11-18", "2026-11-21", 40), ...usage("2026-11-21", asOf, 10)];
    expect(told(fallen)).toContain("Candidate causes");
    expect(told([...usage(start, "2026-11-16", 100), ...usage("2026-11-16", asOf, 150)])).toContain("Candidate causes");
  });
});

describe("after a spike of the week before", () => {
  const spike = usage("2026-11-11", "2026-11-12", 400);
  test("what is left of the fall is told on the days that are final, too, and asks for nothing", () => {
    const spiked = of([...late, ...spike]);
    expect(deltaOf(spiked)).toContain("which has come back: without it the change is -$160.00, on the 5 days that are final $0.00.");
    expect(draftsOf(contextOf(spiked))).toEqual([]);
  });
  test("that lies on a weekday that is not final, it is told on all days alone", () => {
    const saturday = usage("2026-11-14", "2026-11-15", 400);
    expect(deltaOf(of([...late, ...saturday]))).toContain("which has come back: without it the change is -$160.00.");
  });
  test("a rise that is left on the days that are final asks for its cause", () => {
    const risen = [
      ...usage(start, "2026-11-16", 100),
      ...usage("2026-11-16", "2026-11-21", 115),
      ...usage("2026-11-21", asOf, 5),
      ...spike,
    ];
    expect(deltaOf(of(risen))).toContain("without it the change is -$115.00, on the 5 days that are final +$75.00.");
    expect(draftsOf(contextOf(of(risen)))).toHaveLength(1);
  });
});

describe("a provider that fell only on days that are not final", () => {
  const other = (from: string, to: string, cost: number) =>
    daily({ start: from, end: to }, { provider: "AWS", service: "EC2", source: "cloud", cost: units(cost) });
  const sources = [source("2026-11-20"), source("2026-11-22", "cloud")];
  const of = (charges: ReviewInput["charges"]) => reviewOf(reviewInput({ charges, sources }));
  const head = (review: Review) => deltasSection(contextOf(review)).head?.text ?? "";
  const summary = (review: Review) => summarySection(contextOf(review)).head?.text ?? "";

  test("is not the one that fell most, nor are its services among the largest moves", () => {
    const text = head(of([...late, ...other(start, "2026-11-16", 5), ...other("2026-11-16", asOf, 4.9)]));
    expect(text).toContain(
      "Fell most: AWS -$0.70 (-2.0 %). Not final yet: OpenAI -$160.00 (-22.9 %), on the 5 days that are final $0.00 (0.0 %).",
    );
  });

  test("is, where half of it is final", () => {
    const fallen = [...usage(start, "2026-11-18", 100), ...usage("2026-11-18", "2026-11-21", 40), ...usage("2026-11-21", asOf, 10)];
    expect(head(of([...fallen, ...other(start, asOf, 5)]))).toContain("Fell most: OpenAI -$360.00 (-51.4 %).");
    expect(head(of([...fallen, ...other(start, asOf, 5)]))).not.toContain("Not final yet");
  });

  test("makes the week look lower than it is, which the summary says", () => {
    const risen = of([...late, ...other(start, "2026-11-16", 5), ...other("2026-11-16", asOf, 30)]);
    expect(risen.total.percent).toBeCloseTo(2.04, 2);
    expect(summary(risen)).toContain("final through 20 November 2026; on these 5 days of the week cost moved +23.8 %.");
  });

  test.each<[string, ReviewInput["charges"]]>([
    ["days that are not final moved as the others", [...usage(start, asOf, 100), ...other(start, asOf, 5)]],
    ["the week before is not all there", [...usage("2026-11-13", "2026-11-21", 100), ...usage("2026-11-21", asOf, 20)]],
  ])("the summary says nothing of it where %s", (_, charges) => expect(summary(of(charges))).not.toContain("cost moved"));
});

test.each([
  ["all days are final", late, "2026-11-22"],
  ["no day is final", late, "2026-11-15"],
  ["the days that are not are as usual", [...usage(start, "2026-11-16", 100), ...usage("2026-11-16", asOf, 120)], "2026-11-20"],
])("nothing is said of it where %s", (_, charges, settled) => expect(deltaOf(of(charges, settled))).not.toContain("final"));

test("days that the data do not hold are none of them", () => {
  const charges = [...usage(start, "2026-11-13", 100), ...usage("2026-11-17", "2026-11-21", 100), ...usage("2026-11-21", asOf, 20)];
  const text = deltaOf(of(charges));
  expect(text).toContain("On the 3 weekdays that both weeks hold: $300.00 → $300.00 (0.0 %).");
  expect(text).not.toContain("On the 5 days");
});
