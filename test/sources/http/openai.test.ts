import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { addDays } from "../../../src/core/day.ts";
import { microsText, sum } from "../../../src/core/money.ts";
import { countersOf, modelOf } from "../../../src/sources/openai/read.ts";
import { runs } from "../../support/properties.ts";
import { adminKey, openAiApi, openAiOrganization, type Organization, type Use } from "../../support/vendors/openai.ts";
import { startVendor, type VendorServer } from "../../support/vendors/server.ts";
import { readEntry, refusalOf, type Setting, totalOf } from "../support.ts";

const servers: VendorServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(organization: Partial<Organization> = {}): Promise<VendorServer> {
  const server = await startVendor(openAiApi({ ...openAiOrganization, ...organization }));
  servers.push(server);
  return server;
}

const read = (server: VendorServer, setting: Setting = {}) =>
  readEntry("/", { type: "openai", baseUrl: server.url }, { asOf: "2026-11-09", env: { OPENAI_ADMIN_KEY: adminKey }, ...setting });
const cost = { day: "2026-11-02", line: "gpt-5.4, input", project: "proj_a", key: "key_1", value: "1" };

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

describe("refused", () => {
  test("groups that do not add up to the whole", async () => {
    const server = await start({ costs: [cost], uses: [] });
    const whole = (value: string) =>
      JSON.stringify({
        data: [{ start_time: 1_793_577_600, results: [{ amount: { value, currency: "usd" } }] }],
        has_more: false,
        next_page: null,
      });
    server.failWith((n) => (n === 2 ? { body: whole("1.009") } : null));
    expect(microsText(sum((await read(server)).charges.map(({ billed }) => billed)))).toBe("1");
    server.failWith((n) => (n === 2 ? { body: whole("1.02") } : null));
    expect((await refusalOf(read(server))).message).toBe("OpenAI gives 1 for 2026-11-02 in groups, but 1.02 in total");
  });

  test("a cursor that comes again", async () => {
    const server = await start();
    server.failWith(() => ({ body: JSON.stringify({ data: [], has_more: true, next_page: "again" }) }));
    expect((await refusalOf(read(server))).message).toContain("the same page twice");
  });

  test("a second currency, and what is none", async () => {
    const two = await start({ costs: [cost, { ...cost, line: "b, input", currency: "eur" }] });
    expect((await refusalOf(read(two))).message).toContain("amounts in EUR and USD");
    const none = await start({ costs: [{ ...cost, currency: "credits" }] });
    expect((await refusalOf(read(none))).message).toContain("no currency");
    const unsaid = await start({ costs: [cost], uses: [] });
    unsaid.failWith((_, { path }) =>
      path.includes("costs")
        ? { body: '{"data":[{"start_time":1793577600,"results":[{"amount":{"value":"1"}}]}],"has_more":false}' }
        : null,
    );
    expect((await refusalOf(read(unsaid))).message).toContain('amounts in "", which is no currency');
  });

  test("lines of cost of which none has an amount where amounts are looked for", async () => {
    const server = await start();
    const answer = (results: unknown[]) => ({
      body: JSON.stringify({ data: [{ start_time: 1_793_577_600, results }], has_more: false, next_page: null }),
    });
    const moved = { cost: { value: "1", currency: "usd" }, line_item: "gpt-5.4, input", project_id: "proj_a", api_key_id: "key_1" };
    server.failWith((_, { path }) => (path.includes("costs") ? answer([moved, moved]) : null));
    const problem = await refusalOf(read(server));
    expect(problem.message).toBe(
      "OpenAI answered /organization/costs in a shape that overpace does not know: none of 2 lines of cost has an amount",
    );
    expect(problem.remedy).toContain("Nothing of this source was read.");
    // A day without spend may have a result without an amount.
    server.failWith((_, { path }) => (path.includes("costs") ? answer([{ line_item: null }]) : null));
    expect((await read(server)).ranges).toEqual([{ start: "2026-11-02", end: "2026-11-03" }]);
  });

  test.each(["0E-6176", "0e-10", "-0.00E+3"])("%s is an amount of nothing", async (value) => {
    const { charges } = await read(await start({ costs: [cost, { ...cost, project: "proj_b", value }], uses: [] }));
    expect(charges.map(({ billed }) => billed)).toEqual([1_000_000n]);
  });

  test("an amount that is no number, by its field", async () => {
    const server = await start({ costs: [{ ...cost, day: "2026-08-11", value: "1e5" }], uses: [] });
    expect(microsText(sum((await read(server)).charges.map(({ billed }) => billed)))).toBe("100000");
    server.failWith(() => ({
      body: '{"data":[{"start_time":0,"results":[{"amount":{"value":"1,5","currency":"usd"}}]}],"has_more":false}',
    }));
    expect((await refusalOf(read(server))).message).toContain("data[0].results[0].amount.value is not a decimal number");
  });

  test("a run without a key, with the whole way to one", async () => {
    const problem = await refusalOf(read(await start(), { env: {} }));
    expect([problem.message, problem.remedy]).toEqual([
      "OPENAI_ADMIN_KEY is not set",
      "Put the key of OpenAI there: an organization admin key (sk-admin-…), or a key with the scope api.usage.read. It is made at https://platform.openai.com/settings/organization/admin-keys; in a workflow it stands under env:, from a secret.",
    ]);
  });

  test("the key of a project, with the role that is needed", async () => {
    const problem = await refusalOf(read(await start(), { env: { OPENAI_ADMIN_KEY: "sk-proj-abcdefghijkl" } }));
    expect(problem.message).toContain("Missing scopes: api.usage.read");
    expect(problem.remedy).toContain("https://platform.openai.com/settings/organization/admin-keys");
  });
});

test("days that are left out of the answer stay as the ledger has them, and are named", async () => {
  // Tokens of every day do not make days free of which nothing is said.
  const uses = [2, 3, 4, 5, 6].map((day) => ({ ...openAiOrganization.uses[0], day: `2026-11-0${day}` }) as Use);
  const server = await start({ costs: [cost], uses });
  server.failWith((_, { path }) => {
    const bucket = (day: string) => ({ start_time: Date.parse(day) / 1000, results: [] });
    const data = [bucket("2026-11-02"), bucket("2026-11-03"), bucket("2026-11-05")];
    return path.includes("costs") ? { body: JSON.stringify({ data, has_more: false }) } : null;
  });
  const { charges, ranges, warnings, settledThrough } = await read(server, { lastDay: "2026-11-08" });
  expect([...new Set(charges.map(({ day }) => day))]).toEqual(["2026-11-02", "2026-11-03", "2026-11-05"]);
  expect(ranges).toEqual([
    { start: "2026-11-02", end: "2026-11-04" },
    { start: "2026-11-05", end: "2026-11-06" },
  ]);
  expect(warnings).toContain(
    "source `openai` says nothing of 2026-11-04, 2026-11-06 to 2026-11-08: these days stay as the ledger has them",
  );
  expect(settledThrough).toBe("2026-11-04");
});
