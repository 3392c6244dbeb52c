import { type Day, addDays, eachDay } from "../../../src/core/day.ts";
import { type Row, amount, charge, daily, focusCsv, times, weeks } from "../../support/focus.ts";
import { usual } from "./usual.ts";

const launch = "2027-02-15";
const feature = (name: string): Row => ({ Tags: JSON.stringify({ feature: name }), x_Model: "gpt-5" });

/**
 * A support product in February 2027: OpenAI inference, AWS compute and storage, a managed vector database. A backfill in the first week,
 * a launch on Monday the 15th, one odd Tuesday. Weeks of February cost 5,430, 3,950 and 4,820.
 */
const workedExample = [
  ...daily(
    "2027-01-04",
    "OpenAI",
    "Inference",
    weeks([37_200, 20_400], [37_600, 20_600], [37_400, 21_000], [38_200, 20_800]),
    feature("assistant"),
  ),
  ...daily("2027-02-01", "OpenAI", "Inference", [52_000, 55_000, 57_000, 54_000, 52_000, 34_000, 36_000], feature("assistant")),
  ...daily("2027-02-08", "OpenAI", "Inference", weeks([38_000, 21_000]), feature("assistant")),
  ...daily(launch, "OpenAI", "Inference", [36_000, 40_000, 38_000, 37_000, 36_500, 21_000, 21_000], feature("assistant")),
  ...daily(launch, "OpenAI", "Inference", [7_000, 24_000, 10_000, 10_000, 9_500, 3_500, 3_500], feature("summarization")),
  ...daily("2027-01-04", "AWS", "Amazon EC2", weeks([21_500, 18_000], [22_000, 18_500], [22_400, 18_400], [22_300, 18_600])),
  ...daily("2027-02-01", "AWS", "Amazon EC2", [29_000, 30_000, 29_000, 28_000, 27_000, 23_000, 23_000]),
  ...daily("2027-02-08", "AWS", "Amazon EC2", weeks([22_500, 18_750], [25_000, 21_500])),
  ...daily("2027-01-04", "AWS", "Amazon S3", weeks(...times(4, [[580, 480]] as const), [640, 650], [600, 500], [800, 750])),
  ...daily(
    "2027-01-04",
    "Pinecone",
    "Vector Database",
    weeks(...times(4, [[1_250, 1_200]] as const), [1_400, 1_250], [1_300, 1_250], [1_650, 1_625]),
  ),
];

const autumn = { start: "2026-10-05", end: "2026-11-23" };

/** One credit a day. */
const credits = (start: Day, end: Day, cents: number) =>
  eachDay({ start, end }).map((day) => charge(day, "AWS", "", -cents, { ChargeCategory: "Credit", ChargeFrequency: "One-Time" }));

/** A charge that begins on `start` and reaches to `end` (exclusive). */
const long = (start: Day, end: Day, provider: string, service: string, cents: number, other: Row): Row => ({
  ...charge(start, provider, service, cents, other),
  ChargePeriodEnd: `${end}T00:00:00Z`,
});

const monthlyFees = [
  ...usual(autumn),
  long("2026-10-01", "2026-11-01", "Cursor", "Seats", 32_000, { ChargeFrequency: "Recurring" }),
  long("2026-11-01", "2026-12-01", "Cursor", "Seats", 40_000, { ChargeFrequency: "Recurring" }),
  charge("2026-10-01", "Pinecone", "Support plan", 25_000, { ChargeFrequency: "Recurring" }),
  charge("2026-11-01", "Pinecone", "Support plan", 25_000, { ChargeFrequency: "Recurring" }),
  charge("2026-11-18", "Anthropic", "Fine-tuning onboarding", 90_000, { ChargeFrequency: "One-Time" }),
  long("2026-07-01", "2027-07-01", "Langfuse", "Annual licence", 365_000, {
    ChargeCategory: "Purchase",
    ChargeFrequency: "One-Time",
    BillingPeriodStart: "2026-07-01T00:00:00Z",
  }),
  long("2026-11-01", "2027-11-01", "AWS", "Savings plan", 876_000, {
    ChargeCategory: "Purchase",
    ChargeFrequency: "One-Time",
    EffectiveCost: "0",
  }),
  charge("2026-11-20", "AWS", "", 12_345, { ChargeCategory: "Tax", ChargeFrequency: "Usage-Based" }),
];

const corrections = [
  ...usual(autumn),
  charge("2026-10-14", "OpenAI", "Inference", -15_000, { ChargeClass: "Correction", BillingPeriodStart: "2026-11-01T00:00:00Z" }),
  charge("2026-10-15", "AWS", "Amazon EC2", 4_000, { ChargeClass: "Correction", BillingPeriodStart: "2026-11-01T00:00:00Z" }),
  charge("2026-11-17", "AWS", "Amazon EC2", -2_000, { ChargeClass: "Correction" }),
  charge("2026-11-18", "Anthropic", "Claude API", -12_000),
];

/** The second delivery: a day of Anthropic costs more, one of AWS less, and the 12th is gone. */
const restated = usual(autumn)
  .filter((row) => !row["ChargePeriodStart"]?.startsWith("2026-11-12"))
  .map((row) => {
    const cost = { "2026-11-10Anthropic": amount(26_500), "2026-11-13AWS": amount(4_000) }[
      `${row["ChargePeriodStart"]?.slice(0, 10)}${row["ServiceProviderName"]}`
    ];
    return cost === undefined ? row : { ...row, BilledCost: cost, EffectiveCost: cost };
  });

const stopped = usual(autumn).filter(
  (row) => row["ServiceProviderName"] !== "Anthropic" || (row["ChargePeriodStart"] ?? "") < "2026-11-19",
);
const perProvider = (rows: readonly Row[], anthropic: boolean) =>
  rows.filter((row) => (row["ServiceProviderName"] === "Anthropic") === anthropic);
const lastSunday = addDays(autumn.end, -7);
/** What a vendor that nothing is bought of from the 18th on bills: use, and seats through the end of the month. */
const ended = [
  ...perProvider(usual({ start: autumn.start, end: "2026-11-18" }), true),
  long("2026-11-01", "2026-12-01", "Anthropic", "Claude seats", 30_000, { ChargeFrequency: "Recurring" }),
];
const broken = focusCsv(
  perProvider(usual(autumn), true).map((row) =>
    row["ChargePeriodStart"]?.startsWith("2026-11-17") ? { ...row, BilledCost: "$1,500.00" } : row,
  ),
);

/** What money can do: the worked example, plans missed on both sides, credits, fees, late and lost data, another currency. */
export const money = {
  "worked-example": { "costs/all.csv": focusCsv(workedExample) },
  escalate: {
    "costs/all.csv": focusCsv(usual(autumn, { scale: (day, provider) => (provider === "Anthropic" && day >= "2026-11-12" ? 2400 : 1000) })),
  },
  "below-plan": { "costs/all.csv": focusCsv(usual(autumn)) },
  "credits-only": { "costs/all.csv": focusCsv(credits("2026-11-01", "2026-11-23", 10_000)) },
  "covered-by-credits": {
    "costs/all.csv": focusCsv([
      ...daily("2026-10-26", "AWS", "Amazon Bedrock", weeks([10_000, 10_000], [10_000, 10_000], [10_000, 10_000], [14_000, 14_000])),
      ...credits("2026-10-26", "2026-11-16", 10_000),
      ...credits("2026-11-16", "2026-11-23", 14_000),
    ]),
  },
  "monthly-fees": { "costs/all.csv": focusCsv(monthlyFees) },
  corrections: { "costs/all.csv": focusCsv(corrections) },
  euro: { "costs/all.csv": focusCsv(usual(autumn, { other: { BillingCurrency: "EUR" } })) },
  restated: {
    "first/all.csv": focusCsv(usual({ start: autumn.start, end: lastSunday })),
    "second/all.csv": focusCsv(restated),
  },
  "stale-export": { "costs/all.csv": focusCsv(usual(autumn)) },
  "ended-source": { "costs/models.csv": focusCsv(perProvider(usual(autumn), false)), "costs/anthropic.csv": focusCsv(ended) },
  "silent-provider": { "costs/all.csv": focusCsv(stopped) },
  "late-source": {
    "first/models.csv": focusCsv(perProvider(usual({ start: autumn.start, end: lastSunday }), false)),
    "first/anthropic.csv": focusCsv(perProvider(usual({ start: autumn.start, end: lastSunday }), true)),
    "second/models.csv": focusCsv(perProvider(usual(autumn), false)),
    "second/anthropic.csv": broken,
  },
};
