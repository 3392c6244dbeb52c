import { expect, test } from "vitest";
import { textOf } from "../../src/commands/analyze/text.ts";
import { type ReviewInput, reviewOf } from "../../src/core/review/review.ts";
import { charge, daily, reviewInput, source, units } from "../support/charges.ts";

const [start, asOf] = ["2026-09-07", "2026-11-23"];
const usage = (provider: string, to: string, from = start) => daily({ start: from, end: to }, { provider, cost: units(100) });
const linesOf = (part: Partial<ReviewInput>) => textOf(reviewOf(reviewInput(part))).split("\n");
const starting = (lines: readonly string[], label: string) => lines.filter((line) => line.startsWith(label));

test("a provider that fell silent is said to be missing, and told as no fall", () => {
  const lines = linesOf({ charges: [...usage("OpenAI", asOf), ...usage("Groq", "2026-11-19")] });
  expect(starting(lines, "missing")).toEqual(["missing        no data from Groq since 2026-11-18"]);
  expect(starting(lines, "delta")).toEqual(["delta          Groq · Inference: $300.00 arrived, data are missing"]);
  expect(starting(lines, "anomaly")).toEqual([]);
});

test("so are a source that failed, with its reason, and days that a provider alone has no usage on", () => {
  const aws = usage("AWS", "2026-11-16").map((one) => ({ ...one, source: "aws" }));
  const sources = [source("2026-11-22"), { ...source("2026-11-15", "aws"), problem: "403 from the server" }];
  const failed = linesOf({ charges: [...usage("OpenAI", asOf), ...aws], sources });
  expect(starting(failed, "missing")).toEqual(["missing        no data from aws since 2026-11-15 (403 from the server)"]);
  const never = linesOf({ charges: usage("OpenAI", asOf), sources: [source("2026-11-22"), { ...source(null, "aws"), problem: null }] });
  expect(starting(never, "missing")).toEqual(["missing        no data from aws at all"]);
  const holed = linesOf({ charges: [...usage("OpenAI", asOf), ...usage("Groq", "2026-11-17"), ...usage("Groq", asOf, "2026-11-20")] });
  expect(starting(holed, "missing")).toEqual(["missing        no usage from Groq on the days from 2026-11-17 to 2026-11-19"]);
});

test("what is no usage is told, with whose it is", () => {
  const bought = charge({ day: "2026-11-18", category: "Purchase", provider: "Datadog", service: "Annual plan", cost: units(9_000) });
  expect(starting(linesOf({ charges: [...usage("OpenAI", asOf), bought] }), "no usage")).toEqual([
    "no usage       Purchase $0.00 → $9,000.00 (Datadog · Annual plan +$9,000.00)",
  ]);
});
