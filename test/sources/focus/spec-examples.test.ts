import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import type { Charge } from "../../../src/core/ledger/charge.ts";
import { readFiles, readFolder, refusalOf } from "./support.ts";

/**
 * All example data sets of the specification. Most of them break its own rules (US dates, amounts with currency signs, hours beyond 24, mandatory
 * columns left out); those are refused as they stand, and read once they are mended. Totals are added here, from the text, in whole numbers.
 */

const fixtures = join(import.meta.dirname, "../../fixtures/focus");
const names = readdirSync(fixtures).filter((name) => name.startsWith("spec-"));
const textOf = (name: string) => readFileSync(join(fixtures, name), "utf8").replace(/^\uFEFF/, "");
type Row = Readonly<Record<string, string>>;
const parse = (text: string) => Papa.parse<Row>(text, { header: true, skipEmptyLines: true });

/** What is wrong with each file first; null for those that are read as they stand. */
const faults: Readonly<Record<string, RegExp | null>> = {
  ai_prompt_caching_a: null,
  drawdown_via_prepayment_foundation_model_api: null,
  commitment_discount_: /lacks the column BillingCurrency\.$/,
  one_hundred_percent_utilization_: /lacks the column BillingCurrency\.$/,
  zero_percent_utilization_: /lacks the column BillingCurrency\.$/,
  correction_closed_period_: /lacks the column BillingCurrency\.$/,
  saas_spend_agreements_: /^ChargePeriodStart is "4\/1\/25" \(ambiguous/,
  simple_saas_agreements_: /^ChargePeriodStart is "4\/1\/25" \(ambiguous/,
  virtual_currency_pricing_model_: /^ChargePeriodStart is "4\/1\/25" \(ambiguous/,
};
const faultOf = (name: string) => Object.entries(faults).find(([start]) => name.startsWith(`spec-${start}`))?.[1];

const isoDay = (text: string) =>
  text.replace(
    /^(\d{1,2})\/(\d{1,2})\/(\d{2})$/,
    (_, month: string, day: string, year: string) => `20${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`,
  );

/** The value of a cell as its author meant it. */
function mendedCell(column: string, text: string): string {
  if (column.endsWith("Cost")) return text.replaceAll(/[$, ]/g, "");
  return /Period(Start|End)$/.test(column) ? isoDay(text).replace("T30:", "T20:") : text;
}

function mended(text: string): readonly Row[] {
  const { data } = parse(text);
  const added = { BillingCurrency: "USD", ServiceName: "Example", ServiceProviderName: "Example" };
  return data.map((row) => ({
    ...added,
    ...Object.fromEntries(Object.entries(row).map(([column, cell]) => [column, mendedCell(column, cell)])),
  }));
}

/** Micro-units of a plain decimal, by text alone. */
function micros(text: string): bigint {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d+)\.?(\d{0,6})$/.exec(text) ?? [];
  return BigInt(`${sign}${whole}${fraction.padEnd(6, "0")}`);
}

function byCategory(entries: readonly (readonly [string, bigint])[]): Record<string, bigint> {
  const totals: Record<string, bigint> = {};
  for (const [category, amount] of entries) totals[category] = (totals[category] ?? 0n) + amount;
  return totals;
}

const ofRows = (rows: readonly Row[], column: string) =>
  byCategory(rows.map((row) => [row["ChargeCategory"] ?? "", micros(row[column] ?? "")]));
const ofCharges = (charges: readonly Charge[], field: "billed" | "effective") =>
  byCategory(charges.map((charge) => [charge.category, charge[field]]));

test("all thirty are here", () => {
  expect(names).toHaveLength(30);
  expect(names.filter((name) => faultOf(name) === undefined)).toEqual([]);
});

describe.each(names)("%s", (name) => {
  const fault = faultOf(name);

  if (fault) {
    test("is refused as it stands", async () => {
      const problem = await refusalOf(readFolder(fixtures, { path: name }));
      expect(problem.message).toMatch(fault);
      expect(problem.place).toMatchObject({ file: name });
    });
  }

  test("adds up, category by category, on both bases", async () => {
    const rows = mended(textOf(name));
    const { charges } = await readFiles({ "a.csv": `${Papa.unparse([...rows], { newline: "\n" })}\n` });
    expect(ofCharges(charges, "billed")).toEqual(ofRows(rows, "BilledCost"));
    expect(ofCharges(charges, "effective")).toEqual(ofRows(rows, "EffectiveCost"));
  });
});

describe("what the examples are about", () => {
  const read = async (name: string) =>
    (await readFiles({ "a.csv": `${Papa.unparse([...mended(textOf(`spec-${name}.csv`))], { newline: "\n" })}\n` })).charges;

  test.each(["correction_closed_period_scenario_1_delta", "correction_closed_period_scenario_1_ledger"])(
    "%s: June bills nothing more for 1 May",
    async (name) => {
      const charges = await read(name);
      expect(charges.map((charge) => [charge.day, charge.billingPeriod, charge.correction, charge.billed])).toEqual([
        ["2025-05-01", "2025-06-01", true, 0n],
      ]);
    },
  );

  test("saas_spend_agreements_b1: 1,200 paid and 1,200 used, not 2,457 by ContractedCost", async () => {
    const charges = await read("saas_spend_agreements_b1");
    expect(charges.reduce((sum, charge) => sum + charge.effective, 0n)).toBe(1_200_000_000n);
    expect(charges.reduce((sum, charge) => sum + charge.billed, 0n)).toBe(1_200_000_000n);
  });

  test("virtual_currency_pricing_model: tokens that are drawn down cost money once", async () => {
    expect((await read("virtual_currency_pricing_model_a2")).map((charge) => [charge.day, charge.billed, charge.effective])).toEqual([
      ["2025-04-01", 0n, 1_230_000_000n],
    ]);
    expect((await read("virtual_currency_pricing_model_a1")).reduce((sum, charge) => sum + charge.effective, 0n)).toBe(0n);
  });

  test("zero_percent_utilization: the unused hour costs 1.50 beside the 2.00 of another", async () => {
    const usage = (await read("zero_percent_utilization_without_commitment_discount_flexibility")).filter(
      (charge) => charge.category === "Usage",
    );
    expect(usage.map((charge) => charge.effective)).toEqual([3_500_000n]);
  });
});
