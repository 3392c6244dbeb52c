import { readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import type { Charge } from "../../../src/core/ledger/charge.ts";
import { focusCsv, readFiles, readFolder } from "./support.ts";

const fixtures = join(import.meta.dirname, "../../fixtures/focus");
const rowsOf = (name: string) =>
  Papa.parse<Record<string, string>>(readFileSync(join(fixtures, name), "utf8").trim(), { header: true }).data;

/** Picounits (10^-12) of a plain decimal, by text alone: nothing of the reader is used. */
function pico(text: string): bigint {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d*)\.?(\d*)$/.exec(text) ?? [];
  return BigInt(`${sign}${whole}${fraction.slice(0, 12).padEnd(12, "0")}`);
}

const micros = (amount: bigint) => (amount >= 0n ? (amount + 500_000n) / 1_000_000n : -((-amount + 500_000n) / 1_000_000n));

function byDay(entries: readonly (readonly [string, bigint])[]): Record<string, bigint> {
  const totals: Record<string, bigint> = {};
  for (const [day, amount] of entries) totals[day] = (totals[day] ?? 0n) + amount;
  return Object.fromEntries(Object.entries(totals).toSorted());
}

const expectedDays = (name: string, column: string) =>
  Object.fromEntries(
    Object.entries(byDay(rowsOf(name).map((row) => [row["ChargePeriodStart"]?.slice(0, 10) ?? "", pico(row[column] ?? "")]))).map(
      ([day, total]) => [day, micros(total)],
    ),
  );
const deliveredDays = (charges: readonly Charge[], field: "billed" | "effective") =>
  byDay(charges.map((charge) => [charge.day, charge[field]]));
const total = (charges: readonly Charge[], of: (charge: Charge) => number | null) =>
  charges.reduce((sum, charge) => sum + (of(charge) ?? 0), 0);

describe("public files: every day adds up to the rows, added by other means", () => {
  test.each(["servegen-14d-12clients.focus.csv", "burstgpt-ai-2023-11-08_2023-12-12.focus.csv", "mybinder-gcp-2017-12_2018-08.focus.csv"])(
    "%s",
    async (name) => {
      const { charges, warnings } = await readFolder(fixtures, { path: name, tagKeys: ["client"] });
      expect(deliveredDays(charges, "billed")).toEqual(expectedDays(name, "BilledCost"));
      expect(deliveredDays(charges, "effective")).toEqual(expectedDays(name, "EffectiveCost"));
      const rows = rowsOf(name);
      expect(total(charges, (charge) => charge.requests)).toBe(rows.reduce((sum, row) => sum + Number(row["x_RequestCount"]), 0));
      const tokens = (kind: string) =>
        rows.filter((row) => row["x_TokenType"] === kind).reduce((sum, row) => sum + Number(row["ConsumedQuantity"]), 0);
      expect(total(charges, (charge) => charge.inputTokens)).toBe(tokens("input"));
      expect(total(charges, (charge) => charge.outputTokens)).toBe(tokens("output"));
      expect(warnings).toEqual([]);
    },
  );

  test("the FOCUS 1.0 sample: BilledCost stands in for the rounded EffectiveCost of AWS, and only there", async () => {
    const name = "focus-1.0-real-sample-300.csv";
    const { charges, warnings, ranges, settledThrough } = await readFolder(fixtures, { path: name });
    expect(deliveredDays(charges, "billed")).toEqual(expectedDays(name, "BilledCost"));
    const microsoft = rowsOf(name).filter((row) => row["ProviderName"] === "Microsoft");
    const effective = charges.filter((charge) => charge.provider === "Microsoft").map((charge) => charge.effective);
    const exact = micros(microsoft.reduce((sum, row) => sum + pico(row["EffectiveCost"] ?? ""), 0n));
    const off = effective.reduce((sum, amount) => sum + amount, 0n) - exact;
    expect(off >= -30n && off <= 30n).toBe(true);
    expect(
      deliveredDays(
        charges.filter((charge) => charge.provider === "AWS"),
        "effective",
      ),
    ).toEqual(
      deliveredDays(
        charges.filter((charge) => charge.provider === "AWS"),
        "billed",
      ),
    );
    expect(warnings).toEqual([expect.stringMatching(/^EffectiveCost of AWS is rounded to whole units/)]);
    expect(ranges).toEqual([{ start: "2024-09-01", end: "2024-10-01" }]);
    expect(settledThrough).toBe("2024-09-30");
    expect(new Set(charges.map((charge) => charge.account)).has("51738928782")).toBe(true);
  });
});

describe("examples of the specification", () => {
  test("prompt caching: four kinds of tokens of one model", async () => {
    const { charges } = await readFolder(fixtures, { path: "spec-ai_prompt_caching_a.csv" });
    expect(new Set(charges.map((charge) => charge.model))).toEqual(new Set(["solora-reasoning-pro"]));
    expect([
      total(charges, (c) => c.inputTokens),
      total(charges, (c) => c.cacheWriteTokens),
      total(charges, (c) => c.cacheReadTokens),
      total(charges, (c) => c.outputTokens),
    ]).toEqual([500_000, 2_000_000, 8_000_000, 1_500_000]);
    expect(charges).toHaveLength(31);
    expect(charges.reduce((sum, charge) => sum + charge.effective, 0n)).toBe(33_900_000n);
  });

  test("prepayment: the purchase is billed over its year and costs nothing, the use costs 50", async () => {
    const { charges } = await readFolder(fixtures, { path: "spec-drawdown_via_prepayment_foundation_model_api.csv" });
    const purchase = charges.filter((charge) => charge.category === "Purchase");
    expect(purchase).toHaveLength(365);
    expect(purchase.reduce((sum, charge) => sum + charge.billed, 0n)).toBe(500_000_000_000n);
    expect(charges.reduce((sum, charge) => sum + charge.effective, 0n)).toBe(50_000_000n);
  });
});

describe("what counts", () => {
  test("rows that look equal are all counted", async () => {
    const { charges } = await readFiles({ "a.csv": focusCsv([{}, {}, {}]), "b.csv": focusCsv([{}]) });
    expect(charges.map((charge) => charge.effective)).toEqual([4_000_000n]);
  });

  test("a file named by two patterns is counted once", async () => {
    const { charges } = await readFiles({ "a.csv": focusCsv([{}]) }, { path: ["*.csv", "a.csv", "./a.csv"] });
    expect(charges.map((charge) => charge.effective)).toEqual([1_000_000n]);
  });

  test("every category and sign counts, corrections are marked", async () => {
    const rows = [
      { ChargeCategory: "Tax" },
      { ChargeCategory: "credit", BilledCost: "-3", EffectiveCost: "-3" },
      { ChargeCategory: "USAGE", ChargeClass: "Correction" },
      {},
    ];
    const { charges } = await readFiles({ "a.csv": focusCsv(rows.map((row) => ({ ChargeClass: "", ...row }))) });
    expect(charges.map(({ category, correction, effective }) => [category, correction, effective])).toEqual([
      ["Credit", false, -3_000_000n],
      ["Tax", false, 1_000_000n],
      ["Usage", false, 1_000_000n],
      ["Usage", true, 1_000_000n],
    ]);
  });

  test("the columns of the ledger are filled", async () => {
    const csv = focusCsv([
      {
        ChargeFrequency: "Usage-based",
        x_Model: "gpt-5",
        SubAccountId: "007",
        x_Project: "p",
        x_ApiKey: "k",
        x_Estimated: "True",
        ProviderName: "Azure",
        ServiceProviderName: "",
      },
    ]);
    expect((await readFiles({ "a.csv": csv })).charges).toEqual([
      {
        day: "2026-10-05",
        billingPeriod: "2026-10-01",
        provider: "Azure",
        service: "Inference",
        category: "Usage",
        correction: false,
        frequency: "Usage-Based",
        currency: "USD",
        model: "gpt-5",
        account: "007",
        project: "p",
        apiKey: "k",
        tags: "",
        source: "costs",
        estimated: true,
        billed: 1_000_000n,
        effective: 1_000_000n,
        requests: null,
        inputTokens: null,
        cacheReadTokens: null,
        cacheWriteTokens: null,
        outputTokens: null,
      },
    ]);
  });
});
