import { describe, expect, test } from "vitest";
import { textOf } from "../../src/commands/analyze/text.ts";
import { daysBetween, eachDay } from "../../src/core/day.ts";
import type { Charge } from "../../src/core/ledger/charge.ts";
import type { ReviewInput } from "../../src/core/review/input.ts";
import { reviewOf } from "../../src/core/review/review.ts";
import { planSchema } from "../../src/core/settings/plan.ts";
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

describe("what departed", () => {
  const spike = charge({ day: "2026-11-18", provider: "OpenAI", cost: units(400) });
  const scope = { provider: "OpenAI" };
  const odd = "OpenAI · Inference up from 2026-11-18: $500.00 instead of $100.00";
  const days = { name: "Launch", kind: "campaign", start: "2026-11-18", end: "2026-11-19", scope } as const;
  const ignored = (reason: string) => ({ ignore: [{ scope, reason, until: "2026-12-01" }] }) satisfies Partial<ReviewInput>;
  const told = (charges: readonly Charge[], part: Partial<ReviewInput> = {}) => {
    const lines = linesOf({ charges, ...part });
    return ["anomaly", "planned", "ignored", "drift"].flatMap((label) => starting(lines, label));
  };

  test.each<[string, Partial<ReviewInput>, string]>([
    ["is asked about", {}, `anomaly        ${odd}`],
    ["was planned", { events: [{ ...days, effect: { percent: 400 } }] }, `planned        ${odd} (Launch)`],
    ["is ignored", ignored("a load test"), `ignored        ${odd} (a load test)`],
  ])("%s", (_, part, line) => {
    expect(told([...usage("OpenAI", asOf), ...usage("AWS", asOf), spike], part)).toEqual([line]);
  });

  test("crept, and is ignored as such", () => {
    const creeping = eachDay({ start: "2026-08-17", end: asOf }).map((day) =>
      charge({ day, cost: units(100 * 1.01 ** Math.max(0, daysBetween("2026-10-19", day) + 1)) }),
    );
    const [drift = "", ...more] = told(creeping);
    expect([drift, more]).toEqual([expect.stringMatching(/^drift {10}OpenAI · Inference up since 2026-10-19: \+\d+\.\d %$/), []]);
    expect(told(creeping, ignored("agreed"))).toEqual([`${drift} (ignored: agreed)`]);
  });
});

test("days of the week without any usage are missing, those of earlier weeks are not told", () => {
  const holed = [...usage("OpenAI", "2026-11-02"), ...usage("OpenAI", "2026-11-16", "2026-11-04"), ...usage("OpenAI", asOf, "2026-11-21")];
  expect(starting(linesOf({ charges: holed }), "missing")).toEqual([
    "missing        no usage from any source on the days from 2026-11-16 to 2026-11-20",
  ]);
});

test("the model forecast stands there with its range, where it has one, and against the plan, where there is one", () => {
  const model = (charges: readonly Charge[], part: Partial<ReviewInput> = {}) => starting(linesOf({ charges, ...part }), "by the model");
  const how = "(weighted mean of levels × weekday, range from its own misses)";
  const spike = charge({ day: "2026-11-18", provider: "OpenAI", cost: units(400) });
  expect(model(usage("OpenAI", asOf))).toEqual([`by the model   $3,000.00   ${how}`]);
  expect(model([...usage("OpenAI", asOf), spike], { plan: planSchema.parse({ currency: "USD", months: { "2026-11": 2500 } }) })).toEqual([
    expect.stringMatching(/^by the model {3}\$3,\d+\.\d\d {3}80 % range \$3,\d+\.\d\d to \$3,\d+\.\d\d {3}\+\d+\.\d % against plan {3}\(/),
  ]);
});
