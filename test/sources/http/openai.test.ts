import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../../../src/core/day.ts";
import { sum } from "../../../src/core/money.ts";
import { countersOf, modelOf } from "../../../src/sources/openai/read.ts";
import { runs } from "../../support/properties.ts";
import { adminKey, openAiOrganization, type Use } from "../../support/vendors/openai.ts";
import { refusalOf, totalOf } from "../support.ts";
import { cost, read, servers, start } from "./openai.ts";

test.each([
  ["gpt-5.4-2026-03-05, cached input", "gpt-5.4-2026-03-05"],
  ["gpt-6-astra, input_tokens", "gpt-6-astra"],
  ["ft:gpt-4o, custom, output", "ft:gpt-4o, custom"],
  ["web search tool calls", "web search tool calls"],
  ["Text tokens", "Text tokens"],
  [null, ""],
])("the model of the line %o is %o", (line, model) => {
  expect(modelOf(line)).toBe(model);
});

test("cached and cache-written tokens are taken out of the input once", () => {
  expect(
    countersOf({ input_tokens: 1000, input_cached_tokens: 400, input_cache_write_tokens: 100, output_tokens: 5, num_model_requests: 2 }),
  ).toEqual({
    requests: 2,
    inputTokens: 500,
    cacheReadTokens: 400,
    cacheWriteTokens: 100,
    outputTokens: 5,
  });
});

test.each([
  [{ input_tokens: 300, input_cached_tokens: 400 }, 0],
  [{ input_tokens: null, input_cached_tokens: 400 }, null],
  [{ input_cached_tokens: 400 }, null],
])("input that is less than what was cached, or not said, is no negative count: %o is %o", (usage, inputTokens) => {
  expect(countersOf(usage)).toMatchObject({ inputTokens, cacheReadTokens: 400, cacheWriteTokens: null, requests: null });
});

describe("charges", () => {
  test("money and tokens of a model, project and key meet on one charge, by name", async () => {
    const { charges, warnings } = await read(await start());
    expect(charges.filter(({ day }) => day === "2026-10-30")).toMatchObject([
      { model: "gpt-5.4-2026-03-05", project: "Support", apiKey: "production", billed: 1_250_000n, cacheReadTokens: 500, requests: 2 },
      { model: "web search tool calls", project: "Search", apiKey: "", billed: 4_000n, requests: null },
    ]);
    expect(warnings).toEqual([]);
  });

  test("a model without a line of cost keeps its tokens, at no cost", async () => {
    const { charges } = await read(await start());
    expect(charges.find(({ model }) => model === "gpt-6-astra")).toMatchObject({ billed: 0n, inputTokens: 9 });
  });

  test("models whose tokens cost nothing on any settled day are named, those with most tokens first", async () => {
    const used = (model: string, day: string, output: number) => ({ ...openAiOrganization.uses[0], model, day, output }) as Use;
    const uses = [
      used("gpt-6-astra", "2026-10-01", 1_000_000),
      used("gpt-6-astra", "2026-10-03", 0),
      // A date in the name is the same model, and the last day is not settled.
      used("gpt-5.4", "2026-10-03", 7),
      used("gpt-7", "2026-11-08", 7),
      ...["a", "b", "c"].map((name) => used(name, "2026-10-03", 8)),
    ];
    expect((await read(await start({ uses }))).warnings).toEqual([
      'source `openai` has 1,002,000 tokens of "gpt-6-astra" without any cost (2026-10-01 to 2026-10-03): free, refused, or paid otherwise',
      'source `openai` has 1,008 tokens of "a" without any cost (2026-10-03): free, refused, or paid otherwise',
      'source `openai` has 1,008 tokens of "b" without any cost (2026-10-03): free, refused, or paid otherwise',
      "source `openai` has tokens of 1 more model without any cost",
    ]);
  });

  test("an organization without anything answers for every day", async () => {
    const { charges, ranges, settledThrough } = await read(await start({ costs: [], uses: [] }));
    expect(charges).toEqual([]);
    expect(ranges).toEqual([{ start: "2026-08-11", end: "2026-11-09" }]);
    expect(settledThrough).toBe("2026-11-07");
  });

  test("projects of one name are told apart by id", async () => {
    const costs = [cost, { ...cost, project: "proj_b" }];
    const { charges } = await read(await start({ costs, uses: [], projects: { proj_a: "Same", proj_b: "Same" } }));
    expect(charges.map(({ project }) => project)).toEqual(["Same (proj_a)", "Same (proj_b)"]);
  });

  test("ids are shown, with a warning, when names are refused", async () => {
    const server = await start();
    server.failWith((_, { path }) => (path.includes("/projects") ? { status: 403 } : null));
    const { charges, warnings } = await read(server);
    expect(new Set(charges.map(({ project }) => project))).toEqual(new Set(["proj_a", "proj_b"]));
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toContain("shows ids of projects");
  });

  test.each([
    ["403", { status: 403, body: '{"error":{"message":"Missing scopes: api.usage.read"}}' }, /key with the scope api\.usage\.read/],
    [
      "401 for a scope",
      { status: 401, body: '{"error":{"message":"Missing scopes: api.usage.read"}}' },
      /key with the scope api\.usage\.read/,
    ],
    ["404", { status: 404 }, /Check baseUrl/],
  ])("usage refused for good (%s) leaves the money, and says how to get tokens", async (_, fault, remedy) => {
    const server = await start();
    server.failWith((_n, { path }) => (path.includes("/usage/") ? fault : null));
    const { charges, ranges, warnings } = await read(server);
    expect(sum(charges.map(({ billed }) => billed))).toBe(13_879_000n);
    expect(charges.every(({ inputTokens, requests }) => inputTokens === null && requests === null)).toBe(true);
    expect(ranges).toEqual([{ start: "2026-08-11", end: "2026-11-09" }]);
    expect(warnings).toEqual([expect.stringContaining("brings costs without tokens and requests: OpenAI")]);
    expect(warnings[0]).toMatch(remedy);
  });

  test.each([{ status: 500 }, { status: 429, headers: { "retry-after": "1" } }, { status: 401 }, { body: "{", cut: true }])(
    "usage that fails in passing (%o) fails the source",
    async (fault) => {
      const server = await start();
      server.failWith((_n, { path }) => (path.includes("/usage/") ? fault : null));
      await refusalOf(read(server));
    },
  );

  test("names beyond the first page are found", async () => {
    const projects = Object.fromEntries(Array.from({ length: 130 }, (_, n) => [`proj_${n}`, `Project ${n}`]));
    const { charges } = await read(await start({ costs: [{ ...cost, project: "proj_129", key: null }], uses: [], projects }));
    expect(charges.map(({ project }) => project)).toEqual(["Project 129"]);
  });

  test("what was used without a cost, and beside what has no project or key, is named too", async () => {
    const uses = [{ ...openAiOrganization.uses[3], project: "proj_a", key: "key_1" } as Use];
    const costs = [{ ...cost, project: "proj_b", key: null }];
    const { charges } = await read(await start({ costs, uses }));
    expect(charges.map(({ project, apiKey }) => [project, apiKey])).toEqual([
      ["Search", ""],
      ["Support", "production"],
    ]);
    const server = await start({ costs: [{ ...cost, project: null as never, key: null }], uses: [] });
    expect((await read(server)).charges.map(({ project }) => project)).toEqual([""]);
    expect(server.asked.filter(({ path }) => path.includes("/projects"))).toEqual([]);
  });

  test("days that were not asked for are not counted, in costs and in tokens", async () => {
    const server = await start();
    const bucket = (day: string, result: object) => ({ start_time: Date.parse(day) / 1000, results: [result] });
    const both = (result: object) => [bucket("2026-11-02", result), bucket("2026-11-09", result), bucket("2026-10-31", result)];
    server.failWith((_, { path }) => ({
      body: JSON.stringify({
        data: both(
          path.includes("usage") ? { model: "m", input_tokens: 5 } : { line_item: "m, input", amount: { value: "1", currency: "usd" } },
        ),
        has_more: false,
      }),
    }));
    const { charges } = await read(server, { lastDay: "2026-11-07" });
    expect(charges.map(({ day, billed, inputTokens }) => [day, billed, inputTokens])).toEqual([["2026-11-02", 1_000_000n, 5]]);
  });

  test("names of archived projects, and of keys that others own, are looked up", async () => {
    const server = await start();
    await read(server);
    const asked = server.asked.filter(({ path }) => path.includes("/projects")).map(({ path, query }) => `${path}?${query}`);
    expect(asked).toEqual([
      "/organization/projects?include_archived=true&limit=100",
      "/organization/projects/proj_a/api_keys?owner_project_access=any&limit=100",
    ]);
  });

  test("the key as the name of a project is taken out", async () => {
    const { charges } = await read(await start({ costs: [cost], uses: [], projects: { proj_a: `x ${adminKey}` } }));
    expect(charges.map(({ project }) => project)).toEqual(["x ***"]);
  });
});

test("whatever an organization spent and used, cost, tokens and requests add up", async () => {
  const owner = { project: fc.constantFrom("proj_a", "proj_b"), key: fc.constantFrom("key_1", "key_2", null) };
  const day = fc.integer({ min: 0, max: 89 }).map((number) => addDays("2026-08-11", number));
  const line = fc.constantFrom("gpt-5.4, input", "gpt-5.4, cached input", "gpt-6-astra, output", "web search tool calls");
  const costs = fc.array(
    fc.record({ ...owner, day, line, value: fc.integer({ min: -5000, max: 50_000_000 }).map((micros) => micros / 1e6) }),
  );
  const count = fc.nat(1_000_000);
  const uses = fc.array(
    fc
      .record({
        ...owner,
        day,
        model: fc.constantFrom("gpt-5.4", "gpt-6-astra"),
        input: count,
        cached: count,
        written: count,
        output: count,
        requests: count,
      })
      .map((use) => ({ ...use, input: use.input + use.cached + use.written })),
  );
  await fc.assert(
    fc.asyncProperty(costs, uses, async (costs, uses) => {
      const server = await start({ costs, uses });
      const { charges } = await read(server);
      expect(sum(charges.map(({ billed }) => billed))).toBe(sum(costs.map(({ value }) => BigInt(Math.round(value * 1e6)))));
      const tokens = totalOf(
        charges,
        (c) => (c.inputTokens ?? 0) + (c.cacheReadTokens ?? 0) + (c.cacheWriteTokens ?? 0) + (c.outputTokens ?? 0),
      );
      expect(tokens).toBe(uses.reduce((total, { input, output }) => total + input + output, 0));
      expect(totalOf(charges, ({ requests }) => requests)).toBe(uses.reduce((total, { requests }) => total + requests, 0));
      await servers.pop()?.close();
    }),
    runs(25),
  );
});

describe("what is asked for", () => {
  test("limits that would cut the answer are always set, cursors are followed", async () => {
    const server = await start();
    await read(server);
    const asked = server.asked.map(({ path, query }) => `${path} ${query.get("limit")} ${query.get("page")} ${query.getAll("group_by[]")}`);
    expect(asked.slice(0, 5)).toEqual([
      "/organization/costs 180 null line_item,project_id,api_key_id",
      "/organization/costs 180 null ",
      "/organization/usage/completions 31 null model,project_id,api_key_id",
      "/organization/usage/completions 31 page_31 model,project_id,api_key_id",
      "/organization/usage/completions 31 page_62 model,project_id,api_key_id",
    ]);
  });
});
