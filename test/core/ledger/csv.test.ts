import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Charge } from "../../../src/core/ledger/charge.ts";
import { ledgerColumns } from "../../../src/core/ledger/columns.ts";
import { foldTo } from "../../../src/core/ledger/fold.ts";
import { type Days, dayKey } from "../../../src/core/ledger/ledger.ts";
import { parseLedger } from "../../../src/core/ledger/parse.ts";
import { printLedger } from "../../../src/core/ledger/print.ts";
import { charge } from "../../support/charges.ts";
import { problemOf, runs } from "../../support/properties.ts";

const file = "reviews/ledger/2026-11-23.2026-W47.csv";
const read = (text: string, names = new Map<string, string>()) => parseLedger("2026-11-23.2026-W47.csv", text, file, names).days;
const daysOf = (charges: readonly Charge[], empty: readonly string[] = []): Days =>
  new Map<string, readonly Charge[]>([
    ...Map.groupBy(charges, ({ source, day }) => dayKey(source, day)),
    ...empty.map((key) => [key, []] as const),
  ]);

const header = ledgerColumns.join(",");
const full = charge({
  cost: 12_500_000n,
  billed: -1n,
  category: "Credit",
  correction: true,
  frequency: "One-Time",
  model: "gpt-5",
  account: "1",
  project: "p",
  apiKey: "k",
  tags: '{"feature":"a,\\"b\\""}',
  requests: 0,
  inputTokens: 1,
  cacheReadTokens: 2,
  cacheWriteTokens: 3,
  outputTokens: 9_007_199_254_740_991,
  estimated: true,
});

describe("what attribution sources computed", () => {
  const share = charge({ source: "litellm", cost: 0n, list: 1_250_000n, estimated: true });
  it("stands in a further column that other files do not have", () => {
    const text = printLedger(daysOf([full, share], ["2026-11-20 litellm"]));
    expect(text.split("\n")[0]).toBe(`${header},ListCost`);
    expect(text.split("\n").map((line) => line.slice(line.lastIndexOf(",") + 1))).toEqual(["ListCost", "", "1.25", "", ""]);
    expect(read(text)).toEqual(daysOf([full, share], ["2026-11-20 litellm"]));
    expect(printLedger(daysOf([full])).split("\n")[0]).toBe(header);
  });

  it("is refused where it is no amount", () => {
    const text = printLedger(daysOf([share])).replace("1.25", "much");
    expect(problemOf(() => read(text))).toMatchObject({
      message: 'ListCost "much" is not a ledger value',
      place: { file, line: 2, column: ledgerColumns.length + 1 },
    });
  });
});

it("a ledger file has columns for ids only where it has ids, after all others, and no id for what was folded away", () => {
  const rows = [
    charge({ project: "Support", projectId: "proj_a", apiKey: "-k", apiKeyId: "=key" }),
    charge({ day: "2026-11-17", project: "Support", list: 1n }),
  ];
  const text = printLedger(daysOf(rows, ["2026-11-18 focus"]));
  expect(text.split("\n").map((line) => line.split(",").slice(21).join())).toEqual([
    "x_Estimated,ListCost,x_ProjectId,x_ApiKeyId",
    ",,proj_a,'=key",
    ",0.000001,,",
    ",,,",
    "",
  ]);
  expect([...read(text).values()].flat()).toEqual(rows);
  const [first] = foldTo([charge({ model: "(other)", account: "(other)" })], rows);
  expect(first).not.toHaveProperty("projectId");
  expect(() => read(text.replace("x_ProjectId,x_ApiKeyId", "x_ApiKeyId,x_ProjectId"))).toThrow("not a ledger file");
});

describe("printLedger", () => {
  it("has the columns of the contract, one row a charge, money as decimal text, LF", () => {
    expect(header).toBe(
      "ChargePeriodStart,BillingPeriodStart,ServiceProviderName,ServiceName,ChargeCategory,ChargeClass,ChargeFrequency,BillingCurrency,BilledCost,EffectiveCost," +
        "x_Model,x_Account,x_Project,x_ApiKey,Tags,x_Requests,x_InputTokens,x_CacheReadTokens,x_CacheWriteTokens,x_OutputTokens,x_Source,x_Estimated",
    );
    expect(printLedger(daysOf([full]))).toBe(
      `${header}\n2026-11-16,2026-11-01,OpenAI,Inference,Credit,Correction,One-Time,USD,-0.000001,12.5,gpt-5,1,p,k,"{""feature"":""a,\\""b\\""""}",0,1,2,3,9007199254740991,focus,true\n`,
    );
  });

  it("a day delivered empty is a row of day, source and two costs of 0", () => {
    expect(printLedger(daysOf([], ["2026-11-16 focus"]))).toBe(`${header}\n2026-11-16,,,,,,,,0,0,,,,,,,,,,,focus,\n`);
  });

  it("the same days give the same bytes, whatever order they come in", () => {
    const charges = [
      full,
      charge({ service: "b" }),
      charge({ day: "2026-11-15" }),
      charge({ source: "a" }),
      charge({ service: "B", model: "é" }),
    ];
    const empty = ["2026-11-16 z", "2026-11-16 y", "2026-11-14 z"];
    const text = printLedger(daysOf(charges, empty));
    expect(printLedger(daysOf([...charges].reverse(), [...empty].reverse()))).toBe(text);
    expect(printLedger(read(text))).toBe(text);
    expect(
      text
        .split("\n")
        .slice(1)
        .map((line) => line.slice(0, 10)),
    ).toEqual(
      text
        .split("\n")
        .slice(1)
        .map((line) => line.slice(0, 10))
        .sort((a, b) => (a === "" ? 1 : b === "" ? -1 : a < b ? -1 : 1)),
    );
  });

  const name = fc.oneof(
    fc.constantFrom(
      "=1+1",
      "+1",
      "-1",
      "@x",
      "'q",
      "''",
      "＝x",
      "a,b",
      'say "x"',
      "two\nlines",
      "cr\r\nlf",
      "tab\t",
      " lead",
      "trail ",
      "ünï 東京 🙂",
      "(other)",
      "\\N",
      "true",
    ),
    fc.string({ maxLength: 8 }),
  );
  const count = fc.option(fc.nat());
  const anyCharge = fc
    .record({
      day: fc.constantFrom("2026-11-16", "2026-11-17"),
      provider: name,
      service: name,
      model: name,
      account: name,
      project: name,
      apiKey: name,
      tags: fc.oneof(
        fc.constant(""),
        fc.dictionary(name, name, { maxKeys: 2 }).map((tags) => JSON.stringify(tags)),
      ),
      billed: fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }),
      effective: fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }),
      requests: count,
      inputTokens: count,
      cacheReadTokens: count,
      cacheWriteTokens: count,
      outputTokens: count,
      correction: fc.boolean(),
      estimated: fc.boolean(),
      frequency: fc.constantFrom(null, "Recurring" as const),
      source: fc.constantFrom("a", "b 1"),
    })
    .map((part) => charge(part));
  it("any names read back as they were, and print to the same bytes", () => {
    fc.assert(
      fc.property(fc.array(anyCharge, { maxLength: 12 }), (charges) => {
        const text = printLedger(daysOf(charges));
        const back = read(text);
        const sorted = (list: readonly Charge[]) =>
          list.map((item) => JSON.stringify(item, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value))).sort();
        const plain = (item: Charge): Charge => charge({ ...item });
        expect(sorted([...back.values()].flat().map(plain))).toEqual(sorted(charges.map(plain)));
        expect(printLedger(back)).toBe(text);
      }),
      runs(200),
    );
  });
});

describe("parseLedger", () => {
  it("a file with CRLF, a byte order mark or an empty last line is the same file", () => {
    const text = printLedger(daysOf([full, charge()], ["2026-11-15 focus"]));
    for (const form of [text.replaceAll("\n", "\r\n"), `\uFEFF${text}`, `${text}\n\n`]) expect(read(form)).toEqual(read(text));
  });

  it("a renamed source is read by its present name", () => {
    const text = printLedger(daysOf([charge({ source: "old" }), charge({ source: "new", service: "b" })], ["2026-11-15 old"]));
    const days = read(text, new Map([["old", "new"]]));
    expect([...days].map(([key, list]) => [key, list.map(({ source, service }) => [source, service])])).toEqual([
      ["2026-11-15 new", []],
      [
        "2026-11-16 new",
        [
          ["new", "Inference"],
          ["new", "b"],
        ],
      ],
    ]);
  });

  const good = printLedger(daysOf([charge({ cost: 5n, day: "2026-11-15" }), charge({ cost: 5n })]))
    .trimEnd()
    .split("\n");
  const cells = (changes: Partial<Record<(typeof ledgerColumns)[number], string>>) => {
    const row = (good[2] ?? "").split(",");
    for (const [column, value] of Object.entries(changes)) row[ledgerColumns.indexOf(column as (typeof ledgerColumns)[number])] = value;
    return row.join(",");
  };
  it.each([
    ["a day that does not exist", { ChargePeriodStart: "2026-02-30" }],
    ["a marker of a merge", { ChargePeriodStart: "<<<<<<< HEAD" }],
    ["a cost with a separator", { EffectiveCost: '"1,000"' }],
    ["a missing cost", { BilledCost: "" }],
    ["an unknown category", { ChargeCategory: "usage" }],
    ["a missing category where there is a cost", { ChargeCategory: "" }],
    ["a missing category where all costs nothing", { ChargeCategory: "", BilledCost: "0", EffectiveCost: "0" }],
    ["an unknown class", { ChargeClass: "Correctoin" }],
    ["an unknown frequency", { ChargeFrequency: "Monthly" }],
    ["a fraction of a token", { x_InputTokens: "1.5" }],
    ["a hexadecimal count", { x_Requests: "0x10" }],
    ["a count that no number holds exactly", { x_Requests: "9007199254740992" }],
    ["tags that are no JSON", { Tags: "{oops" }],
    ["tags that are no texts", { Tags: '"{""a"":1}"' }],
    ["tags of which one is no text", { Tags: '"{""a"":""b"",""c"":1}"' }],
    ["tags without keys", { Tags: '"[""a""]"' }],
    ["no source", { x_Source: "" }],
    ["no currency", { BillingCurrency: "" }],
    ["an unknown mark of estimates", { x_Estimated: "yes" }],
    ["no billing period", { BillingPeriodStart: "" }],
  ])("%s is refused with file and line", (_, changes) => {
    const problem = problemOf(() => read([...good.slice(0, 2), cells(changes), ""].join("\n")));
    expect(problem.place).toMatchObject({ file, line: 3 });
  });

  it.each([
    ["a row cut short", [...good.slice(0, 2), "2026-11-16,2026-11-01,OpenAI"], 3],
    ["a day of nothing that costs something", [...good.slice(0, 2), "2026-11-16,,,,,,,,0,5,,,,,,,,,,,focus,"], 3],
    ["a day of nothing that is billed", [...good.slice(0, 2), "2026-11-16,,,,,,,,5,0,,,,,,,,,,,focus,"], 3],
    ["a cell too many", [...good.slice(0, 2), `${good[2]},x`], 3],
    ["a row of another file", [good[0], good[1], good[0]], 3],
    ["another header", ["a,b,c"], 1],
    ["nothing", [""], 1],
    ["an empty line before it", [...good.slice(0, 2), "", "oops"], 4],
    ["a name of two lines before it", [good[0], cells({ ServiceName: '"two\nlines"' }), "oops"], 4],
  ])("%s is refused with its line", (_, lines, line) =>
    expect(problemOf(() => read(lines.join("\n"))).place).toMatchObject({ file, line }),
  );

  it("a quote that is misplaced is refused with its line", () =>
    expect(problemOf(() => read([...good.slice(0, 2), cells({ ServiceName: '"a"b' })].join("\n")))).toMatchObject({
      message: expect.stringContaining("quote"),
      place: { file, line: 3 },
    }));

  it("a quote that is never closed is refused", () => {
    expect(problemOf(() => read([...good.slice(0, 2), cells({ ServiceName: '"open' })].join("\n"))).place?.file).toBe(file);
  });
});
