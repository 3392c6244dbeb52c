import { describe, expect, test } from "vitest";
import { awsTypes, parquetOf } from "./parquet.ts";
import { focusCsv, readFiles, refusalOf, type Row } from "./support.ts";

const path = "**/*.{csv,parquet}";
const day = (number: number, more: Row = {}): Row => ({
  ChargePeriodStart: `2026-10-${String(number).padStart(2, "0")}T00:00:00Z`,
  ChargePeriodEnd: `2026-10-${String(number + 1).padStart(2, "0")}T00:00:00Z`,
  BilledCost: `${number}.5`,
  EffectiveCost: `${number}.5`,
  ResourceId: "r",
  ...more,
});
const days = (from: number, to: number, more: Row = {}) => Array.from({ length: to - from + 1 }, (_, index) => day(from + index, more));
const effective = async (files: Readonly<Record<string, string | Uint8Array>>) => {
  const { charges, warnings } = await readFiles(files, { path });
  return { total: charges.reduce((sum, charge) => sum + charge.effective, 0n), warnings };
};

describe("a delivery is never counted twice", () => {
  test("the same file twice, byte for byte, is counted once, and said", async () => {
    const csv = focusCsv(days(1, 3));
    expect(await effective({ "a.csv": csv, "copy of a.csv": csv })).toEqual({
      total: 7_500_000n,
      warnings: ["copy of a.csv is byte for byte a.csv: it is counted once."],
    });
  });

  test("two month-to-date exports of one billing period are refused", async () => {
    const problem = await refusalOf(readFiles({ "run1.csv": focusCsv(days(1, 9)), "run2.csv": focusCsv(days(1, 19)) }));
    expect(problem.message).toBe(
      "run2.csv and run1.csv hold the same 9 rows of OpenAI, 2026-10-01 to 2026-10-09: one billing period seems to be delivered twice.",
    );
    expect(problem.remedy).toMatch(/^Keep the newer of them in path, or name the folder of the export/);
    expect(problem.place).toEqual({ file: "run2.csv" });
  });

  test("the last day of the older one was incomplete: the others give it away", async () => {
    const older = [...days(1, 4), day(5, { BilledCost: "0.1", EffectiveCost: "0.1" })];
    const problem = await refusalOf(readFiles({ "run1.csv": focusCsv(older), "run2.csv": focusCsv(days(1, 9)) }));
    expect(problem.message).toMatch(/hold the same 4 rows of OpenAI, 2026-10-01 to 2026-10-04/);
  });

  test("one month as CSV and as Parquet is refused", async () => {
    const csv = focusCsv(days(1, 9, { SubAccountId: "007" }));
    const problem = await refusalOf(readFiles({ "a.csv": csv, "a.parquet": await parquetOf(awsTypes, csv) }, { path }));
    expect(problem.message).toMatch(/^a\.parquet and a\.csv hold the same 9 rows of OpenAI/);
  });

  test("exports with other columns and another order of rows are refused as well", async () => {
    const newer = days(1, 9)
      .toReversed()
      .map((row) => ({ ...row, x_Run: "2" }));
    const problem = await refusalOf(readFiles({ "a.csv": focusCsv(days(1, 9)), "b.csv": focusCsv(newer) }));
    expect(problem.message).toMatch(/^b\.csv and a\.csv hold the same 9 rows/);
  });
});

test("two rows are enough to tell, on one day or on two", async () => {
  for (const twice of [days(8, 9), [day(9), day(9)]]) {
    const files = { "a.csv": focusCsv([...days(1, 3), ...twice]), "b.csv": focusCsv([...twice, ...days(10, 12)]) };
    expect((await refusalOf(readFiles(files))).message).toContain("hold the same 2 rows");
  }
});

describe("rows that only look alike are all counted", () => {
  test("within one file", async () => {
    expect((await effective({ "a.csv": focusCsv([day(1), day(1), day(1)]) })).total).toBe(4_500_000n);
  });

  test("of different resources, each in a file of its own", async () => {
    const files = { "a.csv": focusCsv(days(1, 9, { ResourceId: "a" })), "b.csv": focusCsv(days(1, 9, { ResourceId: "b" })) };
    expect((await effective(files)).total).toBe(99_000_000n);
  });

  test("of different hours of a day", async () => {
    const half = (hour: string) => [0, 1].map(() => day(1, { ChargePeriodStart: `2026-10-01T${hour}:00:00Z` }));
    expect((await effective({ "a.csv": focusCsv(half("00")), "b.csv": focusCsv(half("12")) })).total).toBe(6_000_000n);
  });

  test("a single row at the border of two files", async () => {
    const files = { "a.csv": focusCsv([...days(1, 3), day(9)]), "b.csv": focusCsv([day(9), ...days(10, 12)]) };
    expect((await effective(files)).total).toBe(61_000_000n);
  });
});
