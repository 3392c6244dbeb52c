import { expect, test } from "vitest";
import { usageRow } from "../../../src/sources/http/row.ts";

test("a row of usage says nothing that its vendor does not say, and belongs to the month of its day", () => {
  const said = { day: "2026-12-31", provider: "Acme", service: "Models", currency: "USD", source: "acme" };
  const cost = { units: 15n, scale: 1 };
  const texts = { model: "", account: "", project: "", apiKey: "", tags: "" };
  const counters = { requests: null, inputTokens: null, cacheReadTokens: null, cacheWriteTokens: null, outputTokens: null };
  const usage = {
    category: "Usage",
    correction: false,
    frequency: "Usage-Based",
    estimated: false,
    billingPeriod: "2026-12-01",
    lastDay: null,
  };
  expect(usageRow({ ...said, billed: cost })).toEqual({ ...said, ...texts, ...counters, ...usage, billed: cost, effective: cost });
  expect(usageRow({ ...said, billed: cost, effective: { units: 1n, scale: 0 } }).effective).toEqual({ units: 1n, scale: 0 });
});
