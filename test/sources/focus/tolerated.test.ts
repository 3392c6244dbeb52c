import { describe, expect, test } from "vitest";
import { focusCsv, readFiles, type Row } from "./support.ts";

const read = (rows: readonly Row[], without: readonly string[] = []) => readFiles({ "a.csv": focusCsv(rows, { without }) });

describe("columns that may be missing, with one warning each", () => {
  test("ChargePeriodEnd: each row is one day", async () => {
    const { charges, warnings } = await read([{}, {}], ["ChargePeriodEnd"]);
    expect(charges.map((charge) => charge.day)).toEqual(["2026-10-05"]);
    expect(warnings).toEqual(["No column ChargePeriodEnd in a.csv: each row is taken as a charge of one day."]);
  });

  test("BillingPeriodStart: the month of the day", async () => {
    const { charges, warnings, ranges } = await read([{}], ["BillingPeriodStart"]);
    expect(charges[0]?.billingPeriod).toBe("2026-10-01");
    expect(ranges).toEqual([{ start: "2026-10-05", end: "2026-10-06" }]);
    expect(warnings).toEqual(["No column BillingPeriodStart in a.csv: the month of the charge's day is taken as its billing period."]);
  });

  test("BillingPeriodStart empty in some rows", async () => {
    const { charges, warnings } = await read([{ BillingPeriodStart: "" }, {}]);
    expect(charges).toHaveLength(1);
    expect(warnings).toEqual(["BillingPeriodStart is empty in 1 rows: the month of the charge's day is taken as their billing period."]);
  });

  test("EffectiveCost: BilledCost, on purchases too", async () => {
    const { charges, warnings } = await read([{ BilledCost: "7" }, { BilledCost: "5", ChargeCategory: "Purchase" }], ["EffectiveCost"]);
    expect(charges.map((charge) => charge.effective)).toEqual([5_000_000n, 7_000_000n]);
    expect(warnings).toEqual(["No column EffectiveCost in a.csv: BilledCost is used in its place."]);
  });

  test("BilledCost: EffectiveCost", async () => {
    const { charges, warnings } = await read([{ EffectiveCost: "7.5" }], ["BilledCost"]);
    expect(charges.map((charge) => charge.billed)).toEqual([7_500_000n]);
    expect(warnings).toEqual(["No column BilledCost in a.csv: EffectiveCost is used in its place."]);
  });

  test("nothing is said where only other columns are missing, or columns are unknown", async () => {
    expect((await read([{ x_Anything: "1", AvailabilityZone: "z" }])).warnings).toEqual([]);
  });

  test("files with different headers are read together, each for itself", async () => {
    const { charges, warnings } = await readFiles({
      "a.csv": focusCsv([{ x_Model: "m" }]),
      "b.csv": focusCsv([{}], { without: ["ChargePeriodEnd"] }),
      "c.csv": focusCsv([{ Tags: "" }]),
      "d.csv": focusCsv([{ EffectiveCost: "0.00000000000001" }]),
    });
    expect(charges.map(({ model, effective }) => [model, effective])).toEqual([
      ["", 2_000_000n],
      ["m", 1_000_000n],
    ]);
    expect(warnings).toEqual(["No column ChargePeriodEnd in b.csv: each row is taken as a charge of one day."]);
  });
});

describe("forms of a file", () => {
  const csv = focusCsv([{ ServiceName: 'a "quoted", name' }, {}]);
  const snake = (text: string) => text.replace(/^.*/, (header) => header.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase());

  test.each([
    ["byte order mark", `\uFEFF${csv}`],
    ["byte order mark before a quoted name", `\uFEFF${csv.replace(/^BilledCost/, '"BilledCost"')}`],
    ["CRLF", csv.replaceAll("\n", "\r\n")],
    ["no line break at the end", csv.trimEnd()],
    ["empty lines", csv.replaceAll("\n", "\n\n")],
    ["names in upper case", csv.replace(/^.*/, (header) => header.toUpperCase())],
    ["names in snake case", snake(csv)],
  ])("%s", async (_, text) => {
    const { charges, warnings } = await readFiles({ "a.csv": text });
    expect(charges.map((charge) => charge.service)).toEqual(["Inference", 'a "quoted", name']);
    expect(warnings).toEqual([]);
  });

  test("an unknown ChargeFrequency is said and taken as not stated", async () => {
    const { charges, warnings } = await read([{ ChargeFrequency: "Sometimes" }, { ChargeFrequency: "" }, { ChargeFrequency: "one-time" }]);
    expect(charges.map((charge) => charge.frequency)).toEqual([null, "One-Time"]);
    expect(warnings).toEqual(['ChargeFrequency "Sometimes" is none of FOCUS: taken as not stated.']);
  });
});

describe("the cost column that cannot be trusted", () => {
  const usage = (provider: string, billed: string, effective: string): Row => ({
    ServiceProviderName: provider,
    BilledCost: billed,
    EffectiveCost: effective,
  });
  const purchase = (provider: string, billed: string, effective: string): Row => ({
    ...usage(provider, billed, effective),
    ChargeCategory: "Purchase",
  });
  const effectiveOf = async (rows: readonly Row[]) => {
    const { charges, warnings } = await read(rows);
    return { micros: charges.map((charge) => charge.effective), warnings };
  };

  test("0 on all usage: BilledCost for this provider only, its purchase stays at 0", async () => {
    const { micros, warnings } = await effectiveOf([
      usage("Oracle", "0.5", "0"),
      usage("Oracle", "0.25", "0"),
      purchase("Oracle", "100", "0"),
      usage("X", "3", "2.5"),
    ]);
    expect(micros).toEqual([0n, 750_000n, 2_500_000n]);
    expect(warnings).toEqual([
      "EffectiveCost of Oracle is 0 on all usage while BilledCost is not: BilledCost is used for this provider (purchases keep their EffectiveCost).",
    ]);
  });

  test.each([
    ["0", "0.5", "Oracle is 0 on all usage"],
    ["3", "3.5", "Oracle is rounded to whole units"],
  ])("%s on usage: what is no usage says nothing for it", async (effective, billed, words) => {
    const tax = { ...usage("Oracle", "0.1", "0.1"), ChargeCategory: "Tax" };
    const { micros, warnings } = await effectiveOf([usage("Oracle", billed, effective), tax]);
    expect(micros.toSorted()).toEqual([100_000n, BigInt(Number(billed) * 1e6)]);
    expect(warnings).toEqual([expect.stringContaining(words)]);
  });

  test("whole numbers only: BilledCost", async () => {
    const { micros, warnings } = await effectiveOf([usage("AWS", "18.0066", "13"), usage("AWS", "2.4", "2")]);
    expect(micros).toEqual([20_406_600n]);
    expect(warnings).toEqual([
      expect.stringMatching(/^EffectiveCost of AWS is rounded to whole units while BilledCost is not: BilledCost is used/),
    ]);
  });

  test.each([
    ["parts that happen to add up to a whole number", [usage("P", "0.55", "0.5"), usage("P", "0.55", "0.5")], [1_000_000n]],
    [
      "use covered by a commitment: billed 0, effective above",
      [usage("P", "0", "13"), usage("P", "1.5", "2"), purchase("P", "8760", "0")],
      [0n, 15_000_000n],
    ],
    ["a commitment purchase alone", [purchase("P", "8760", "0")], [0n]],
    ["both whole", [usage("P", "3", "2")], [2_000_000n]],
    [
      "a credit that takes all of it back",
      [usage("P", "5", "5"), { ...usage("P", "-5", "-5"), ChargeCategory: "Credit" }],
      [-5_000_000n, 5_000_000n],
    ],
    ["single rows with 0", [usage("P", "5.5", "0"), usage("P", "0", "1.25")], [1_250_000n]],
  ])("kept: %s", async (_, rows, micros) => {
    expect(await effectiveOf(rows)).toEqual({ micros, warnings: [] });
  });
});
