import { afterEach, describe, expect, test } from "vitest";
import { microsText, sum } from "../../../src/core/money.ts";
import { type Activity, liteLlmApi, liteLlmProxy, type Proxy, proxyKey } from "../../support/vendors/litellm.ts";
import { startVendor, type VendorServer } from "../../support/vendors/server.ts";
import { readEntry, refusalOf, type Setting } from "../support.ts";

const servers: VendorServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(proxy: Partial<Proxy> = {}): Promise<VendorServer> {
  const server = await startVendor(liteLlmApi({ ...liteLlmProxy, ...proxy }));
  servers.push(server);
  return server;
}

const env = { LITELLM_API_KEY: proxyKey };
const read = (server: VendorServer, setting: Setting = {}, entry: object = {}) =>
  readEntry("/", { type: "litellm", baseUrl: server.url, ...entry }, { asOf: "2026-11-09", env, ...setting });
const row: Activity = {
  date: "2026-11-02",
  model: "gpt-5.4-mini",
  provider: "openai",
  key: "88dc28d0f030c55e",
  spend: 1,
  prompt: 100,
  read: 60,
  written: 10,
  completion: 5,
  requests: 4,
};
const part = (more: Partial<Activity> & { tag: string }) => ({ ...row, ...more });

test("cached and cache-written tokens are taken out of the prompt once; failed requests and savings are left out", async () => {
  const { charges } = await read(await start({ rows: [row] }));
  expect(charges).toMatchObject([
    { inputTokens: 30, cacheReadTokens: 60, cacheWriteTokens: 10, outputTokens: 5, requests: 4, billed: 1_000_000n, estimated: true },
  ]);
});

test("providers by the names of their bills, keys by alias, teams by name", async () => {
  const { charges } = await read(await start());
  const named = charges.map(({ day, provider, model, apiKey, project }) => [day, provider, model, apiKey, project].join(" | "));
  expect(named).toEqual(
    expect.arrayContaining([
      "2026-08-11 | OpenAI | gpt-5.4-mini | search-production | Search",
      "2026-10-30 | AWS | claude-sonnet-5 | b1946ac92492d234 | ",
      "2026-10-30 | Anthropic | claude-sonnet-5 | b1946ac92492d234 | ",
    ]),
  );
});

describe("breakdowns are views of the same money", () => {
  test("one is added up; what it leaves out of the day stands on a row of its own", async () => {
    const { charges } = await read(await start());
    const day = charges.filter((charge) => charge.day === "2026-11-08");
    expect(day.map(({ provider, model, billed }) => [provider, model, microsText(billed)])).toEqual([
      ["LiteLLM", "", "0.5"],
      ["OpenAI", "gpt-5.4-mini", "2.125"],
    ]);
  });

  test("a model of several providers is asked for alone", async () => {
    const server = await start();
    await read(server);
    expect(server.asked.flatMap(({ query }) => query.get("model") ?? [])).toEqual(["claude-sonnet-5", "gpt-5.4-mini"]);
  });

  test("more than the day in total is refused", async () => {
    const server = await start();
    const body = JSON.stringify({
      results: [
        {
          date: "2026-10-30",
          metrics: { spend: 1 },
          breakdown: { models: { m: { metrics: { spend: 3 }, api_key_breakdown: { k: { metrics: { spend: 3 } } } } } },
        },
      ],
      metadata: { page: 1, has_more: false },
    });
    server.failWith((n) => (n === 1 ? { body } : null));
    expect((await refusalOf(read(server))).message).toContain("more for 2026-10-30 by model and key than in total");
  });
});

test("pages beyond the largest are followed, a day on two pages is one; a time zone is never sent", async () => {
  const rows = Array.from({ length: 1500 }, (_, n) => ({ ...row, key: `key${n % 2}`, spend: 0.01 }));
  const server = await start({ rows });
  const { charges } = await read(server);
  expect(charges.map(({ billed }) => microsText(billed))).toEqual(["7.5", "7.5"]);
  expect(server.asked.map(({ query }) => `${query.get("page_size")} ${query.get("page")} ${query.get("end_date")}`).slice(0, 2)).toEqual([
    "1000 1 2026-11-08",
    "1000 2 2026-11-08",
  ]);
});

describe("tags", () => {
  const tags = { tagKeys: ["feature"] };
  test("of one key tell rows apart, what bears none stays without", async () => {
    const server = await start({
      rows: [row],
      tags: [
        part({ tag: "feature:search", spend: 0.6, prompt: 60, read: 40, written: 0, completion: 3, requests: 2 }),
        part({ tag: "User-Agent: curl", spend: 1 }),
      ],
    });
    const { charges, warnings } = await read(server, tags);
    expect(charges.map((charge) => [charge.tags, microsText(charge.billed), charge.inputTokens, charge.requests])).toEqual([
      ["", "0.4", 10, 2],
      ['{"feature":"search"}', "0.6", 20, 2],
    ]);
    expect(warnings).toEqual([]);
  });

  test("two of one key on the same requests are not added up", async () => {
    const server = await start({ rows: [row], tags: [part({ tag: "feature:a" }), part({ tag: "feature:b" })] });
    const { charges, warnings } = await read(server, tags);
    expect(charges.map((charge) => [charge.tags, microsText(charge.billed)])).toEqual([["", "1"]]);
    expect(warnings.join()).toContain("their requests bear several such tags");
  });

  test("with a comma cannot be asked for: they are counted in a warning", async () => {
    const server = await start({
      rows: [row],
      tags: [part({ tag: "feature:a,b", spend: 0.5, prompt: 50, read: 0, written: 0 }), part({ tag: "feature:c", spend: 0.5, prompt: 50 })],
    });
    const { charges, warnings } = await read(server, tags);
    expect(charges.map((charge) => [charge.tags, microsText(charge.billed)])).toEqual([
      ["", "0.5"],
      ['{"feature":"c"}', "0.5"],
    ]);
    expect(warnings).toEqual(["source `litellm` leaves a tag out that holds a comma: LiteLLM cannot be asked for it"]);
  });

  test("of a model that two providers serve are left out: which of them was asked nobody says", async () => {
    const rows = [row, { ...row, provider: "azure" }];
    const { charges, warnings } = await read(await start({ rows, tags: [part({ tag: "feature:a", spend: 0.5, prompt: 80 })] }), tags);
    expect(charges.map((charge) => [charge.provider, charge.tags, microsText(charge.billed)])).toEqual([
      ["Microsoft Azure", "", "1"],
      ["OpenAI", "", "1"],
    ]);
    expect(warnings).toEqual([]);
  });

  test("are not asked for where nothing reads them", async () => {
    const server = await start({ rows: [row], tags: [part({ tag: "feature:a" })] });
    await read(server);
    expect(server.asked.filter(({ path }) => path.startsWith("/tag/"))).toEqual([]);
  });

  test("of another key, where the configuration says so", async () => {
    const server = await start({ rows: [row], tags: [part({ tag: "customer:acme" })] });
    const { charges } = await read(server, { tagKeys: ["customer", "team"] }, { tagKey: "customer" });
    expect(charges.map((charge) => charge.tags)).toEqual(['{"customer":"acme","team":"Search"}']);
  });

  test("that cannot be read leave the money as it is, with a warning", async () => {
    const server = await start();
    server.failWith((_, { path }) => (path.startsWith("/tag/") ? { status: 404, body: "{}" } : null));
    const { charges, warnings } = await read(server, tags);
    expect(microsText(sum(charges.map(({ billed }) => billed)))).toBe("15.325");
    expect(warnings.join()).toContain("shows no tags");
  });
});

test("days that were not asked for are not counted; a prompt that is less than what was cached is none", async () => {
  const server = await start();
  const metrics = { spend: 1, prompt_tokens: 5, cache_read_input_tokens: 7, successful_requests: 1 };
  const models = { m: { metrics, api_key_breakdown: { k: { metrics } } } };
  const day = (date: string) => ({ date, metrics, breakdown: { models } });
  const results = ["2026-10-31", "2026-11-02", "2026-11-09"].map(day);
  server.failWith(() => ({ body: JSON.stringify({ results, metadata: { page: 1, has_more: false } }) }));
  const { charges } = await read(server, { lastDay: "2026-11-07" });
  expect(
    charges.map(({ day, provider, apiKey, inputTokens, cacheReadTokens }) => [day, provider, apiKey, inputTokens, cacheReadTokens]),
  ).toEqual([["2026-11-02", "LiteLLM", "k", 0, 7]]);
});

test.each([
  [{ spend: 0 }, false],
  [{ spend: 1e-10 }, false],
  [{ spend: -1e-10 }, false],
  [{ spend: 2e-9 }, true],
  [{ spend: 0, prompt_tokens: 1 }, true],
  [{ spend: 0, completion_tokens: 1 }, true],
  [{ spend: 0, successful_requests: 1 }, true],
])("what rows leave of a day is a row of its own unless it is dust: %o", async (more, isRow) => {
  const server = await start();
  const of = { spend: 1, prompt_tokens: 10, completion_tokens: 5, successful_requests: 2 };
  const total = Object.fromEntries(
    Object.entries(of).map(([name, count]) => [name, count + ((more as Record<string, number>)[name] ?? 0)]),
  );
  const models = { m: { metrics: of, api_key_breakdown: { k: { metrics: of } } } };
  const results = [{ date: "2026-11-02", metrics: total, breakdown: { models, providers: { openai: { metrics: of } } } }];
  server.failWith(() => ({ body: JSON.stringify({ results, metadata: { page: 1, has_more: false } }) }));
  const { charges } = await read(server);
  expect(charges.map(({ provider }) => provider)).toEqual(isRow ? ["LiteLLM", "OpenAI"] : ["OpenAI"]);
});

test.each(["spend", "prompt_tokens", "completion_tokens"])("rows with more %s than their day are refused", async (field) => {
  const server = await start();
  const of = { spend: 1, prompt_tokens: 10, completion_tokens: 5, successful_requests: 2 };
  const more = { ...of, [field]: of[field as keyof typeof of] + 1 };
  const models = { m: { metrics: more, api_key_breakdown: { k: { metrics: more } } } };
  const results = [{ date: "2026-11-02", metrics: of, breakdown: { models } }];
  server.failWith(() => ({ body: JSON.stringify({ results, metadata: { page: 1, has_more: false } }) }));
  expect((await refusalOf(read(server))).message).toContain("more for 2026-11-02 by model and key than in total");
});

test("ids of teams are shown, with a warning, where their names are refused", async () => {
  const server = await start({ rows: [row] });
  server.failWith((_, { path }) => (path === "/team/list" ? { status: 403 } : null));
  const { charges, warnings } = await read(server);
  expect(charges.map(({ project, projectId }) => [project === "", projectId])).toEqual([[false, undefined]]);
  expect(warnings).toEqual([expect.stringContaining("shows ids of teams instead of names")]);
});

test("another address is needed, not assumed", async () => {
  expect(() => readEntry("/", { type: "litellm" }, { env })).toThrow(/expected an address such as http:\/\/localhost:4000/);
});
