import { afterEach, expect, test } from "vitest";
import { microsText, sum } from "../../../src/core/money.ts";
import { langfuseApi, langfuseProject, type Observation, publicKey, secretKey } from "../../support/vendors/langfuse.ts";
import { startVendor, type VendorServer } from "../../support/vendors/server.ts";
import { readEntry, refusalOf, type Setting } from "../support.ts";

const servers: VendorServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(observations: readonly Observation[] = langfuseProject): Promise<VendorServer> {
  const server = await startVendor(langfuseApi(observations));
  servers.push(server);
  return server;
}

const env = { LANGFUSE_SECRET_KEY: secretKey, LANGFUSE_PUBLIC_KEY: publicKey };
const read = (server: VendorServer, entry: object = {}, setting: Setting = {}) =>
  readEntry("/", { type: "langfuse", baseUrl: server.url, ...entry }, { asOf: "2026-11-09", env, tagKeys: ["feature"], ...setting });
const one = { time: "2026-11-02T10:00:00.000Z", providedModelName: "gpt-5.4-mini", traceName: "search", cost: 0.001, input: 1, output: 1 };

test("the name of a trace becomes the tag feature; the provider stays unknown, all of it is estimated", async () => {
  const { charges } = await read(await start());
  expect(charges.find(({ day }) => day === "2026-08-11")).toMatchObject({
    provider: "",
    model: "gpt-5.4-mini",
    tags: '{"feature":"search"}',
    estimated: true,
    billed: 10_500_000n,
    inputTokens: 1000,
    cacheReadTokens: null,
    outputTokens: 50,
    requests: 1,
  });
});

test("observations without a model are no requests", async () => {
  const { charges } = await read(await start());
  expect(charges.find(({ tags }) => tags === '{"feature":"import"}')).toMatchObject({ model: "", requests: null });
});

test("other dimensions become other tags, as the configuration says", async () => {
  const server = await start([{ ...one, environment: "production" }]);
  const { charges } = await read(server, { tagsFrom: { customer: "environment" } }, { tagKeys: ["customer", "team"] });
  expect(charges.map(({ tags }) => tags)).toEqual(['{"customer":"production"}']);
});

test("an answer as long as the limit is asked for again in halves, until all is there", async () => {
  const hours = Array.from({ length: 24 }, (_, n) => `2026-11-02T${String(n).padStart(2, "0")}:59:59.999Z`);
  const rows = hours.flatMap((time, hour) => Array.from({ length: 100 }, (_, n) => ({ ...one, time, providedModelName: `m${hour}-${n}` })));
  const server = await start(rows);
  const { charges } = await read(server);
  expect(charges).toHaveLength(2400);
  expect(microsText(sum(charges.map(({ billed }) => billed)))).toBe("2.4");
  expect(server.asked.length).toBeGreaterThan(6);
});

test("an hour at the limit is refused, with the key that makes it shorter", async () => {
  const rows = Array.from({ length: 1000 }, (_, n) => ({ ...one, providedModelName: `m${n}` }));
  const problem = await refusalOf(read(await start(rows)));
  expect(problem.message).toContain("1000 or more rows within an hour of 2026-11-02");
  expect(problem.remedy).toContain("tagsFrom");
});

test("it counts as attribution, and cannot be made money", async () => {
  const server = await start();
  await expect(read(server, { counts: "attribution" })).resolves.toBeDefined();
  expect(() => read(server, { counts: "money" })).toThrow(/never added to a bill/);
});

test("groups that do not add up to the whole are refused", async () => {
  const server = await start([{ ...one, cost: 1 }]);
  server.failWith((n) => (n === 2 ? { body: '{"data":[]}' } : null));
  const problem = await refusalOf(read(server, {}, { lastDay: "2026-11-07" }));
  expect(problem.message).toBe("Langfuse gives 1 for 2026-11-02 in groups, but 0 in total");
});

test("days that were not asked for are not counted", async () => {
  const server = await start([one]);
  const row = (day: string) => ({ time_dimension: `${day}T00:00:00.000Z`, providedModelName: "m", sum_totalCost: "0.5" });
  server.failWith(() => ({ body: JSON.stringify({ data: [row("2026-11-01"), row("2026-11-08"), row("2026-10-31")] }) }));
  const { charges } = await read(server, {}, { lastDay: "2026-11-07" });
  expect(charges.map(({ day, billed, inputTokens }) => [day, billed, inputTokens])).toEqual([
    ["2026-11-01", 500_000n, null],
    ["2026-11-08", 500_000n, null],
  ]);
});

test("days begin and end in UTC, a millisecond before the next, and all metrics are asked for by day", async () => {
  const server = await start([one]);
  await read(server, {}, { lastDay: "2026-11-07", tagKeys: [] });
  const asked = server.asked.map(({ query }) => JSON.parse(query.get("query") ?? "") as Record<string, unknown>);
  expect(asked.map(({ dimensions }) => dimensions)).toEqual([[{ field: "providedModelName" }], []]);
  expect(asked[0]).toMatchObject({
    fromTimestamp: "2026-11-01T00:00:00.000Z",
    toTimestamp: "2026-11-08T23:59:59.999Z",
    timeDimension: { granularity: "day" },
    filters: [],
    config: { row_limit: 1000 },
  });
});

test("observations without the tag bear none", async () => {
  const { charges } = await read(await start([{ ...one, traceName: "" }]), {}, { tagKeys: ["feature", "team"] });
  expect(charges.map(({ tags }) => tags)).toEqual([""]);
});
