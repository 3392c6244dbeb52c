import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { costByDay, type Entry, folderWith, readEntry, refusalOf, type Setting } from "../support.ts";

const fields = { time: "ts", cost: "cost", model: "model", currency: { constant: "USD" }, provider: { constant: "Gateway" } };
const lines = (...rows: readonly unknown[]) => rows.map((row) => `${typeof row === "string" ? row : JSON.stringify(row)}\n`).join("");
const read = (text: string | Uint8Array, more: Record<string, unknown> = {}, setting: Setting = {}) =>
  readEntry(folderWith({ "a.jsonl": text }), { type: "log", path: "a.jsonl", fields, ...more } as Entry, setting);
const good = { ts: "2026-11-16T08:00:00Z", cost: 0.5, model: "m" };

describe("requests become daily charges", () => {
  test("nested fields, pointers, features and customers; each line is a request", async () => {
    const row = (hour: number, more: object = {}) => ({
      ts: `2026-11-16T${hour}:00:00.123Z`,
      cost: 0.000055,
      usage: { in: 100, cached: 40, out: 7 },
      meta: { feature: "chat", "a.b/c": "gpt-5" },
      who: "c1",
      ...more,
    });
    const { charges, warnings, settledThrough } = await read(
      lines(row(10), "", row(23), row(11, { who: null, usage: null })),
      {
        fields: {
          ...fields,
          model: "/meta/a.b~1c",
          feature: "meta.feature",
          customer: "who",
          inputTokens: "usage.in",
          cacheReadTokens: "usage.cached",
          outputTokens: "usage.out",
        },
        inputIncludesCached: true,
      },
      { tagKeys: ["customer", "feature"] },
    );
    expect(charges).toMatchObject([
      { tags: '{"customer":"c1","feature":"chat"}', requests: 2, inputTokens: 120, cacheReadTokens: 80, outputTokens: 14, effective: 110n },
      { tags: '{"feature":"chat"}', requests: 1, inputTokens: null, outputTokens: null, effective: 55n },
    ]);
    expect(charges[0]).toMatchObject({ day: "2026-11-16", provider: "Gateway", model: "gpt-5", category: "Usage", estimated: false });
    expect(warnings).toEqual([]);
    expect(settledThrough).toBe("2026-11-16");
  });

  test("times as ISO, with an offset, as seconds, as milliseconds, side by side", async () => {
    const times = ["2026-11-16T00:30:00+02:00", "2026-11-16 00:30:00", 1_794_787_200, "1794787200.25", 1_794_873_600_000];
    const { charges } = await read(lines(...times.map((ts) => ({ ...good, ts, cost: 1 }))));
    expect(costByDay(charges)).toEqual({ "2026-11-15": 1_000_000n, "2026-11-16": 3_000_000n, "2026-11-17": 1_000_000n });
  });

  test("costs as numbers or texts, added as decimals", async () => {
    const costs = ["0.1", "0.2", "5.4999999999999995e-05", '"0.000003"', "1e-7"];
    const { charges } = await read(costs.map((cost) => `{"ts":"2026-11-16","model":"m","cost":${cost}}\n`).join(""));
    // 0.3 + 0.000055 + 0.000003 + 0.0000001
    expect(charges[0]?.effective).toBe(300_058n);
  });

  test("numbers give what the same texts give, to the micro-unit", async () => {
    const amount = fc.oneof(
      fc.integer({ min: -9_999_999, max: 99_999_999 }).map((units) => units / 1e6),
      fc.double({ min: 1e-9, max: 1e4, noNaN: true }),
      fc.constantFrom(0, 1, 1e-7, 5.4999999999999995e-5, 123456.789),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(amount, { minLength: 1, maxLength: 12 }), async (costs) => {
        const charged = async (list: readonly unknown[]) => (await read(lines(...list.map((cost) => ({ ...good, cost }))))).charges;
        const [first] = costs;
        expect(await charged(costs)).toEqual(await charged(costs.map(String)));
        expect(await charged([first, ...costs.map(String)])).toEqual(await charged([first, ...costs].map(String)));
      }),
      { numRuns: 12 },
    );
  });

  test("of texts that are cut into numbers, words and truth values none becomes money", async () => {
    for (const cost of ["true", '"true"', '"NaN"', '"Infinity"', "1e400", '"1_000"', "[1]", '" 1x"'])
      expect((await refusalOf(read(`${lines(good)}{"ts":"2026-11-16","model":"m","cost":${cost}}\n`))).place, cost).toEqual({
        file: "a.jsonl",
        line: 2,
      });
    const { charges } = await read(lines({ ...good, cost: 1 }, { ...good, cost: 1 }));
    expect(charges[0]?.effective).toBe(2_000_000n);
  });

  test("several files, gzip, and requests counted by a field", async () => {
    const root = folderWith({ "l/a.jsonl": lines({ ...good, n: 3 }), "l/b.ndjson.gz": gzipSync(lines({ ...good, n: 4 })), "l/c.log": "" });
    const { charges } = await readEntry(root, { type: "log", path: "l/*", fields: { ...fields, requests: "n" } });
    expect(charges).toMatchObject([{ requests: 7, effective: 1_000_000n }]);
  });

  test("a path through text, a path through another, keys of like letters and items of lists are read the careful way", async () => {
    const through = await read(lines({ ...good, meta: "{}" }, { ...good, meta: { f: "x" } }), { fields: { ...fields, feature: "meta.f" } });
    expect(through.charges[0]?.requests).toBe(2);
    const prefix = await read(lines({ ...good, u: { c: 2 } }), { fields: { ...fields, cost: "u.c", service: "u" } });
    expect(prefix.charges[0]).toMatchObject({ service: '{"c":2}', effective: 2_000_000n });
    const letters = await read(lines({ ...good, Model: "M" }), { fields: { ...fields, service: "Model" } });
    expect(letters.charges[0]).toMatchObject({ service: "M", model: "m" });
    const items = await read(lines({ ...good, tags: ["a", "b"] }), { fields: { ...fields, service: "tags.1" } });
    expect(items.charges[0]?.service).toBe("b");
  });

  test("models whose costs are all 0 although they have tokens are named", async () => {
    const { warnings } = await read(lines({ ...good, cost: 0, t: 5 }, { ...good, model: "n", t: 5 }), {
      fields: { ...fields, inputTokens: "t" },
    });
    expect(warnings).toEqual([expect.stringMatching(/^All costs of the models "m" are 0 although they have tokens/)]);
  });
});

describe("lines that cannot be counted are refused with file and line", () => {
  test.each<[string, string, RegExp, RegExp]>([
    ["no JSON", "hello", /^The line is no JSON: "hello"\.$/, /one JSON object on each line/],
    ["half a line", '{"ts":"2026-11-16","cost"', /^The line is no JSON \(cut off\?\)/, /one JSON object/],
    ["two objects", '{"ts":1}{"ts":2}', /^The line is no JSON/, /one JSON object/],
    ["a list", "[1]", /^The line is JSON, but no object: "\[1\]"/, /jq -c/],
    ["null", "null", /^The line is JSON, but no object/, /one JSON object/],
    ["no time", lines({ cost: 1 }), /^ts is empty, expected an ISO time .* or Unix time/, /Correct timeFormat/],
    ["a US date", lines({ ...good, ts: "4/1/2026" }), /^ts is "4\/1\/2026" \(ambiguous/, /Correct timeFormat/],
    ["no cost", lines({ ...good, cost: null }), /^cost is empty, expected a plain number/, /emptyCost: zero/],
    ["cost as object", lines({ ...good, cost: { usd: 1 } }), /^cost is "\{\\"usd\\":1\}"/, /Correct it/],
    ["cost with a sign", lines({ ...good, cost: "$1" }), /^cost is "\$1"/, /Correct it/],
    ["not UTF-8", '{"ts":"caf\u00e9"}', /^The line is not UTF-8/, /UTF-8/],
  ])("%s", async (_, text, message, remedy) => {
    const problem = await refusalOf(read(Buffer.from(`${lines(good)}\n${text.trimEnd()}\n${lines(good)}`, "latin1")));
    expect(problem.message).toMatch(message);
    expect(problem.remedy).toMatch(remedy);
    expect(problem.place).toEqual({ file: "a.jsonl", line: 3 });
  });

  test("a last line that is cut off, without a line break", async () => {
    const problem = await refusalOf(read(`${lines(good)}{"ts":"2026-11-16T08:00:00Z","cost":0.`));
    expect(problem.message).toMatch(/^The line is no JSON \(cut off\?\)/);
    expect(problem.place).toEqual({ file: "a.jsonl", line: 2 });
  });

  test("tokens that are none, a second currency, a byte order mark, an empty file, a broken archive", async () => {
    const counters = { fields: { ...fields, inputTokens: "t" } };
    expect((await refusalOf(read(lines({ ...good, t: "many" }), counters))).message).toBe(
      't is "many", expected a whole number without separators.',
    );
    const currency = { fields: { ...fields, currency: "c" } };
    expect((await refusalOf(read(lines({ ...good, c: "USD" }, { ...good, c: "eur" }), currency))).message).toBe(
      'c is "EUR" at a.jsonl:2, but "USD" at a.jsonl:1; expected one currency.',
    );
    expect((await refusalOf(read(`\uFEFF${lines(good)}`))).message).toMatch(/byte order mark/);
    expect((await refusalOf(read(""))).message).toBe("a.jsonl: no rows.");
    const broken = readEntry(folderWith({ "a.jsonl.gz": "x" }), { type: "log", path: "a.jsonl.gz", fields });
    expect((await refusalOf(broken)).message).toMatch(/^a\.jsonl\.gz could not be read/);
  });

  test.each([1.5, "1_000", "1,234", "1.5", [7]])("%j tokens are refused, neither rounded nor passed over", async (t) => {
    const problem = await refusalOf(read(lines({ ...good, t: 3 }, { ...good, t }), { fields: { ...fields, inputTokens: "t" } }));
    expect(problem.message).toMatch(/^t is ".*", expected a whole number without separators\.$/);
    expect(problem.place).toEqual({ file: "a.jsonl", line: 2 });
  });

  test.each([1e15, 1e29, "1e29"])("%j tokens are more than a count has digits", async (t) => {
    const problem = await refusalOf(read(lines({ ...good, t: 3 }, { ...good, t }), { fields: { ...fields, inputTokens: "t" } }));
    expect(problem.message).toMatch(/^t is ".*", expected at most 15 digits\.$/);
    expect(problem.place).toEqual({ file: "a.jsonl", line: 2 });
  });

  test.each([7, "7", 7.0, "7.0", 0.7e1])("%j tokens are seven", async (t) => {
    expect((await read(lines({ ...good, t }), { fields: { ...fields, inputTokens: "t" } })).charges[0]?.inputTokens).toBe(7);
  });

  test("an object that has a key twice", async () => {
    const problem = await refusalOf(read(`${lines(good)}{"ts":"2026-11-16","cost":1,"cost":2}\n`));
    expect(problem.message).toBe('A JSON object names "cost" twice.');
    expect(problem.place).toEqual({ file: "a.jsonl", line: 2 });
  });

  test("emptyCost: zero lets failed requests count", async () => {
    const { charges } = await read(lines(good, { ...good, cost: null }, { ...good, cost: "" }), { emptyCost: "zero" });
    expect(charges).toMatchObject([{ effective: 500_000n, requests: 3 }]);
  });
});

test("the same log twice is counted once, said aloud; empty ones are passed over", async () => {
  const root = folderWith({ "a.jsonl": lines(good), "b.jsonl": lines(good), "c.jsonl": "", "d.jsonl": "" });
  const { charges, warnings } = await readEntry(root, { type: "log", path: "*.jsonl", fields });
  expect(charges).toMatchObject([{ requests: 1, effective: 500_000n }]);
  expect(warnings).toEqual(["b.jsonl is byte for byte a.jsonl: it is counted once."]);
});
