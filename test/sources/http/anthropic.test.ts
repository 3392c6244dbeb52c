import { afterEach, describe, expect, test } from "vitest";
import { microsText, sum } from "../../../src/core/money.ts";
import { adminKey, anthropicApi, anthropicOrganization, type Organization, type Use } from "../../support/vendors/anthropic.ts";
import { startVendor, type VendorServer } from "../../support/vendors/server.ts";
import { readEntry, refusalOf, type Setting } from "../support.ts";

const servers: VendorServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(organization: Partial<Organization> = {}): Promise<VendorServer> {
  const server = await startVendor(anthropicApi({ ...anthropicOrganization, ...organization }));
  servers.push(server);
  return server;
}

const read = (server: VendorServer, setting: Setting = {}) =>
  readEntry("/", { type: "anthropic", baseUrl: server.url }, { asOf: "2026-11-09", env: { ANTHROPIC_ADMIN_KEY: adminKey }, ...setting });
const totalOf = async (reading: ReturnType<typeof read>) => microsText(sum((await reading).charges.map(({ billed }) => billed)));
const pathsOf = (server: VendorServer) => [...new Set(server.asked.map(({ path }) => path.replace("/v1/organizations", "")))];
const use = anthropicOrganization.uses[0] as Use;

describe("money", () => {
  test.each([
    ["123.45", "1.2345"],
    ["0.0001", "0.000001"],
    ["314700", "3147"],
    ["-50", "-0.5"],
  ])("%s are cents, so %s dollars, in both generations of reports", async (cents, dollars) => {
    const uses = [{ ...use, cents }];
    expect(await totalOf(read(await start({ uses })))).toBe(dollars);
    expect(await totalOf(read(await start({ uses, analytics: false })))).toBe(dollars);
  });

  test("is what is billed, not the list price", async () => {
    const { charges } = await read(await start({ uses: [use] }));
    expect(charges).toMatchObject([{ billed: 1_234_500n, effective: 1_234_500n, category: "Usage", estimated: false }]);
  });

  test("of what is no tokens stands on a line of its own", async () => {
    for (const analytics of [true, false]) {
      const { charges } = await read(await start({ analytics }));
      expect(charges.find(({ model }) => model === "web search")).toMatchObject({ billed: 100_000n, inputTokens: null });
    }
  });
});

describe("one generation of reports", () => {
  test("the newer one alone, where the organization has it", async () => {
    const server = await start();
    const { warnings } = await read(server);
    expect(warnings).toEqual([]);
    expect(pathsOf(server)).toEqual(["/analytics/cost", "/analytics/usage", "/workspaces", "/api_keys"]);
  });

  test("the older one alone, where it does not: by workspace and model, with a warning", async () => {
    const server = await start({ analytics: false });
    const { charges, warnings } = await read(server);
    expect(microsText(sum(charges.map(({ billed }) => billed)))).toBe("5.679501");
    expect(charges.find(({ project }) => project === "Default")).toMatchObject({
      model: "claude-opus-5-5",
      billed: 2_500_000n,
      inputTokens: 7,
      apiKey: "",
    });
    expect(new Set(charges.map(({ apiKey }) => apiKey))).toEqual(new Set([""]));
    expect(warnings).toEqual([
      "source `anthropic` reads Anthropic's older cost report, which does not know keys: Anthropic refused the newer one (403)",
    ]);
    expect(pathsOf(server)).toEqual(["/analytics/cost", "/cost_report", "/usage_report/messages", "/workspaces"]);
  });

  test("the older one for days before the newer one begins", async () => {
    const server = await start({ uses: [{ ...use, day: "2025-12-30" }] });
    expect(await totalOf(read(server, { asOf: "2026-01-12" }))).toBe("1.2345");
    expect(pathsOf(server)).not.toContain("/analytics/cost");
  });

  test.each([400, 404])("a refusal with %i means that the newer one is not there", async (status) => {
    const server = await start();
    server.failWith((_, { path }) => (path.includes("/analytics/") ? { status } : null));
    expect(await totalOf(read(server))).toBe("5.679501");
  });

  test.each([401, 429, 500])("a refusal with %i does not", async (status) => {
    const server = await start();
    server.failWith((_, { path }) => (path.includes("/analytics/") ? { status } : null));
    expect((await refusalOf(read(server))).message).toContain(`(${status};`);
    expect(pathsOf(server)).toEqual(["/analytics/cost"]);
  });

  test("a refusal in the middle is no reason to mix them", async () => {
    const server = await start();
    server.failWith((n) => (n === 2 ? { status: 403 } : null));
    await refusalOf(read(server));
    expect(pathsOf(server)).toEqual(["/analytics/cost"]);
  });

  test("tokens come from the older report where only the newer costs can be read", async () => {
    const server = await start({ uses: [use] });
    server.failWith((_, { path }) => (path.includes("/analytics/usage") ? { status: 404 } : null));
    const { charges } = await read(server);
    expect(charges).toMatchObject([{ billed: 1_234_500n, inputTokens: 100, cacheWriteTokens: 50, requests: null, apiKey: "production" }]);
  });
});

describe.each([true, false])("usage, where the newer reports are there: %s,", (analytics) => {
  test.each([403, 404])("refused for good (%i) leaves the money, with a warning", async (status) => {
    const server = await start({ analytics });
    server.failWith((_, { path }) => (path.includes("usage") ? { status } : null));
    const { charges, warnings } = await read(server);
    expect(microsText(sum(charges.map(({ billed }) => billed)))).toBe("5.679501");
    expect(charges.every(({ inputTokens }) => inputTokens === null)).toBe(true);
    expect(warnings.filter((text) => text.includes("brings costs without tokens and requests: Anthropic"))).toHaveLength(1);
  });

  test("that fails in passing fails the source", async () => {
    const server = await start({ analytics });
    server.failWith((_, { path }) => (path.includes("usage") ? { status: 503 } : null));
    await refusalOf(read(server));
  });
});

test("what is written to a cache is nested, by how long it is kept, and no part of the input", async () => {
  const { charges } = await read(await start({ uses: [use] }));
  expect(charges).toMatchObject([
    {
      inputTokens: 100,
      cacheReadTokens: 400,
      cacheWriteTokens: 50,
      outputTokens: 50,
      requests: 5,
      project: "Support",
      apiKey: "production",
    },
  ]);
});

test("limits that would cut the answer are always set, and no request spans more than 31 days", async () => {
  const server = await start();
  await read(server);
  const asked = server.asked.slice(0, 6).map(({ query }) => [...query].filter(([name]) => name !== "group_by[]").map(([, value]) => value));
  const pieces = [
    ["2026-08-11T00:00:00Z", "2026-09-11T00:00:00Z", "1d", "1000"],
    ["2026-09-11T00:00:00Z", "2026-10-12T00:00:00Z", "1d", "1000"],
    ["2026-10-12T00:00:00Z", "2026-11-09T00:00:00Z", "1d", "1000"],
  ];
  expect(asked).toEqual([...pieces, ...pieces]);
});

test("tokens without any cost, such as those of Priority Tier in the older report, are said", async () => {
  const uses = [use, { ...use, model: "claude-priority", cents: "0" }];
  const { warnings } = await read(await start({ uses }));
  expect(warnings).toEqual([
    'source `anthropic` has 600 tokens of "claude-priority" without any cost (2026-09-01): free, refused, or paid otherwise',
  ]);
});

test("more rows than a page holds are read to the end", async () => {
  const uses = Array.from({ length: 1100 }, (_, n): Use => ({ ...use, day: "2026-11-02", model: `model-${n}`, cents: "1" }));
  expect(await totalOf(read(await start({ uses })))).toBe("11");
});

test("days that Anthropic had not counted yet, and that have no row, are not known", async () => {
  const uses = [use, { ...use, day: "2026-11-05" }];
  const { ranges, settledThrough, warnings } = await read(await start({ uses, refreshedAt: "2026-11-06T22:00:00Z" }));
  expect(ranges).toEqual([{ start: "2026-08-11", end: "2026-11-06" }]);
  expect(settledThrough).toBe("2026-11-04");
  expect(warnings).toEqual([
    "source `anthropic`: Anthropic had counted up to 2026-11-06T22:00:00Z; days from 2026-11-06 on are not known yet",
  ]);
});

test("the day on which Anthropic was still counting is known where it has a row, and of several answers the one counted least decides", async () => {
  const uses = [use, { ...use, day: "2026-11-06" }];
  const refreshedAt = "2026-11-04T22:00:00Z";
  expect((await read(await start({ uses, refreshedAt }))).ranges).toEqual([{ start: "2026-08-11", end: "2026-11-07" }]);
  const said = async (first: string | null, others: string | null) => {
    const server = await start({ uses: [] });
    const page = (data_refreshed_at: string | null) => ({ body: JSON.stringify({ data: [], has_more: false, data_refreshed_at }) });
    server.failWith((n, { path }) => (path.includes("/analytics/") ? page(n === 1 ? first : others) : null));
    return (await read(server)).ranges[0]?.end;
  };
  expect(await said("2026-11-06T01:00:00Z", "2026-11-08T01:00:00Z")).toBe("2026-11-06");
  expect(await said("2026-11-08T01:00:00Z", "2026-11-06T01:00:00Z")).toBe("2026-11-06");
  expect(await said(null, "2026-11-06T01:00:00Z")).toBe("2026-11-06");
  expect(await said("2026-11-06T01:00:00Z", null)).toBe("2026-11-06");
  expect(await said("soon", "soon")).toBe("2026-11-09");
});

test("tokens of days whose costs are not counted yet are left out: the days would look free", async () => {
  const server = await start({ uses: [use], refreshedAt: "2026-11-06T22:00:00Z" });
  const group = { model: "claude-opus-5-5", workspace_id: null, api_key_id: null };
  const cache = { cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 }, cache_read_input_tokens: 0 };
  const usage = { uncached_input_tokens: 7, ...cache, output_tokens: 1, requests: 1 };
  const data = ["2026-11-05", "2026-11-06"].map((day) => ({ starting_at: `${day}T00:00:00Z`, group, usage }));
  const early = (query: URLSearchParams) => (query.get("starting_at") ?? "") < "2026-10";
  server.failWith((_, { path, query }) =>
    path.includes("/analytics/usage") ? { body: JSON.stringify({ data: early(query) ? [] : data, has_more: false }) } : null,
  );
  const { charges } = await read(server);
  expect(charges.map(({ day, billed, inputTokens, project, apiKey }) => [day, billed, inputTokens, project, apiKey])).toEqual([
    ["2026-09-01", 1_234_500n, null, "Support", "production"],
    ["2026-11-05", 0n, 7, "", ""],
  ]);
});

test.each([true, false])("groups that do not add up to the whole are refused, where the newer reports are there: %s", async (analytics) => {
  const server = await start({ uses: [use], analytics });
  const empty = { body: '{"data":[],"has_more":false,"data_refreshed_at":null}' };
  const isWhole = (path: string, query: URLSearchParams) => /cost/.test(path) && !query.has("group_by[]");
  server.failWith((_, { path, query }) => (isWhole(path, query) ? empty : null));
  expect((await refusalOf(read(server))).message).toBe("Anthropic gives 1.2345 for 2026-09-01 in groups, but 0 in total");
});

test("names beyond the first page, and those of archived workspaces, are found; ids are shown where they are refused", async () => {
  const server = await start({ uses: [use] });
  const pages = [
    { data: [{ id: "wrkspc_z", name: "Other" }], has_more: true, last_id: "wrkspc_z" },
    { data: [{ id: "wrkspc_a", name: "Archived" }], has_more: false, last_id: "wrkspc_a" },
  ];
  server.failWith((_, { path, query }) =>
    path.includes("/workspaces") ? { body: JSON.stringify(pages[query.get("after_id") === "wrkspc_z" ? 1 : 0]) } : null,
  );
  expect((await read(server)).charges.map(({ project }) => project)).toEqual(["Archived"]);
  const asked = server.asked.filter(({ path }) => path.includes("/workspaces")).map(({ query }) => String(query));
  expect(asked).toEqual(["include_archived=true&limit=100", "include_archived=true&limit=100&after_id=wrkspc_z"]);
  server.failWith((_, { path }) => (/workspaces|api_keys/.test(path) ? { status: 403 } : null));
  const { charges, warnings } = await read(server);
  expect(charges.map(({ project, apiKey }) => [project, apiKey])).toEqual([["wrkspc_a", "apikey_1"]]);
  expect(warnings).toEqual([
    expect.stringContaining("shows ids of workspaces instead of names"),
    expect.stringContaining("shows ids of keys instead of names"),
  ]);
});

test("an organization without anything answers for every day", async () => {
  for (const analytics of [true, false]) {
    const { charges, ranges } = await read(await start({ uses: [], analytics }));
    expect(charges).toEqual([]);
    expect(ranges).toEqual([{ start: "2026-08-11", end: "2026-11-09" }]);
  }
});

test("an ordinary key is refused, with the kind that is needed", async () => {
  const problem = await refusalOf(read(await start(), { env: { ANTHROPIC_ADMIN_KEY: "sk-ant-api03-abcdefghijkl" } }));
  expect(problem.message).toContain("Authentication method not allowed");
  expect(problem.remedy).toContain("an Admin key (sk-ant-admin…), made at https://platform.claude.com/settings/admin-keys");
});

test("a token of a federation is sent as one", async () => {
  const server = await start();
  await refusalOf(read(server, { env: { ANTHROPIC_ADMIN_KEY: "sk-ant-oat01-abcdefghijkl" } }));
  expect(server.asked[0]?.headers).toMatchObject({ authorization: "Bearer sk-ant-oat01-abcdefghijkl" });
  expect(server.asked[0]?.headers["x-api-key"]).toBeUndefined();
});
