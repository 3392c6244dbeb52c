import { afterEach, describe, expect, test } from "vitest";
import { attributed } from "../../../src/core/attribution/attribution.ts";
import type { Charge } from "../../../src/core/ledger/charge.ts";
import { microsText, sum } from "../../../src/core/money.ts";
import { sourceSchema } from "../../../src/sources/index.ts";
import { adminKey } from "../../support/vendors/anthropic.ts";
import { claudeCodeApi, type ClaudeCodeUse, claudeCodeUses } from "../../support/vendors/claude-code.ts";
import { startVendor, type VendorServer } from "../../support/vendors/server.ts";
import { readEntry, refusalOf } from "../support.ts";

const servers: VendorServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(uses = claudeCodeUses): Promise<VendorServer> {
  const server = await startVendor(claudeCodeApi(uses));
  servers.push(server);
  return server;
}

const read = (server: VendorServer, entry: object = {}) =>
  readEntry(
    "/",
    { type: "anthropic", report: "claude-code", baseUrl: server.url, ...entry },
    { asOf: "2026-11-09", lastDay: "2026-11-08", env: { ANTHROPIC_ADMIN_KEY: adminKey } },
  );
const use = { ...claudeCodeUses[25], day: "2026-11-05" } as ClaudeCodeUse;
const person = { ...use, email: "Octocat@example.com " };

test("a day is asked for at a time, with the most records of a page, and read to the end", async () => {
  const server = await start(Array.from({ length: 1100 }, (_, n) => ({ ...use, key: `ci-${n}`, cents: 1 })));
  const { charges } = await read(server);
  expect([charges.length, microsText(sum(charges.map(({ billed }) => billed)))]).toEqual([1100, "11"]);
  const days = ["02", "03", "04", "05", "05", "06", "07", "08"].map((day) => `starting_at=2026-11-${day}&limit=1000`);
  expect(server.asked.map(({ query }) => String(query).replace("&page=page_1000", "")).sort()).toEqual(days);
});

test("amounts are cents, of a fraction too; the four counters share no token; there are no requests", async () => {
  const { charges } = await read(await start([use]));
  expect(charges).toMatchObject([
    {
      provider: "Anthropic",
      service: "Claude Code",
      model: "claude-opus-5-5",
      apiKey: "ci",
      account: "",
      billed: 1_234_500n,
      estimated: true,
      inputTokens: 100,
      cacheReadTokens: 400,
      cacheWriteTokens: 30,
      outputTokens: 50,
      requests: null,
    },
  ]);
});

describe("people", () => {
  test.each([
    [undefined, ""],
    ["hashed", "user-71a56620cb78"],
    ["email", "octocat@example.com"],
  ])("with users: %s stand as %o", async (users, account) => {
    const { charges } = await read(await start([person]), users === undefined ? {} : { users });
    expect(charges).toMatchObject([{ account, apiKey: "" }]);
  });

  test("whose address is the name of a key stand nowhere either", async () => {
    const { charges } = await read(await start([{ ...use, key: "octocat@example.com" }]));
    expect(charges).toMatchObject([{ account: "", apiKey: "" }]);
  });

  test("who cannot be told apart are one row a model", async () => {
    const { charges } = await read(await start([person, { ...person, email: "hubot@example.com", cents: 10 }]));
    expect(charges).toMatchObject([{ billed: 1_334_500n, outputTokens: 100 }]);
  });
});

describe("no money", () => {
  const billOf = (share: Charge): Charge => ({
    ...share,
    provider: "Anthropic",
    service: "Claude API",
    source: "anthropic",
    estimated: false,
    billed: 2_000_000n,
    effective: 2_000_000n,
    inputTokens: null,
    cacheReadTokens: null,
    cacheWriteTokens: null,
    outputTokens: null,
  });

  test("API usage splits Anthropic's bill and adds nothing; what a subscription covers takes no part of it", async () => {
    const uses = [use, { ...use, model: "claude-haiku-5", subscription: "team" }];
    const { charges } = await read(await start(uses), { name: "claude-code" });
    expect(charges.map(({ provider }) => provider).sort()).toEqual(["Anthropic", "Claude subscription"]);
    const sources = [{ name: "anthropic" }, { name: "claude-code", counts: "attribution" as const }];
    const allocate = ({ source }: Charge) => ({ feature: source === "claude-code" ? "Development" : "", customer: "", team: "" });
    const all = [...charges.map(billOf), ...charges];
    const { money, parts, allocate: of } = attributed(all, sources, allocate, "billed");
    expect(sum(money.map(({ billed }) => billed))).toBe(4_000_000n);
    const split = parts.map((part) => [part.model, of(part).feature, microsText(part.billed)].join()).sort();
    expect(split).toEqual(["claude-haiku-5,,2", "claude-opus-5-5,,0.7655", "claude-opus-5-5,Development,1.2345"]);
  });

  test("its entry is attribution, whatever it says; the entry for costs is as it was", () => {
    const parse = (entry: object) => sourceSchema().safeParse({ type: "anthropic", ...entry });
    expect(parse({ report: "claude-code" }).data).toMatchObject({ counts: "attribution" });
    expect(parse({ report: "claude-code", counts: "money" }).error?.issues[0]?.message).toContain("never added to a bill");
    expect(parse({}).data).not.toHaveProperty("counts");
    expect(parse({ counts: "money" }).data).toMatchObject({ report: "costs", counts: "money" });
  });
});

test("a record of another day is refused, and so is a second currency", async () => {
  const server = await start([use]);
  const moved = { data: [{ date: "2026-11-01T00:00:00Z", actor: {}, customer_type: "api", model_breakdown: [] }], has_more: false };
  server.failWith((n) => (n === 1 ? { body: JSON.stringify(moved) } : null));
  expect((await refusalOf(read(server))).message).toContain("a record of another day");
  const mixed = await start([use, { ...use, key: "other", currency: "EUR" }]);
  expect((await refusalOf(read(mixed))).message).toContain("EUR and USD");
});

test("an organization where nobody used it answers for every day", async () => {
  expect(await read(await start([]))).toMatchObject({ charges: [], ranges: [{ start: "2026-11-02", end: "2026-11-09" }], warnings: [] });
});
