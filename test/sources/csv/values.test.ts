import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { sourceSchema } from "../../../src/sources/index.ts";
import { costByDay, type Entry, folderWith, readEntry, refusalOf, type Setting } from "../support.ts";

const columns = { day: "date", cost: "amount", currency: { constant: "USD" }, provider: { constant: "Acme" } };
const entry = (more: Record<string, unknown> = {}): Entry => ({ type: "csv", path: "*.csv*", columns, ...more });
const read = (text: string, more: Record<string, unknown> = {}, setting: Setting = {}) =>
  readEntry(folderWith({ "a.csv": text }), entry(more), setting);

describe("columns", () => {
  test("every field arrives where it belongs", async () => {
    const text =
      "When,Dollars,Cur,Who,What,Model,Acc,Proj,Key,Kind,Feat,Cust,Squad,Calls,In,Read,W5,W60,Out\n" +
      "2026-11-16,1.25,usd,OpenAI,API,gpt-5,a,p,k,usage,chat,c1,blue,3,100,20,5,6,50\n" +
      "2026-11-16,0.25,USD,OpenAI,API,gpt-5,a,p,k,Usage,chat,c1,blue,,1,,,2,\n";
    const { charges, warnings, ranges, settledThrough } = await read(
      text,
      {
        columns: {
          day: "when",
          cost: "Dollars",
          currency: "Cur",
          provider: "Who",
          service: "What",
          model: "Model",
          account: "Acc",
          project: "Proj",
          apiKey: "Key",
          category: "Kind",
          feature: "Feat",
          customer: "Cust",
          tags: { squad: "Squad" },
          requests: "Calls",
          inputTokens: "In",
          cacheReadTokens: "Read",
          cacheWriteTokens: ["W5", "W60"],
          outputTokens: "Out",
        },
        settlingDays: 2,
      },
      { tagKeys: ["squad", "feature"] },
    );
    expect(charges).toEqual([
      expect.objectContaining({
        day: "2026-11-16",
        billingPeriod: "2026-11-01",
        provider: "OpenAI",
        service: "API",
        model: "gpt-5",
        account: "a",
        project: "p",
        apiKey: "k",
        category: "Usage",
        currency: "USD",
        tags: '{"feature":"chat","squad":"blue"}',
        requests: 3,
        inputTokens: 101,
        cacheReadTokens: 20,
        cacheWriteTokens: 13,
        outputTokens: 50,
        billed: 1_500_000n,
        effective: 1_500_000n,
        source: "csv",
      }),
    ]);
    expect(warnings).toEqual([expect.stringMatching(/^The tags "customer" are mapped, but no allocation rule/)]);
    expect(ranges).toEqual([{ start: "2026-11-16", end: "2026-11-17" }]);
    expect(settledThrough).toBe("2026-11-14");
  });

  test("input that contains cached tokens is taken apart", async () => {
    const text = "date,amount,in,cached\n2026-11-16,1,100,30\n2026-11-16,1,10,\n";
    const counters = { ...columns, inputTokens: "in", cacheReadTokens: "cached" };
    const { charges } = await read(text, { columns: counters, inputIncludesCached: true });
    expect(charges[0]).toMatchObject({ inputTokens: 80, cacheReadTokens: 30 });
    const problem = await refusalOf(read("date,amount,in,cached\n2026-11-16,1,10,30\n", { columns: counters, inputIncludesCached: true }));
    expect(problem.message).toBe('in is "10", less than the 30 cached tokens that it should contain.');
  });

  test("a fixed category, and one that is none of FOCUS", async () => {
    const { charges } = await read("date,amount\n2026-11-16,-5\n", { columns: { ...columns, category: { constant: "Credit" } } });
    expect(charges[0]).toMatchObject({ category: "Credit", effective: -5_000_000n });
    const problem = await refusalOf(
      read("date,amount,k\n2026-11-16,5,Usage\n2026-11-16,5,Refund\n", { columns: { ...columns, category: "k" } }),
    );
    expect(problem.message).toMatch(/^k is "Refund", expected a charge category: Usage, Purchase/);
    expect(problem.place).toEqual({ file: "a.csv", line: 3 });
  });

  test("a purchase is booked once, and is no pace of the days to come; how often other charges come is not known", async () => {
    const text = "date,amount,k\n2026-11-03,600,Purchase\n2026-11-03,5,Usage\n2026-11-03,-2,Credit\n";
    const { charges } = await read(text, { columns: { ...columns, category: "k" } });
    expect(charges.map(({ category, frequency }) => [category, frequency]).toSorted()).toEqual([
      ["Credit", null],
      ["Purchase", "One-Time"],
      ["Usage", null],
    ]);
    const constant = await read("date,amount\n2026-11-03,600\n", { columns: { ...columns, category: { constant: "purchase" } } });
    expect(constant.charges[0]).toMatchObject({ category: "Purchase", frequency: "One-Time" });
  });

  test("a file may say how often a charge comes", async () => {
    const text = "date,amount,k,often\n2026-11-03,600,Purchase,recurring\n2026-11-03,300,Purchase,\n2026-11-03,-2,Credit,One-Time\n";
    const { charges } = await read(text, { columns: { ...columns, category: "k", frequency: "often" } });
    expect(charges.map(({ effective, frequency }) => [Number(effective) / 1e6, frequency]).toSorted()).toEqual([
      [-2, "One-Time"],
      [300, "One-Time"],
      [600, "Recurring"],
    ]);
    const constant = await read("date,amount\n2026-11-03,6\n", { columns: { ...columns, frequency: { constant: "One-Time" } } });
    expect(constant.charges[0]).toMatchObject({ category: "Usage", frequency: "One-Time" });
    const problem = await refusalOf(read("date,amount,often\n2026-11-16,5,monthly\n", { columns: { ...columns, frequency: "often" } }));
    expect(problem.message).toBe('often is "monthly", expected a charge frequency: Usage-Based, Recurring, One-Time.');
    expect(problem.place).toEqual({ file: "a.csv", line: 2 });
  });

  test("files with different headers and gzip count together; charges on or after the review date do not", async () => {
    const root = folderWith({
      "a.csv": "date,amount\n2026-11-16,1\n2026-11-18,7\n",
      "b.csv.gz": gzipSync("x,amount,date\r\n,2,2026-11-17\r\n"),
    });
    expect(costByDay((await readEntry(root, entry(), { asOf: "2026-11-18" })).charges)).toEqual({
      "2026-11-16": 1_000_000n,
      "2026-11-17": 2_000_000n,
    });
  });
});

describe("amounts are exact decimals", () => {
  test("what floating point would lose is kept, whatever the number of decimals", async () => {
    const amounts = [
      "0.1",
      "0.2",
      "0.000000000000000000000001",
      "5.4999999999999995e-05",
      "0.003835980000000000000000000000",
      "90071992547409.93",
    ];
    const { charges } = await read(`date,amount\n${amounts.map((amount) => `2026-11-16,${amount}\n`).join("")}`);
    // 0.3 + 0.000055 − 5e-21 + 0.00383598 + 90071992547409.93
    expect(charges.map(({ effective }) => effective)).toEqual([90_071_992_547_410_233_891n]);
  });

  test("cents, decimal commas, semicolons and other separators", async () => {
    const cents = await read("date,amount\n2026-11-16,123.45\n", { scale: "cents" });
    expect(cents.charges[0]?.effective).toBe(1_234_500n);
    // One that is too long for the fast way of adding, and one that is not.
    const long = await read("date,amount\n2026-11-16,123456789012.5\n2026-11-16,0.00000000000005\n2026-11-16,100\n", { scale: "cents" });
    expect(long.charges[0]?.effective).toBe(1_234_567_891_125_000n);
    const comma = await read("date;amount\n2026-11-16;1234,56\n2026-11-16;7\n", { delimiter: ";", decimal: "comma" });
    expect(comma.charges[0]?.effective).toBe(1_241_560_000n);
    const tabs = await read('date\tamount\n2026-11-16\t"1.5"\n', { delimiter: "tab" });
    expect(tabs.charges[0]?.effective).toBe(1_500_000n);
  });

  test("more than 24 decimals are rounded, and that is said", async () => {
    const { charges, warnings } = await read("date,amount\n2026-11-16,0.5000000000000000000000000001\n");
    expect(charges[0]?.effective).toBe(500_000n);
    expect(warnings).toEqual([expect.stringMatching(/^Amounts in 1 rows have more than 24 decimals/)]);
  });

  test.each<[string, string, Record<string, unknown>, RegExp, RegExp]>([
    ["a currency sign", "$10.00", {}, /^amount is "\$10\.00", expected a plain number such as 1234\.56/, /Correct it/],
    ["thousands", "1,234.56", {}, /^amount is "1,234\.56"/, /say decimal: comma/],
    ["a decimal comma", "1,5", {}, /^amount is "1,5"/, /say decimal: comma/],
    ["an underscore", "1_000", {}, /^amount is "1_000"/, /Correct it/],
    [
      "thousands with a comma declared",
      "1.234,56",
      { decimal: "comma" },
      /^amount is "1\.234,56", expected .* 1234,56/,
      /without thousands/,
    ],
    ["a dash with a space", "- ", {}, /^amount is "- "/, /Correct it/],
    ["nothing", "", {}, /^amount is empty/, /emptyCost: zero/],
    ["no number", "NaN", {}, /^amount is "NaN"/, /Correct it/],
    ["beyond all measure", "1000000000000000", {}, /less than 15 digits/, /Correct it/],
  ])("refused: %s", async (_, amount, more, message, remedy) => {
    const problem = await refusalOf(read(`date,amount\n2026-11-16,1\n\n2026-11-16,"${amount}"\n`, more));
    expect(problem.message).toMatch(message);
    expect(problem.remedy).toMatch(remedy);
    expect(problem.place).toEqual({ file: "a.csv", line: 4 });
  });

  test("emptyCost: zero counts a row without a cost as 0 and keeps its day", async () => {
    const text = "date,amount,cur\n2026-11-16,1,EUR\n2026-11-17,,\n";
    const { charges, settledThrough } = await read(text, { columns: { ...columns, currency: "cur" }, emptyCost: "zero" });
    expect(charges.map(({ day, effective, currency }) => [day, effective, currency])).toEqual([
      ["2026-11-16", 1_000_000n, "EUR"],
      ["2026-11-17", 0n, "EUR"],
    ]);
    expect(settledThrough).toBe("2026-11-17");
    const problem = await refusalOf(
      read("date,amount,cur\n2026-11-17,,\n", { columns: { ...columns, currency: "cur" }, emptyCost: "zero" }),
    );
    expect(problem.message).toMatch(/names a cost and its currency/);
    const without = await refusalOf(
      read("date,amount,cur\n2026-11-17,1,\n", { columns: { ...columns, currency: "cur" }, emptyCost: "zero" }),
    );
    expect(without.message).toMatch(/^cur is empty, expected a currency/);
  });

  test("a second currency", async () => {
    const problem = await refusalOf(
      read("date,amount,cur\n2026-11-16,1,usd\n2026-11-17,1,EUR\n", { columns: { ...columns, currency: "cur" } }),
    );
    expect(problem.message).toBe('cur is "EUR" at a.csv:3, but "USD" at a.csv:2; expected one currency.');
  });

  test.each(["$", "dollars", "us-east-1", "credits"])("%s is no currency", async (text) => {
    const problem = await refusalOf(read(`date,amount,cur\n2026-11-16,1,${text}\n`, { columns: { ...columns, currency: "cur" } }));
    expect(problem.message).toBe(`cur is "${text}", which is no currency of ISO 4217; expected a code such as USD.`);
    expect(problem.place).toEqual({ file: "a.csv", line: 2 });
    const fixed = entry({ columns: { ...columns, currency: { constant: text } } });
    expect(
      sourceSchema()
        .safeParse(fixed)
        .error?.issues.map(({ message }) => message),
    ).toEqual(["expected a currency of ISO 4217 such as USD"]);
  });

  test.each(["1,234", "1_000", "1.5", "0x10", "many"])("%s tokens are refused, neither rounded nor passed over", async (text) => {
    const problem = await refusalOf(read(`date,amount,in\n2026-11-16,1,"${text}"\n`, { columns: { ...columns, inputTokens: "in" } }));
    expect(problem.message).toBe(`in is "${text}", expected a whole number without separators.`);
    expect(problem.place).toEqual({ file: "a.csv", line: 2 });
  });

  test.each(["1234567890123456", "1e29"])("%s tokens are more than a count has digits: refused with the place", async (text) => {
    const problem = await refusalOf(read(`date,amount,in\n2026-11-16,1,${text}\n`, { columns: { ...columns, inputTokens: "in" } }));
    expect(problem.message).toBe(`in is "${text}", expected at most 15 digits.`);
    expect(problem.place).toEqual({ file: "a.csv", line: 2 });
  });

  test("tokens that add up to more than the ledger holds are refused with their day", async () => {
    const text = `date,amount,in\n${"2026-11-16,1,999999999999999\n".repeat(20)}`;
    const problem = await refusalOf(read(text, { columns: { ...columns, inputTokens: "in" } }));
    expect(problem.message).toBe("source `csv` counts 19999999999999980 inputTokens of Acme on 2026-11-16, more than any count can be");
  });

  test.each(["7", " 7 ", "7.000", "0.7e1"])("%s tokens are seven", async (text) => {
    const { charges } = await read(`date,amount,in\n2026-11-16,1,"${text}"\n`, { columns: { ...columns, inputTokens: "in" } });
    expect(charges[0]?.inputTokens).toBe(7);
  });
});

describe("days", () => {
  test.each([
    ["iso", "2026-11-16", "2026-11-16"],
    ["iso", "2026-11-16T23:30:00-05:00", "2026-11-17"],
    ["iso", "2026-11-16 23:30", "2026-11-16"],
    ["iso", "2026-11-16T23:30Z", "2026-11-16"],
    ["iso", "2026-11-16 23:30:00.123 UTC", "2026-11-16"],
    ["iso", "2026-11-16T23:30-05:00", "2026-11-17"],
    ["us", "11/6/2026", "2026-11-06"],
    ["us", "11/6/2026 11:59 PM", "2026-11-06"],
    ["eu", "6.11.2026", "2026-11-06"],
    ["eu", "06/11/2026 10:00:00", "2026-11-06"],
    ["unix", "1794873599", "2026-11-16"],
    ["unix", "1794873600000", "2026-11-17"],
  ])("%s: %s", async (dayFormat, text, day) => {
    expect((await read(`date,amount\n${text},1\n`, { dayFormat })).charges[0]?.day).toBe(day);
  });

  test.each([
    ["iso", "4/1/2026", /ambiguous: month or day first/, /Say dayFormat: us \(month first\) or dayFormat: eu/],
    ["iso", "4/1/26", /ambiguous/, /four digits/],
    ["iso", "1794787200", /expected an ISO day/, /Say dayFormat: unix/],
    ["iso", "2026-02-30", /expected an ISO day/, /Correct dayFormat/],
    ["iso", "", /^date is empty/, /Correct dayFormat/],
    ["us", "16/11/2026", /^date is "16\/11\/2026", expected month\/day\/year/, /Correct dayFormat/],
    ["eu", "11/16/2026", /expected day\.month\.year/, /Correct dayFormat/],
    ["us", "11/6/26", /expected month/, /four digits/],
    ["unix", "20261116", /expected Unix time/, /Correct dayFormat/],
  ])("refused, %s: %s", async (dayFormat, text, message, remedy) => {
    const problem = await refusalOf(read(`date,amount\n${text},1\n`, { dayFormat }));
    expect(problem.message).toMatch(message);
    expect(problem.remedy).toMatch(remedy);
    expect(problem.place).toEqual({ file: "a.csv", line: 2 });
  });
});
