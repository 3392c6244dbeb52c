import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { focusCsv } from "../focus/support.ts";
import { costByDay, type Entry, folderWith, readEntry, refusalOf } from "../support.ts";

const columns = { day: "usage_date", cost: "amount_usd", currency: { constant: "USD" }, provider: "vendor" };
const entry: Entry = { type: "csv", path: "costs/*", columns };
const good = "usage_date,amount_usd,vendor\n2026-11-16,1,A\n";
const refused = (files: Record<string, string | Uint8Array>, more: Record<string, unknown> = {}) =>
  refusalOf(readEntry(folderWith(files), { ...entry, ...more }));

describe("files that cannot be read in full are refused", () => {
  test("columns that are not there, with the columns found and the nearest names", async () => {
    const problem = await refused({ "costs/a.csv": "Usage Date,amount,vendor\n2026-11-16,1,A\n" });
    expect(problem.message).toBe(
      "costs/a.csv lacks the columns usage_date (nearest: Usage Date, amount); amount_usd (nearest: amount, vendor). Its columns are Usage Date, amount, vendor.",
    );
    expect(problem.remedy).toMatch(/^Correct columns of this source/);
    expect(problem.place).toEqual({ file: "costs/a.csv", line: 1 });
  });

  test("a header in another encoding than UTF-8", async () => {
    const latin = Buffer.from("usage_date,amount_usd,vendor,w\u00e4hrung\n2026-11-16,1,A,EUR\n", "latin1");
    const { remedy } = await refused({ "costs/a.csv": latin }, { columns: { ...columns, currency: "w\u00e4hrung" } });
    expect(remedy).toMatch(/^The header is not in UTF-8: save the file as CSV in UTF-8\. Correct columns of this source/);
  });

  test("another delimiter", async () => {
    expect((await refused({ "costs/a.csv": good.replaceAll(",", ";") })).remedy).toMatch(/say delimiter for this source/);
    expect((await refused({ "costs/a.csv": `sep=,\n${good}` })).remedy).toMatch(
      /^The first line only tells Excel the separator: take it out\. C/,
    );
  });

  test("no column that differs from another in capitals alone, or has blanks around its name: the exact name counts", async () => {
    const text = "usage_date , Amount_USD, amount_usd,vendor\n2026-11-16,9,1,A\n";
    const { charges } = await readEntry(folderWith({ "costs/a.csv": text }), { ...entry, path: "costs/a.csv" });
    expect(costByDay(charges)).toEqual({ "2026-11-16": 1_000_000n });
  });

  test("a mapped column that is there twice", async () => {
    const problem = await refused({ "costs/a.csv": "usage_date,amount_usd,vendor,amount_usd\n2026-11-16,1,A,2\n" });
    expect(problem.message).toBe("costs/a.csv has the column amount_usd twice, as column 2 and 4.");
  });

  test.each([
    ["an empty file", "", /^costs\/b\.csv is empty; expected a header/, 1],
    ["too few values", `${good}2026-11-17,1\n`, /^The row has 2 values, but the header names 3 columns/, 3],
    ["a quote that is never closed", `${good}"2026-11-17,1,A\n`, /double quote/, 3],
  ])("%s", async (_, text, message, line) => {
    const problem = await refused({ "costs/a.csv": good, "costs/b.csv": text });
    expect(problem.message).toMatch(message);
    expect(problem.place).toEqual({ file: "costs/b.csv", line });
  });

  test.each(["csv", "focus"])("a pattern of a %s source finds endings in capitals, as some programs write them", async (type) => {
    const next = { ChargePeriodStart: "2026-11-17", ChargePeriodEnd: "2026-11-18" };
    const texts = type === "csv" ? [good, good.replace("2026-11-16", "2026-11-17")] : [focusCsv([{}]), focusCsv([next])];
    const root = folderWith({ "costs/a.csv": texts[0] ?? "", "costs/B.CSV": texts[1] ?? "" });
    const path = "costs/*.csv";
    const { charges } = await readEntry(root, type === "csv" ? { ...entry, path } : { type, path });
    expect(Object.keys(costByDay(charges))).toHaveLength(2);
  });

  // The engine would take the packed bytes for text, of a short file for its header line alone.
  test.each([
    [{ ...entry, path: "costs/*.csv.gz" }, "costs/B.CSV.GZ"],
    [{ type: "focus", path: "costs/*.csv.gz" }, "costs/B.CSV.GZ"],
    [{ type: "focus", path: "costs" }, "costs/B.CSV.GZ"],
    [{ type: "log", path: "costs/*", mapping: "litellm" }, "costs/B.jsonl.GZ"],
  ])("gzip with an ending in capitals is refused: %j", async (source, name) => {
    const problem = await refusalOf(readEntry(folderWith({ [name]: gzipSync(good) }), source));
    expect(problem.message).toBe(`${name} has its ending in capitals, by which gzip is not known`);
    expect(problem.remedy).toBe(`Rename it so that it ends in .gz: ${name.slice(0, -2)}gz.`);
  });

  test("nothing but headers, no file, another ending, no gzip", async () => {
    expect((await refused({ "costs/a.csv": "usage_date,amount_usd,vendor\n" })).message).toBe("costs/a.csv: no rows.");
    expect((await refused({})).message).toBe('No file matches "costs/*".');
    const folder = await refused({ "costs/a.csv": good }, { path: "costs" });
    expect(folder.message).toBe('"costs" is a folder; a csv source reads files.');
    expect(folder.remedy).toContain('"costs/*" names them all');
    expect((await refused({ "costs/a.xlsx": "PK" })).message).toMatch(/^costs\/a\.xlsx has another ending/);
    expect((await refused({ "costs/a.csv.gz": "no gzip" })).message).toMatch(/^costs\/a\.csv\.gz could not be read/);
  });

  test.each<[string, string | Uint8Array, RegExp]>([
    ["UTF-16", Buffer.from(`\uFEFF${good}`, "utf16le"), /does not begin with text in UTF-8/],
    ["an archive by another name", gzipSync(good), /does not begin with text in UTF-8/],
    ["an empty line before the header", `\n${good}`, /begins with an empty line; expected a header line/],
  ])("%s", async (_, bytes, message) => {
    for (const type of ["csv", "focus"]) {
      const problem = await refusalOf(
        readEntry(folderWith({ "a.csv": bytes }), type === "csv" ? { ...entry, path: "a.csv" } : { type, path: "a.csv" }),
      );
      expect(problem.message).toMatch(message);
      expect(problem.place).toEqual({ file: "a.csv", line: 1 });
    }
  });

  test.each(["csv", "focus"])("a path that %s may not look at is refused, so that other sources go on", async (type) => {
    const path = `costs/${"x".repeat(300)}.csv`;
    const problem = await refusalOf(readEntry(folderWith({ "costs/a.csv": good }), type === "csv" ? { ...entry, path } : { type, path }));
    expect(problem.message).toBe(`${path} cannot be looked at (ENAMETOOLONG).`);
  });

  test("text that is not UTF-8", async () => {
    const bytes = Buffer.from(good.replace("A", "Caf\u00e9"), "latin1");
    expect((await refused({ "costs/a.csv": bytes })).message).toMatch(/^costs\/a\.csv could not be read/);
  });

  test("names with brackets, quotes and a byte order mark are read", async () => {
    const root = folderWith({ "costs/it's [1].csv": `\uFEFF${good.replaceAll("\n", "\r\n")}` });
    expect((await readEntry(root, { ...entry, path: "costs/it's [1].csv" })).charges[0]?.effective).toBe(1_000_000n);
  });
});

test("the same file twice is counted once, said aloud", async () => {
  const other = good.replace("1,A", "2,B");
  const root = folderWith({ "costs/a.csv": good, "costs/a (1).csv": good, "costs/a (2).csv": good, "costs/b.csv": other });
  const { charges, warnings } = await readEntry(root, entry);
  expect(charges.map(({ effective }) => effective)).toEqual([1_000_000n, 2_000_000n]);
  expect(warnings).toEqual(["costs/a (2).csv, costs/a.csv are byte for byte costs/a (1).csv: they are counted once."]);
});

describe("rows that stand in two files", () => {
  const row = (day: number, cost: number, vendor = "A") => `2026-11-${day},${cost},${vendor}\n`;
  const head = "usage_date,amount_usd,vendor\n";
  const first = head + row(16, 1) + row(17, 2) + row(18, 3);
  const warningsOf = async (files: Record<string, string | Uint8Array>) => (await readEntry(folderWith(files), entry)).warnings;

  test("are all counted, and exports that overlap are pointed out", async () => {
    const root = folderWith({ "costs/a.csv": first, "costs/b.csv.gz": gzipSync(`${head}${row(18, 3)}${row(17, 2)}${row(19, 4)}`) });
    const { charges, warnings } = await readEntry(root, entry);
    expect(charges.map(({ effective }) => effective)).toEqual([1_000_000n, 4_000_000n, 6_000_000n, 4_000_000n]);
    expect(warnings).toEqual([
      "costs/b.csv.gz and costs/a.csv hold the same 2 rows, 2026-11-17 to 2026-11-18, and both are counted: if these are exports whose days overlap, keep each day in one of them.",
    ]);
  });

  test("nothing is said of a single row, of other amounts, and of a day that only one holds in full", async () => {
    expect(await warningsOf({ "costs/a.csv": first, "costs/b.csv": head + row(18, 3) })).toEqual([]);
    expect(await warningsOf({ "costs/a.csv": first, "costs/b.csv": head + row(16, 7) + row(17, 7) })).toEqual([]);
    const both = head + row(16, 1) + row(16, 2, "B") + row(17, 1) + row(17, 2, "B");
    expect(await warningsOf({ "costs/a.csv": both, "costs/b.csv": head + row(16, 1) + row(17, 1) })).toEqual([]);
  });
});
