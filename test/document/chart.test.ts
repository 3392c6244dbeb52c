import { describe, expect, test } from "vitest";
import { reviewOf } from "../../src/core/review/review.ts";
import { chartOf } from "../../src/document/chart.ts";
import { contextOf } from "../../src/document/sections/context.ts";
import { summarySection } from "../../src/document/sections/summary/summary.ts";
import { charge, daily, reviewInput, source, units } from "../support/charges.ts";

const of = (cost: number, currency = "USD", start = "2026-10-01") =>
  reviewOf(reviewInput({ currency, charges: daily({ start, end: "2026-11-23" }, { cost: units(cost), currency }) }));
const labels = (cost: number, currency?: string) =>
  [...(chartOf(of(cost, currency)) ?? "").matchAll(/x="([\d.]+)"[^>]* text-anchor="end">([^<]*)</g)].map(([, x, text]) => ({
    x: Number(x),
    text,
  }));
const imageIn = (review: ReturnType<typeof of>) => summarySection(contextOf(review)).head?.text.includes("![Daily cost") ?? false;

describe("the chart of a review", () => {
  test.each<[string, number, string, string[]]>([
    ["dollars", 90, "USD", ["$0", "$20", "$40", "$60", "$80", "$100"]],
    ["less than a dollar", 0.9, "USD", ["$0.00", "$0.20", "$0.40", "$0.60", "$0.80", "$1.00"]],
    ["a few cents", 0.04, "USD", ["$0.00", "$0.01", "$0.02", "$0.03", "$0.04"]],
    ["another currency, which stands in the title", 90_000, "JPY", ["0", "20,000", "40,000", "60,000", "80,000", "100,000"]],
  ])("has an axis in %s", (_, cost, currency, texts) => {
    expect(
      labels(cost, currency)
        .map(({ text }) => text)
        .slice(0, texts.length),
    ).toEqual(texts);
    expect(chartOf(of(cost, currency))).toContain(`>Cost by day${currency === "USD" ? "" : ` in ${currency}`}; the week`);
  });

  test.each([90, 900_000, 90_000_000, 9_000_000_000])("has room for every label: %d a day", (cost) => {
    for (const { x, text = "" } of labels(cost).slice(0, 6)) expect(x).toBeGreaterThanOrEqual(text.length * 7);
  });

  const meanIn = (charges: ReturnType<typeof daily>, settled?: string) =>
    /class="mean" d="([^"]*)"/.exec(
      chartOf(reviewOf(reviewInput({ charges, ...(settled ? { sources: [source(settled)] } : {}) }))) ?? "",
    )?.[1];
  const usage = (start: string, end = "2026-11-23", cost = 5) => daily({ start, end }, { cost: units(cost) });

  test("has a line of means over days that are known alone", () => {
    expect(meanIn(usage("2026-10-01"))?.match(/M/g)).toHaveLength(1);
    expect(meanIn([...usage("2026-10-01", "2026-10-20"), ...usage("2026-11-02")])?.match(/M/g)).toHaveLength(2);
    const points = (settled: string) => meanIn(usage("2026-10-01"), settled)?.match(/[ML]/g)?.length ?? 0;
    expect(points("2026-11-22") - points("2026-11-20")).toBe(2);
  });

  test("shows days of which a source has not come as open, and no mean over them", () => {
    const two = [...usage("2026-10-01"), ...daily({ start: "2026-10-01", end: "2026-11-04" }, { source: "late", cost: units(9) })];
    const drawn = (sources: ReturnType<typeof source>[], shareOnly: string[] = []) => {
      const svg = chartOf({ ...reviewOf(reviewInput({ charges: two, sources })), shareOnly }) ?? "";
      return [svg.match(/ open"/g)?.length ?? 0, /class="mean" d="([^"]*)"/.exec(svg)?.[1]?.match(/[ML]/g)?.length];
    };
    const [main, failed] = [source("2026-11-22"), source("2026-11-03", "late", "answered 500")];
    expect([drawn([main, failed]), drawn([main, failed], ["late"])]).toEqual([
      [19, 28],
      [0, 47],
    ]);
  });

  test("says that days below zero are not drawn", () => {
    const refunded = [...usage("2026-10-01"), charge({ day: "2026-11-18", cost: units(-50) })];
    expect(chartOf(reviewOf(reviewInput({ charges: refunded })))).toContain("mean of 7 days; days below zero are not drawn<");
    expect(chartOf(of(90))).not.toContain("below zero");
  });

  test("is none, and none is shown, with less than two weeks and where all days are nothing", () => {
    const covered = reviewOf(
      reviewInput({
        charges: daily({ start: "2026-10-01", end: "2026-11-23" }, { cost: units(5) }).flatMap((one) => [
          one,
          charge({ day: one.day, category: "Credit", cost: units(-5) }),
        ]),
      }),
    );
    for (const review of [covered, of(90, "USD", "2026-11-12")]) expect([chartOf(review), imageIn(review)]).toEqual([null, false]);
    expect([chartOf(of(90)), imageIn(of(90))]).toEqual([expect.stringContaining("<svg"), true]);
  });
});
