import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { focusCsv, folderWith, readFiles, readFolder, refusalOf, type Row } from "./support.ts";

const good: Row = {};

describe("a value that would make totals wrong is refused with file, line, column, value and remedy", () => {
  const cases: readonly { name: string; bad: Row; message: RegExp; remedy: RegExp }[] = [
    {
      name: "currency sign",
      bad: { BilledCost: "$10,000.00 " },
      message: /^BilledCost is "\$10,000\.00 ", expected a plain decimal number such as 1234\.56/,
      remedy: /without currency signs/,
    },
    {
      name: "decimal comma",
      bad: { EffectiveCost: "1,5" },
      message: /^EffectiveCost is "1,5", expected a plain decimal/,
      remedy: /decimal point/,
    },
    {
      name: "an underscore, which the engine takes for a separator",
      bad: { BilledCost: "1_000", EffectiveCost: "1_000" },
      message: /^BilledCost is "1_000", expected a plain decimal/,
      remedy: /thousands separators/,
    },
    {
      name: "a dash, as spreadsheets write nothing",
      bad: { EffectiveCost: "- " },
      message: /^EffectiveCost is "- ", expected a plain/,
      remedy: /0 where there is no cost/,
    },
    {
      name: "an underscore among many decimals",
      bad: { EffectiveCost: "1_000.00000000001" },
      message: /^EffectiveCost is "1_000/,
      remedy: /./,
    },
    { name: "NaN", bad: { EffectiveCost: "NaN" }, message: /^EffectiveCost is "NaN"/, remedy: /plain|decimal/ },
    {
      name: "no cost",
      bad: { BilledCost: "" },
      message: /^BilledCost is empty, expected a plain decimal/,
      remedy: /0 where there is no cost/,
    },
    { name: "the word NULL", bad: { EffectiveCost: "NULL" }, message: /^EffectiveCost is empty/, remedy: /0 where there is no cost/ },
    {
      name: "an amount beyond all measure",
      bad: { BilledCost: "1000000000000000" },
      message: /^BilledCost is "1000000000000000", expected less than 15 digits/,
      remedy: /Correct it/,
    },
    {
      name: "US start",
      bad: { ChargePeriodStart: "4/1/25" },
      message: /^ChargePeriodStart is "4\/1\/25" \(ambiguous: month or day first\?\), expected an ISO time/,
      remedy: /YYYY-MM-DD/,
    },
    {
      name: "a short year before a long time",
      bad: { ChargePeriodStart: "4-1-25 10:00:00.0000", ChargePeriodEnd: "4-1-26 10:00:00.0000" },
      message: /^ChargePeriodStart is "4-1-25 10:00:00.0000" \(ambiguous/,
      remedy: /YYYY-MM-DD/,
    },
    {
      name: "a billing period with a short year",
      bad: { BillingPeriodStart: "4-1-25 00:00:00.0000" },
      message: /^BillingPeriodStart is "4-1-25 00:00:00.0000"/,
      remedy: /YYYY-MM-DD/,
    },
    {
      name: "a day with slashes",
      bad: { ChargePeriodStart: "2026/10/05" },
      message: /^ChargePeriodStart is "2026\/10\/05", expected an ISO time/,
      remedy: /YYYY-MM-DD/,
    },
    { name: "US end", bad: { ChargePeriodEnd: "4/2/25" }, message: /^ChargePeriodEnd is "4\/2\/25" \(ambiguous/, remedy: /YYYY-MM-DD/ },
    {
      name: "US billing period",
      bad: { BillingPeriodStart: "10/1/2026" },
      message: /^BillingPeriodStart is "10\/1\/2026" \(ambiguous/,
      remedy: /YYYY-MM-DD/,
    },
    {
      name: "a day that does not exist",
      bad: { ChargePeriodStart: "2026-02-30" },
      message: /^ChargePeriodStart is "2026-02-30", expected an ISO time/,
      remedy: /YYYY-MM-DD/,
    },
    {
      name: "an hour that does not exist",
      bad: { ChargePeriodStart: "2026-10-05T25:00:00Z" },
      message: /^ChargePeriodStart is "2026-10-05T25:00:00Z"/,
      remedy: /YYYY-MM-DD/,
    },
    { name: "no start", bad: { ChargePeriodStart: "" }, message: /^ChargePeriodStart is empty/, remedy: /YYYY-MM-DD/ },
    { name: "no end", bad: { ChargePeriodEnd: "" }, message: /^ChargePeriodEnd is empty/, remedy: /YYYY-MM-DD/ },
    {
      name: "end before start",
      bad: { ChargePeriodEnd: "2026-10-04T00:00:00Z" },
      message: /^ChargePeriodEnd "2026-10-04T00:00:00Z" is before ChargePeriodStart "2026-10-05T00:00:00Z"/,
      remedy: /Correct it/,
    },
    {
      name: "no end in sight",
      bad: { ChargePeriodEnd: "9999-12-31T00:00:00Z" },
      message: /^ChargePeriodEnd "9999-12-31T00:00:00Z" is more than ten years after/,
      remedy: /Correct it/,
    },
    {
      name: "unknown category",
      bad: { ChargeCategory: "Refund" },
      message: /^ChargeCategory is "Refund", expected one of Usage, Purchase, Tax, Credit, Adjustment/,
      remedy: /Correct it/,
    },
    { name: "no category", bad: { ChargeCategory: "" }, message: /^ChargeCategory is empty/, remedy: /Correct it/ },
    {
      name: "no currency",
      bad: { BillingCurrency: "" },
      message: /^BillingCurrency is empty, expected a code such as USD/,
      remedy: /Correct it/,
    },
    {
      name: "second currency",
      bad: { BillingCurrency: "EUR" },
      message: /^BillingCurrency is "EUR" at b\.csv:5, but "USD" at a\.csv:2; expected one currency/,
      remedy: /never added/,
    },
  ];
  test.each(cases)("$name", async ({ bad, message, remedy }) => {
    // The first row holds a line break: the line is that of the file, not the number of the row.
    const files = { "a.csv": focusCsv([good]), "b.csv": focusCsv([{ ServiceName: "two\nlines" }, good, bad, good]) };
    const problem = await refusalOf(readFiles(files));
    expect(problem.message).toMatch(message);
    expect(problem.remedy).toMatch(remedy);
    expect(problem.place).toEqual({ file: "b.csv", line: 5 });
  });

  test("lines are counted over CRLF, quoted line breaks and empty lines, in a gzip file too", async () => {
    const text = focusCsv([{ ServiceName: "two\r\nlines" }, good, { BilledCost: "free" }], { lineBreak: "\r\n" });
    const lines = text.split("\r\n");
    const gapped = [...lines.slice(0, 4), "", ...lines.slice(4)].join("\r\n");
    const problem = await refusalOf(readFiles({ "costs/c.csv.gz": gzipSync(gapped) }, { path: "costs/*.csv.gz" }));
    expect(problem.message).toMatch(/^BilledCost is "free"/);
    expect(problem.place).toEqual({ file: "costs/c.csv.gz", line: 6 });
  });

  test("the first fault in the order of files and lines is the one that is named", async () => {
    const problem = await refusalOf(
      readFiles({ "b.csv": focusCsv([{ BilledCost: "b" }]), "a.csv": focusCsv([good, { EffectiveCost: "a" }, { BilledCost: "c" }]) }),
    );
    expect(problem.message).toMatch(/^EffectiveCost is "a"/);
    expect(problem.place).toEqual({ file: "a.csv", line: 3 });
  });

  test("a long value is shortened", async () => {
    const problem = await refusalOf(readFiles({ "a.csv": focusCsv([{ BilledCost: "x".repeat(5000) }]) }));
    expect(problem.message.length).toBeLessThan(200);
  });
});

describe("rows that are no rows", () => {
  const lines = focusCsv([good, good]).trimEnd().split("\n");
  test.each([
    ["too few values", `${lines[2]?.split(",").slice(1).join(",")}`, /^The row has 8 values, but the header names 9 columns/],
    ["too many values", `${lines[2]},more`, /^The row has 10 values, but the header names 9 columns/],
  ])("%s", async (_, row, message) => {
    const problem = await refusalOf(readFiles({ "a.csv": [...lines, row, lines[1], ""].join("\n") }));
    expect(problem.message).toMatch(message);
    expect(problem.remedy).toMatch(/double quotes/);
    expect(problem.place).toEqual({ file: "a.csv", line: 4 });
  });

  test("a quote that is never closed", async () => {
    const problem = await refusalOf(readFiles({ "a.csv": `${lines.join("\n")}\n"1,1\n` }));
    expect(problem.message).toMatch(/double quote in this row is misplaced or never closed/);
    expect(problem.place).toEqual({ file: "a.csv", line: 4 });
  });
});

describe("files", () => {
  test("columns that are missing are all named, with their file", async () => {
    const without = ["ChargePeriodStart", "ChargeCategory", "BillingCurrency", "BilledCost", "EffectiveCost"];
    const problem = await refusalOf(readFiles({ "a.csv": focusCsv([good]), "b.csv": focusCsv([{ Tags: "" }], { without }) }));
    expect(problem.message).toBe(
      "b.csv lacks the columns ChargePeriodStart, ChargeCategory, BillingCurrency, BilledCost or EffectiveCost.",
    );
    expect(problem.remedy).toMatch(/^Export the data in FOCUS format with these columns/);
    expect(problem.place).toEqual({ file: "b.csv", line: 1 });
  });

  test("a file with other separators gets a hint", async () => {
    const problem = await refusalOf(readFiles({ "a.csv": focusCsv([good]).replaceAll(",", ";") }));
    expect(problem.remedy).toMatch(/holds no comma/);
  });

  test("a column that is there twice", async () => {
    const problem = await refusalOf(readFiles({ "a.csv": focusCsv([{ billed_cost: "2" }]) }));
    expect(problem.message).toBe("a.csv has the column BilledCost twice, as column 1 and 10.");
    expect(problem.place).toEqual({ file: "a.csv", line: 1 });
  });

  test("no file matches one of the patterns: the pattern is named", async () => {
    const root = folderWith({ "a.csv": focusCsv([good]) });
    const problem = await refusalOf(readFolder(root, { path: ["a.csv", "costs/*.csv"] }));
    expect(problem.message).toBe('No file matches "costs/*.csv".');
    expect(problem.remedy).toMatch(/path of this source/);
  });

  test("an empty file", async () => {
    const problem = await refusalOf(readFiles({ "a.csv": focusCsv([good]), "b.csv": "" }));
    expect(problem.message).toMatch(/^b\.csv is empty; expected a header line/);
    expect(problem.place).toEqual({ file: "b.csv", line: 1 });
  });

  test("nothing but headers", async () => {
    const problem = await refusalOf(readFiles({ "a.csv": focusCsv([]), "b.csv": focusCsv([], { without: ["ServiceName"] }) }));
    expect(problem.message).toBe("a.csv, b.csv: no rows, only a header.");
    expect(problem.remedy).toMatch(/Export the files again/);
    expect(problem.place).toEqual({ file: "a.csv" });
  });

  test("a header alone beside a full file is nothing to refuse", async () => {
    expect((await readFiles({ "a.csv": focusCsv([good]), "b.csv": focusCsv([]) })).charges).toHaveLength(1);
  });

  test("a file that cannot be unpacked is named with the cause", async () => {
    const problem = await refusalOf(readFiles({ "a.csv.gz": "not gzip" }, { path: "*.gz" }));
    expect(problem.message).toMatch(/^a\.csv\.gz could not be read: incorrect header check/);
    expect(problem.remedy).toMatch(/whole, readable/);
    expect(problem.place).toEqual({ file: "a.csv.gz" });
    expect(problem.cause).toBeInstanceOf(Error);
  });

  test.each([
    ["a.csv", "", "x", 1],
    ["a.csv", `${focusCsv([good])}OpenAI,"`, "x\n", 3],
    ["a.csv.gz", `${focusCsv([good])}OpenAI,"`, "x", 3],
  ])("%s: a row that does not end takes no longer the longer it is", async (name, before, filler, line) => {
    const text = before + filler.repeat(60_000_000 / filler.length);
    const problem = await refusalOf(readFiles({ [name]: name.endsWith(".gz") ? gzipSync(text, { level: 1 }) : text }, { path: "a.*" }));
    expect(problem.message).toBe(
      `${name} could not be read: the row on line ${line} is longer than 4 MB; a double quote may never be closed`,
    );
  });

  test("a file that is not UTF-8 is named with the cause", async () => {
    const bytes = Buffer.from(focusCsv([{ ServiceName: "Inf\u00e9rence" }]), "latin1");
    const problem = await refusalOf(readFiles({ "a.csv": bytes }));
    expect(problem.message).toMatch(/^a\.csv could not be read: .*/);
    expect(problem.remedy).toMatch(/UTF-8/);
  });

  test("a file that is no Parquet file in spite of its name", async () => {
    const problem = await refusalOf(readFiles({ "a.csv": focusCsv([good]), "b.parquet": "PAR1" }, { path: "*" }));
    expect(problem.message).toMatch(/^b\.parquet could not be read: .*'b\.parquet' too small to be a Parquet file/);
    expect(problem.place).toEqual({ file: "b.parquet" });
  });

  test("a file that is neither CSV nor Parquet is refused by name", async () => {
    const problem = await refusalOf(readFiles({ "a.csv": focusCsv([good]), "b.xlsx": "PK" }, { path: "*" }));
    expect(problem.message).toMatch(/^b\.xlsx is not a file that the focus source reads: \.csv, \.csv\.gz or \.parquet/);
    expect(problem.place).toEqual({ file: "b.xlsx" });
  });
});
