import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { focusCsv, folderWith, readFiles, refusalOf, type Row } from "./support.ts";

/** Rules of which docs/sources/focus.md has the table, as far as no other file of this folder tests them. */

const read = (rows: readonly Row[]) => readFiles({ "a.csv": focusCsv(rows) });
const day = (number: number, more: Row = {}): Row => ({
  ChargePeriodStart: `2026-10-${String(number).padStart(2, "0")}`,
  ChargePeriodEnd: `2026-10-${String(number + 1).padStart(2, "0")}`,
  ...more,
});

describe("commitments", () => {
  const purchase = (effective: string, more: Row = {}): Row => ({
    ChargeCategory: "Purchase",
    CommitmentDiscountId: "SP-1",
    BilledCost: "100",
    EffectiveCost: effective,
    ...more,
  });
  const use = (status: string, billed = "0"): Row => ({
    CommitmentDiscountId: "sp-1",
    CommitmentDiscountStatus: status,
    BilledCost: billed,
    EffectiveCost: "2.5",
  });
  const sums = async (rows: readonly Row[]) => {
    const { charges, warnings } = await read(rows);
    const of = (field: "billed" | "effective") => charges.reduce((sum, charge) => sum + charge[field], 0n) / 10_000n;
    return { billed: of("billed"), effective: of("effective"), warnings };
  };

  test("what is left unused costs as much as what is used", async () => {
    expect(await sums([purchase("0"), use("Used"), use("Unused")])).toEqual({ billed: 10_000n, effective: 500n, warnings: [] });
  });

  test("a purchase that carries the cost of its use again counts with 0, and it is said", async () => {
    expect(await sums([purchase("100"), use("Used"), use("Unused")])).toEqual({
      billed: 10_000n,
      effective: 500n,
      warnings: [
        "EffectiveCost of 1 purchase rows of commitments (sp-1) is not 0 although the use they pay for carries it: these purchases are counted with an EffectiveCost of 0.",
      ],
    });
  });

  test("only purchases do: tax on a commitment is a cost of its own", async () => {
    const tax = { ChargeCategory: "Tax", CommitmentDiscountId: "SP-1", BilledCost: "5", EffectiveCost: "5" };
    expect(await sums([purchase("100"), use("Used"), tax])).toMatchObject({ billed: 10_500n, effective: 750n });
  });

  test.each([
    ["without use in the files", [purchase("100")], 10_000n],
    ["with use that is billed itself", [purchase("100"), use("Used", "2.5")], 10_250n],
    ["with use of another commitment", [purchase("100", { CommitmentDiscountId: "SP-2" }), use("Used")], 10_250n],
    ["of no commitment", [purchase("100", { CommitmentDiscountId: "" }), use("Used")], 10_250n],
  ])("a purchase %s keeps its EffectiveCost", async (_, rows, effective) => {
    expect(await sums(rows)).toMatchObject({ effective, warnings: [] });
  });
});

describe("what is no money", () => {
  test.each(["Credits", "Tokens", "DBU", "USDC", "US$"])("BillingCurrency %s is refused", async (BillingCurrency) => {
    const problem = await refusalOf(read([{}, { BillingCurrency }]));
    expect(problem.message).toBe(`BillingCurrency is "${BillingCurrency}", which is no currency of ISO 4217; expected a code such as USD.`);
    expect(problem.remedy).toMatch(/virtual units are not money/);
    expect(problem.place).toEqual({ file: "a.csv", line: 3 });
  });

  test("a price in tokens stands beside the money and is not added to it", async () => {
    const { charges } = await read([
      { EffectiveCost: "490", PricingCurrency: "Token", PricingCurrencyEffectiveCost: "245", PricingQuantity: "245", PricingUnit: "Token" },
    ]);
    expect(charges.map((charge) => charge.effective)).toEqual([490_000_000n]);
  });

  test("list and negotiated prices are not what was paid", async () => {
    const { charges } = await read([{ BilledCost: "0", EffectiveCost: "3", ListCost: "9", ContractedCost: "5" }]);
    expect(charges.map(({ billed, effective }) => [billed, effective])).toEqual([[0n, 3_000_000n]]);
  });

  test.each(["ListCost", "ContractedCost", "PricingCurrencyEffectiveCost"])(
    "not even %s where there is no EffectiveCost",
    async (column) => {
      const { charges } = await readFiles({ "a.csv": focusCsv([{ BilledCost: "2", [column]: "9" }], { without: ["EffectiveCost"] }) });
      expect(charges.map(({ billed, effective }) => [billed, effective])).toEqual([[2_000_000n, 2_000_000n]]);
    },
  );
});

describe("refunds, credits and corrections", () => {
  test("a refund is negative usage, a credit is none", async () => {
    const { charges } = await read([
      { BilledCost: "10", EffectiveCost: "10" },
      { BilledCost: "-4", EffectiveCost: "-4" },
      { BilledCost: "-1", EffectiveCost: "-1", ChargeCategory: "Credit" },
    ]);
    expect(charges.map(({ category, effective }) => [category, effective])).toEqual([
      ["Credit", -1_000_000n],
      ["Usage", 6_000_000n],
    ]);
  });

  test("a correction keeps its day and the period that bills it, apart from the usage of that day", async () => {
    const { charges, ranges } = await read([
      day(5),
      {
        ...day(6),
        ChargePeriodStart: "2026-09-01",
        ChargePeriodEnd: "2026-09-02",
        ChargeClass: "Correction",
        BilledCost: "-3",
        EffectiveCost: "-3",
      },
    ]);
    expect(charges.map((charge) => [charge.day, charge.billingPeriod, charge.correction, charge.effective])).toEqual([
      ["2026-09-01", "2026-10-01", true, -3_000_000n],
      ["2026-10-05", "2026-10-01", false, 1_000_000n],
    ]);
    // The closed month is not delivered anew by a correction of it.
    expect(ranges).toEqual([{ start: "2026-10-05", end: "2026-10-06" }]);
  });

  test("rows that split a shared resource are all counted, the parent's negative one too", async () => {
    const { charges } = await read([
      { EffectiveCost: "10", AllocatedResourceId: "" },
      { EffectiveCost: "-10", AllocatedResourceId: "" },
      { EffectiveCost: "6", AllocatedResourceId: "a" },
      { EffectiveCost: "4", AllocatedResourceId: "b" },
    ]);
    expect(charges.map((charge) => charge.effective)).toEqual([10_000_000n]);
  });
});

describe("names", () => {
  test("the provider is the same whatever the version of the file calls its column", async () => {
    const older = focusCsv([{ ProviderName: "OpenAI", PublisherName: "x" }], { without: ["ServiceProviderName"] });
    const both = focusCsv([{ ServiceProviderName: "", ProviderName: "OpenAI" }]);
    const { charges } = await readFiles({ "a.csv": older, "b.csv": focusCsv([{}]), "c.csv": both });
    expect(charges.map(({ provider, effective }) => [provider, effective])).toEqual([["OpenAI", 3_000_000n]]);
  });

  test("the seller goes before the deprecated name of the provider", async () => {
    const { charges } = await read([{ ServiceProviderName: "Anthropic", ProviderName: "AWS" }]);
    expect(charges.map(({ provider }) => provider)).toEqual(["Anthropic"]);
  });

  test("neither service nor provider is needed for totals: warnings", async () => {
    const { charges, warnings } = await readFiles({ "a.csv": focusCsv([{}], { without: ["ServiceName", "ServiceProviderName"] }) });
    expect(charges.map(({ provider, service, effective }) => [provider, service, effective])).toEqual([["", "", 1_000_000n]]);
    expect(warnings).toEqual([
      "No column ServiceName in a.csv: charges have no service (mandatory in FOCUS).",
      "No column ServiceProviderName or ProviderName in a.csv: charges have no provider (mandatory in FOCUS).",
    ]);
  });

  test("FOCUS 1.0-preview: usage quantity and unit had other names", async () => {
    const row = { UsageQuantity: "30", UsageUnit: "Tokens", x_TokenType: "input" };
    expect((await read([row])).charges[0]?.inputTokens).toBe(30);
    expect((await read([{ ...row, ConsumedQuantity: "40", ConsumedUnit: "Tokens" }])).charges[0]?.inputTokens).toBe(40);
  });
});

describe("tokens without a price", () => {
  const tokens = { ConsumedQuantity: "1000", ConsumedUnit: "Tokens", x_TokenType: "input", x_Model: "m" };

  test("a model whose tokens cost nothing at all is pointed out", async () => {
    expect((await read([{ ...tokens, BilledCost: "0", EffectiveCost: "0" }, {}])).warnings).toEqual([
      "1000 tokens of m cost 0 on every row: either they are free, or no price was known when the file was made.",
    ]);
  });

  test("a model with a price on some rows is not", async () => {
    expect((await read([{ ...tokens, BilledCost: "0", EffectiveCost: "0" }, tokens])).warnings).toEqual([]);
  });
});

describe("the host's time zone", () => {
  const script = `
    const { focus } = await import(${JSON.stringify(join(import.meta.dirname, "../../../src/sources/focus/index.ts"))});
    const world = { env: {}, cwd: ".", now: () => new Date(0), write() {}, log() {}, isTerminal: false, fetch, second: 0 };
    const config = { type: "focus", path: "a.csv", name: "costs", formerly: [], settlingDays: 0 };
    const { charges } = await focus.read(config, { world, root: process.argv[1], asOf: "2100-01-01", tagKeys: [] });
    process.stdout.write(charges.map((charge) => charge.day + " " + charge.billingPeriod).join());`;

  test.each(["America/Los_Angeles", "Pacific/Auckland"])("days are days of UTC in %s", (TZ) => {
    const csv = focusCsv([{ ChargePeriodStart: "2026-10-01T00:00:00.000Z", ChargePeriodEnd: "2026-10-01T01:00:00+00:00" }]);
    const out = execFileSync(process.execPath, ["--input-type=module", "-e", script, folderWith({ "a.csv": csv })], {
      env: { ...process.env, TZ },
      encoding: "utf8",
    });
    expect(out).toBe("2026-10-01 2026-10-01");
  });
});
