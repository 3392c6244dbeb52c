import { afterEach, describe, expect, test } from "vitest";
import { microsText, sum } from "../../../src/core/money.ts";
import { modelOf } from "../../../src/sources/openrouter/read.ts";
import { type Account, labId, managementKey, openRouterAccount, openRouterApi, use } from "../../support/vendors/openrouter.ts";
import { startVendor, type VendorServer } from "../../support/vendors/server.ts";
import { readEntry, refusalOf, type Setting } from "../support.ts";

const servers: VendorServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(account: Partial<Account> = {}): Promise<VendorServer> {
  const server = await startVendor(openRouterApi({ ...openRouterAccount, ...account }));
  servers.push(server);
  return server;
}

const read = (server: VendorServer, setting: Setting = {}) =>
  readEntry(
    "/",
    { type: "openrouter", baseUrl: server.url },
    { asOf: "2026-11-09", env: { OPENROUTER_API_KEY: managementKey }, ...setting },
  );

test.each([
  ["openai/gpt-4.1", "openai/gpt-4.1-2025-04-14", "openai/gpt-4.1-2025-04-14"],
  ["qwen/qwen4:free", "qwen/qwen4", "qwen/qwen4:free"],
  ["openai/gpt-4.1:batch", "openai/gpt-4.1-2025-04-14:batch", "openai/gpt-4.1-2025-04-14:batch"],
])("the model %s of %s is %s", (model, model_permaslug, name) => {
  expect(modelOf({ model, model_permaslug })).toBe(name);
});

describe("charges", () => {
  test("are by provider, model, workspace and key; what deleted keys did stays without one", async () => {
    const { charges } = await read(await start());
    const shown = charges
      .filter(({ day, estimated }) => day === "2026-10-30" && !estimated)
      .map(({ service, project, apiKey, billed, requests }) => [service, project, apiKey, microsText(billed), requests]);
    expect(shown).toEqual([
      ["Azure", "Lab", "research", "0.000002", 5],
      ["OpenAI", "Production", "", "0.1", 5],
      ["OpenAI", "Production", "support", "0.015", 5],
    ]);
  });

  test("what own keys cost at the provider is said and not counted: a share of the provider's bill, without tokens, as they stand beside it", async () => {
    const { charges, warnings } = await read(await start({ uses: [{ ...use, usage: 0.05, own: 12.5 }] }));
    const owner = { model: "openai/gpt-4.1-2025-04-14", project: "Production", apiKey: "support", apiKeyId: "aa11" };
    const none = { requests: null, inputTokens: null, outputTokens: null };
    expect(charges).toMatchObject([
      { provider: "OpenAI", service: "OpenRouter", billed: 0n, effective: 0n, list: 12_500_000n, estimated: true, ...owner, ...none },
      { provider: "OpenRouter", service: "OpenAI", billed: 50_000n, effective: 50_000n, estimated: false, ...owner, requests: 5 },
    ]);
    expect(warnings[0]).toBe("source `openrouter`: 12.5 USD of usage with keys of your own is billed by their providers and not counted");
  });

  test("what was charged is the same to the micro-unit, whatever own keys cost", async () => {
    const uses = ["aa11", "bb22", "gone"].map((key, index) => ({ ...use, key, usage: 0.0000004 * (index + 1), own: 0 }));
    const paid = async (own: number) => {
      const { charges } = await read(await start({ uses: uses.map((item) => ({ ...item, own })) }));
      return charges.filter(({ list }) => list === undefined);
    };
    expect(await paid(0.0000007)).toEqual(await paid(0));
  });

  test("a free model is a line with its tokens at no cost", async () => {
    const { charges } = await read(await start());
    expect(charges.find(({ model }) => model.endsWith(":free"))).toMatchObject({ billed: 0n, inputTokens: 50, outputTokens: 125 });
  });
});

describe("the last thirty days", () => {
  test("are all that there is, without today; the ledger keeps the days before", async () => {
    const { ranges, warnings } = await read(await start(), { lastDay: null });
    expect(ranges).toEqual([{ start: "2026-10-10", end: "2026-11-09" }]);
    expect(warnings.filter((warning) => warning.includes("ledger"))).toEqual([]);
  });

  test("reach back from today: a late run leaves the days alone that are out of reach", async () => {
    const { ranges, charges, warnings } = await read(await start({ today: "2026-11-25" }), { lastDay: "2026-10-20" });
    expect(ranges).toEqual([{ start: "2026-10-30", end: "2026-11-09" }]);
    expect(charges.every(({ day }) => day >= "2026-10-30")).toBe(true);
    expect(warnings.at(-1)).toContain("says nothing of 2026-10-14 to 2026-10-29: these days stay as the ledger has them");
  });

  test("out of reach altogether nothing is delivered", async () => {
    const { ranges, charges } = await read(await start(), { asOf: "2026-10-08", lastDay: "2026-10-06" });
    expect([ranges, charges]).toEqual([[], []]);
  });

  test.each([
    [null, "2026-10-10"],
    ["2026-11-05", "2026-11-06"],
  ])("without any activity and with the last charge on %s, days from %s on are known to hold nothing", async (lastDay, first) => {
    const { ranges, charges } = await read(await start({ uses: [] }), { lastDay });
    expect([charges, ranges]).toEqual([[], [{ start: first, end: "2026-11-09" }]]);
  });
});

describe("keys", () => {
  test("are asked for in each workspace, page by page, each that was ever used", async () => {
    const keys = Array.from({ length: 205 }, (_, n) => ({ hash: `k${n}`, name: `key ${n}`, workspace: labId, usage: n === 204 ? 1 : 0 }));
    const server = await start({ keys, uses: [{ ...use, workspace: labId, key: "k204" }] });
    expect((await read(server)).charges.map(({ apiKey }) => apiKey)).toEqual(["key 204"]);
    expect(server.asked.filter(({ path }) => path === "/keys").map(({ query }) => query.get("offset"))).toEqual(["0", "100", "200", "205"]);
    expect(server.asked.filter(({ query }) => query.has("api_key_hash"))).toHaveLength(1);
  });

  test("disabled ones are listed too, and those that were used with keys of your own alone", async () => {
    const server = await start({ uses: [{ ...use, usage: 0, own: 2 }] });
    const key = { hash: "aa11", name: "support", usage: 0, byok_usage: 2 };
    server.failWith((_, { path, query }) =>
      path === "/keys" && query.get("include_disabled") === "true" && query.get("offset") === "0"
        ? { body: JSON.stringify({ data: [key] }) }
        : null,
    );
    expect(new Set((await read(server)).charges.map(({ apiKey }) => apiKey))).toEqual(new Set(["support"]));
  });

  test("stand beside ids of workspaces, with a warning, where names of these are refused", async () => {
    const server = await start({ uses: [use] });
    server.failWith((_, { path }) => (path === "/workspaces" ? { status: 403 } : null));
    const { charges, warnings } = await read(server);
    expect(charges.map(({ project, apiKey }) => [project, apiKey])).toEqual([[use.workspace, "support"]]);
    expect(warnings[0]).toContain("shows ids of workspaces instead of names");
  });

  test("that cannot be listed are left out, with a warning", async () => {
    const server = await start();
    server.failWith((_, { path }) => (path === "/keys" ? { status: 403 } : null));
    const { charges, warnings } = await read(server);
    expect(microsText(sum(charges.map(({ billed }) => billed)))).toBe("3.365002");
    expect(warnings[0]).toContain("shows ids of keys instead of names");
  });

  test("that did more than all together are not shown", async () => {
    const server = await start({ uses: [use] });
    const row = JSON.stringify({
      data: [
        {
          date: use.date,
          model: use.model,
          model_permaslug: use.permaslug,
          endpoint_id: "x",
          provider_name: "OpenAI",
          usage: 0.015,
          byok_usage_inference: 0,
          requests: 5,
          prompt_tokens: 50,
          completion_tokens: 125,
          workspace_id: use.workspace,
        },
      ],
    });
    server.failWith((_, { query }) => (query.has("api_key_hash") ? { body: row } : null));
    const { charges, warnings } = await read(server);
    expect(charges).toMatchObject([{ apiKey: "", billed: 15_000n }]);
    expect(warnings[0]).toBe("source `openrouter` shows no keys: OpenRouter gives more for them than in total");
  });
});

describe("refused", () => {
  test("workspaces that do not add up to the whole", async () => {
    const server = await start();
    server.failWith((n) => (n === 2 ? { body: '{"data":[]}' } : null));
    expect((await refusalOf(read(server))).message).toContain("in groups, but 0 in total");
  });

  test("a key for inference, with the kind that is needed", async () => {
    const problem = await refusalOf(read(await start(), { env: { OPENROUTER_API_KEY: "sk-or-v1-inference-4c8e1a" } }));
    expect(problem.message).toContain("Only management keys can perform this operation");
    expect(problem.remedy).toContain("https://openrouter.ai/settings/management-keys");
  });

  test("a date that is none, by its field", async () => {
    const server = await start();
    server.failWith(() => ({ body: '{"data":[{"date":"30.10.2026"}]}' }));
    expect((await refusalOf(read(server))).message).toContain("data[0].date is not a day");
  });
});
