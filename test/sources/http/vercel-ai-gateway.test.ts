import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { daysBetween } from "../../../src/core/day.ts";
import { microsText } from "../../../src/core/money.ts";
import { piecesBackFrom, rangeToAsk } from "../../../src/sources/http/range.ts";
import { vercelAiGateway } from "../../../src/sources/vercel-ai-gateway/index.ts";
import { startVendor, type VendorServer } from "../../support/vendors/server.ts";
import { gatewayKey, gatewayUses, use, type Use, vercelApi } from "../../support/vendors/vercel-ai-gateway.ts";
import { readEntry, refusalOf, type Setting } from "../support.ts";

const servers: VendorServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(uses: readonly Use[] = gatewayUses): Promise<VendorServer> {
  const server = await startVendor(vercelApi(uses));
  servers.push(server);
  return server;
}

const read = (server: VendorServer, entry: object = {}, setting: Setting = {}) =>
  readEntry(
    "/",
    { type: "vercel-ai-gateway", baseUrl: server.url, ...entry },
    { asOf: "2026-11-09", env: { AI_GATEWAY_API_KEY: gatewayKey }, ...setting },
  );

describe("each request is billed", () => {
  test("so all days are asked for at once, and by model only those that something was used on", async () => {
    const server = await start();
    await read(server);
    const [first, ...rest] = server.asked.map(({ query }) => String(query));
    expect(first).toBe("start_date=2026-08-11&end_date=2026-11-08&group_by=day&date_part=day");
    expect(rest.sort()).toEqual(
      ["2026-08-11", "2026-10-30", "2026-11-01", "2026-11-08"].map((day) => `start_date=${day}&end_date=${day}&group_by=model`),
    );
  });

  test("so a gateway without use costs one request, and answers for every day", async () => {
    const server = await start([]);
    const { charges, ranges } = await read(server, {}, { lastDay: "2026-11-07" });
    expect([charges, ranges]).toEqual([[], [{ start: "2026-11-01", end: "2026-11-09" }]]);
    expect(server.asked).toHaveLength(1);
  });

  test("so the page says how many they are at first and in a week's run", () => {
    const { vendor } = vercelAiGateway;
    const requests = (lastDay: string | null) => {
      const asked = rangeToAsk(vendor, vendor, { asOf: "2026-11-09", lastDay });
      return piecesBackFrom(asked, vendor.pieceDays ?? Infinity).length + daysBetween(asked.start, asked.end);
    };
    const page = readFileSync(new URL("../../../docs/sources/vercel-ai-gateway.md", import.meta.url), "utf8");
    expect(page).toContain(`at most ${requests(null)} at first, ${requests("2026-11-01")} in a week's run`);
  });
});

describe("charges", () => {
  test("the last day of the range belongs to it for Vercel, and not to the charges", async () => {
    const { charges } = await read(await start([{ ...use, day: "2026-11-09" }]));
    expect(charges).toEqual([]);
  });

  test("tokens from and for the cache are taken out of the input once", async () => {
    const { charges } = await read(await start([use]));
    expect(charges).toMatchObject([{ inputTokens: 50, cacheReadTokens: 40, cacheWriteTokens: 10, outputTokens: 20, requests: 3 }]);
  });

  test("counts that Vercel leaves out are not known; input that is less than what was cached is none", async () => {
    const said = async (counts: object) => {
      const server = await start();
      const results = [{ day: "2026-10-30", model: "m", total_cost: 1, ...counts }];
      server.failWith(() => ({ body: JSON.stringify({ results }) }));
      return (await read(server)).charges[0];
    };
    const unknown = { requests: null, inputTokens: null, cacheReadTokens: null, cacheWriteTokens: null, outputTokens: null };
    expect(await said({})).toMatchObject(unknown);
    expect(await said({ input_tokens: 5, cached_input_tokens: 7 })).toMatchObject({ ...unknown, inputTokens: 0, cacheReadTokens: 7 });
    expect(await said({ day: "2026-10-30T00:00:00Z" })).toMatchObject({ day: "2026-10-30", billed: 1_000_000n });
  });

  test("a day without any use is not asked for again, one with money or requests alone is", async () => {
    const server = await start();
    const nothing = { total_cost: 0, market_cost: 0, input_tokens: 0, output_tokens: 0, request_count: 0 };
    const results = [
      { ...nothing, day: "2026-11-02" },
      { ...nothing, day: "2026-11-03", total_cost: 1 },
      { ...nothing, day: "2026-11-04", request_count: 1 },
    ];
    server.failWith((n, { query }) => ({
      body: JSON.stringify({ results: n === 1 ? results : results.filter(({ day }) => day === query.get("start_date")) }),
    }));
    const { warnings } = await read(server);
    expect(server.asked.slice(1).map(({ query }) => query.get("start_date"))).toEqual(["2026-11-03", "2026-11-04"]);
    expect(warnings).toEqual([]);
  });

  test("usage with own keys is a line at no cost, its list price is said and not counted", async () => {
    const { charges, warnings } = await read(await start());
    expect(charges.find(({ day }) => day === "2026-11-01")).toMatchObject({ model: "openai/gpt-5.4", billed: 0n, requests: 3 });
    expect(warnings).toEqual([
      "source `vercel-ai-gateway`: usage of 7.5 USD by list is not charged by Vercel (keys of your own, 2026-08-11 to 2026-11-08) and not counted",
    ]);
  });

  test.each([
    ["model", { model: "anthropic/claude-opus-5.5", service: "AI Gateway" }, { model: "openai/gpt-5.4", service: "AI Gateway" }],
    ["provider", { model: "", service: "anthropic" }, { model: "", service: "azure" }],
    ["tag", { project: "feature:chat" }, { project: "" }],
    ["user", { account: "customer-1" }, { account: "" }],
  ])("by %s; what has none stays without", async (groupBy, known, rest) => {
    const { charges } = await read(await start(), { groupBy });
    const day = charges.filter((charge) => charge.day === "2026-10-30");
    expect(day.map(({ billed }) => microsText(billed)).sort()).toEqual(["0.000002", "0.25"]);
    expect(day.find(({ billed }) => billed === 250_000n)).toMatchObject({ ...known, requests: 3 });
    expect(day.find(({ billed }) => billed === 2n)).toMatchObject({ ...rest, requests: 3 });
  });
});

describe("what tags and users leave of a day", () => {
  const day = { day: "2026-10-30", input_tokens: 100, output_tokens: 20, request_count: 3 };
  const rest = async (whole: object, parts: readonly object[], groupBy = "tag") => {
    const server = await start();
    server.failWith((n) => ({ body: JSON.stringify({ results: n === 1 ? [{ ...day, ...whole }] : parts }) }));
    const { charges } = await read(server, { groupBy });
    return charges.map(({ project, billed, inputTokens, outputTokens, requests }) => [
      project,
      billed,
      inputTokens,
      outputTokens,
      requests,
    ]);
  };
  const part = { tag: "a", total_cost: 1, input_tokens: 60, output_tokens: 20, request_count: 2 };

  test("is a row of its own where it is money alone, or use alone", async () => {
    expect(await rest({ total_cost: 1 }, [part])).toEqual([
      ["", 0n, 40, 0, 1],
      ["a", 1_000_000n, 60, 20, 2],
    ]);
    const all = { ...part, input_tokens: 100, request_count: 3 };
    expect(await rest({ total_cost: 1.5 }, [all])).toEqual([
      ["", 500_000n, 0, 0, 0],
      ["a", 1_000_000n, 100, 20, 3],
    ]);
    expect(await rest({ total_cost: 1 }, [all])).toEqual([["a", 1_000_000n, 100, 20, 3]]);
  });

  test("is no negative count where requests bear two tags that cost nothing", async () => {
    const free = { ...part, total_cost: 0 };
    expect(await rest({ total_cost: 1 }, [free, { ...free, tag: "b" }])).toEqual([
      ["", 1_000_000n, 0, 0, 0],
      ["a", 0n, 60, 20, 2],
      ["b", 0n, 60, 20, 2],
    ]);
  });
});

describe("refused", () => {
  test("providers that do not add up to the day", async () => {
    const server = await start([use]);
    server.failWith((n) => (n === 2 ? { body: '{"results":[{"provider":"a","total_cost":0.1}]}' } : null));
    expect((await refusalOf(read(server, { groupBy: "provider" }))).message).toContain("gives 0.1 for 2026-10-30 in groups");
  });

  test("tags that stand together on requests: they would be counted twice", async () => {
    const server = await start([{ ...use, tags: ["feature:chat", "env:prod"] }]);
    const problem = await refusalOf(read(server, { groupBy: "tag" }));
    expect(problem.message).toContain("charges less on 2026-10-30 than its tags add up to");
    expect(problem.remedy).toContain("groupBy: model");
    expect((await read(server)).charges).toHaveLength(1);
  });

  test("models that do not add up to the day", async () => {
    const server = await start([use]);
    server.failWith((n) => (n === 2 ? { body: '{"results":[{"model":"a","total_cost":0.1}]}' } : null));
    expect((await refusalOf(read(server))).message).toBe("Vercel AI Gateway gives 0.1 for 2026-10-30 in groups, but 0.25 in total");
  });

  test("a row of a day that was not asked for", async () => {
    const server = await start();
    server.failWith(() => ({ body: '{"results":[{"day":"2026-11-09","total_cost":0.1}]}' }));
    expect((await refusalOf(read(server))).message).toContain("a row of 2026-11-09, which was not asked for");
  });

  test("a team without the plan that has reports", async () => {
    const problem = await refusalOf(read(await start(), {}, { env: { AI_GATEWAY_API_KEY: "vck_hobby3Rt5Yb9Nd2VQz7" } }));
    expect(problem.message).toContain("Custom reporting is available on Pro and Enterprise plans");
    expect(problem.remedy).toContain("on a Pro or Enterprise plan");
  });
});
