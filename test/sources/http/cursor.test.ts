import { afterEach, describe, expect, test } from "vitest";
import { microsText, sum } from "../../../src/core/money.ts";
import { isCharged } from "../../../src/sources/cursor/read.ts";
import { cursorApi, cursorTeam, included, onDemand, type Team, teamKey } from "../../support/vendors/cursor.ts";
import { startVendor, type VendorServer } from "../../support/vendors/server.ts";
import { readEntry, readInRun, refusalOf, type Setting } from "../support.ts";

const servers: VendorServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(team: Partial<Team> = {}): Promise<VendorServer> {
  const server = await startVendor(cursorApi({ ...cursorTeam, ...team }));
  servers.push(server);
  return server;
}

const read = (server: VendorServer, entry: object = {}, setting: Setting = {}) =>
  readEntry(
    "/",
    { type: "cursor", baseUrl: server.url, ...entry },
    { asOf: "2026-11-09", env: { CURSOR_API_KEY: teamKey }, lastDay: "2026-11-07", ...setting },
  );
const recent = { ...onDemand, at: "2026-11-05T12:00:00.000Z" };
const bodies = (server: VendorServer) => server.asked.map(({ body }) => JSON.parse(body) as Record<string, number>);

test.each([
  ["Usage-based", true, true],
  ["USAGE_EVENT_KIND_USAGE_BASED", undefined, true],
  ["Included in Business", false, false],
  ["Included in Business", true, false],
  ["USAGE_EVENT_KIND_INCLUDED_IN_BUSINESS", undefined, false],
  ["Errored, Not Charged", false, false],
  ["a kind that is new", true, true],
])("an event of kind %o with isChargeable %o is charged: %o", (kind, isChargeable, charged) => {
  expect(isCharged({ kind, isChargeable })).toBe(charged);
});

describe("charges", () => {
  test("included usage bears an amount, is shown at no cost, and is said", async () => {
    expect((await read(await start({ events: [recent] }))).warnings).toEqual([]);
    const { charges, warnings } = await read(await start({ events: [recent, { ...included, at: recent.at }] }));
    expect(charges).toMatchObject([
      { service: "Included usage", billed: 0n, effective: 0n, requests: 1, cacheReadTokens: 40 },
      { service: "On-demand usage", billed: 123_450n, requests: 1, model: "claude-opus-5-5" },
    ]);
    expect(warnings).toEqual([
      "source `cursor`: 0.08 USD of usage is included in the plan and not counted (2026-11-01 to 2026-11-08); its seats are on no API",
    ]);
  });

  test("requests are counted as events, not as Cursor's units of them; cents as parts of a dollar", async () => {
    const { charges } = await read(await start({ events: [recent, recent, { ...recent, model: "b", tokens: null, cents: 0.0001 }] }));
    expect(charges.map(({ requests, billed, inputTokens }) => [requests, billed, inputTokens])).toEqual([
      [1, 1n, null],
      [2, 246_900n, 20],
    ]);
  });

  test.each([
    [{}, ""],
    [{ users: "hashed" }, "user-5339c2a4fb8a"],
    [{ users: "email" }, "octo.cat@example.com"],
  ])("with %o the account is %o", async (entry, account) => {
    const delivery = await read(await start({ events: [recent] }), entry);
    expect(delivery.charges[0]?.account).toBe(account);
    const said = JSON.stringify(delivery.charges.map(({ billed, effective, ...rest }) => [rest, String(billed), String(effective)]));
    expect(said.includes("@")).toBe("users" in entry && entry.users === "email");
  });

  test("a team without an event answers for every day", async () => {
    const { charges, ranges, settledThrough } = await read(await start({ events: [] }));
    expect(charges).toEqual([]);
    expect(ranges).toEqual([{ start: "2026-11-01", end: "2026-11-09" }]);
    expect(settledThrough).toBe("2026-11-07");
  });
});

describe("what is asked for", () => {
  test("the size of a page is always set, and 30 days are never exceeded", async () => {
    const server = await start();
    await read(server, {}, { lastDay: null });
    const events = bodies(server).filter(({ startDate }) => startDate !== undefined);
    expect(events.map(({ page, pageSize }) => [page, pageSize])).toEqual(Array.from({ length: 3 }, () => [1, 1000]));
    expect(events.every(({ startDate = 0, endDate = 0 }) => endDate - startDate <= 30 * 86_400_000)).toBe(true);
  });

  test("every page is read", async () => {
    const events = Array.from({ length: 2500 }, (_, n) => ({ ...recent, at: new Date(Date.parse(recent.at) + n).toISOString(), cents: 1 }));
    const server = await start({ events });
    expect(microsText(sum((await read(server)).charges.map(({ billed }) => billed)))).toBe("25");
    expect(bodies(server).map(({ page }) => page)).toEqual([1, 2, 3]);
  });
});

describe("twenty requests a minute", () => {
  /** How long each request came after the one before, in a world whose minute takes 0.3 seconds. */
  const pauses = async (from: string, inRun: boolean, events: Team["events"] = []) => {
    const api = cursorApi({ ...cursorTeam, events });
    const times: number[] = [];
    const server = await startVendor({ ...api, refusalOf: (asked) => (times.push(performance.now()), api.refusalOf(asked)) });
    servers.push(server);
    const setting = { asOf: "2026-11-09", env: { CURSOR_API_KEY: teamKey }, lastDay: from, second: 5 };
    await (inRun ? readInRun : readEntry)("/", { type: "cursor", baseUrl: server.url }, setting);
    const ofEvents = times.filter((_, index) => server.asked[index]?.path !== "/teams/spend");
    return ofEvents.map((time, index) => time - (ofEvents[index - 1] ?? time) > 200);
  };

  test("are let through at once, the next one after a minute", async () => {
    const found = await pauses("2025-03-01", false);
    expect(found.flatMap((waited, index) => (waited ? [index] : []))).toEqual([20]);
  });

  test("of a piece that others were read before only one is made at once", async () => {
    const events = Array.from({ length: 1001 }, (_, n) => ({ ...recent, at: new Date(Date.parse(recent.at) + n).toISOString() }));
    expect(await pauses("2026-09-20", true, events)).toEqual([false, false, true]);
  });
});

test.each(["at", "email", "model", "kind", "cents", "tokens"])("events on two pages that differ in %s alone are two", async (field) => {
  const others = {
    at: "2026-11-05T11:59:59.999Z",
    email: "a@b.example",
    model: "m",
    kind: "Usage-based again",
    cents: 1234.5,
    tokens: [11, 20, 30, 40],
  };
  const other = { ...recent, [field]: others[field as keyof typeof others] } as typeof recent;
  const events = [recent, ...Array.from({ length: 999 }, () => ({ ...included, at: "2026-11-05T12:00:00.000Z", model: "between" })), other];
  const { charges } = await read(await start({ events }));
  expect(charges.reduce((total, { requests }) => total + (requests ?? 0), 0)).toBe(1001);
});

test("the total that Cursor names may change no more than be left out", async () => {
  const server = await start();
  const event = { timestamp: "1793880000000", model: "m", kind: "Usage-based", chargedCents: 1 };
  const page = (n: number, total: object) => ({
    body: JSON.stringify({
      usageEvents: [{ ...event, model: `m${n}` }],
      pagination: { currentPage: n, hasNextPage: n < 2 },
      ...total,
    }),
  });
  server.failWith((n) => page(n, n === 1 ? { totalUsageEventsCount: 2 } : {}));
  expect((await read(server)).charges).toHaveLength(2);
  server.failWith((n) => page(n, { totalUsageEventsCount: n + 1 }));
  expect((await refusalOf(read(server))).message).toContain("changed while they were read page by page");
});

describe("Cursor's own sum", () => {
  const spendSaid = async (spendCents: readonly number[]) => {
    const { warnings, charges } = await read(await start({ spendCents }), {}, { lastDay: null });
    expect(microsText(sum(charges.map(({ billed }) => billed)))).toBe("1.17245");
    return warnings.filter((warning) => warning.includes("own sum"));
  };

  test("is not counted, and may be more than the events: it holds today", async () => {
    expect(await spendSaid([9000])).toEqual([]);
  });

  test("less than the events is said; every page of it is added", async () => {
    expect(await spendSaid([100])).toEqual([
      "source `cursor`: the charged events of this billing cycle add up to 1.03 USD, but Cursor's own sum is 1 USD; compare with the invoice",
    ]);
    expect(await spendSaid(Array.from({ length: 103 }, () => 1))).toEqual([]);
    expect(await spendSaid(Array.from({ length: 101 }, () => 1))).toHaveLength(1);
  });

  test("is not asked for where the range holds no start of a cycle, and may be refused", async () => {
    const server = await start();
    await read(server);
    expect(server.asked.filter(({ path }) => path === "/teams/spend")).toEqual([]);
    server.failWith((_, { path }) => (path === "/teams/spend" ? { status: 403 } : null));
    const { warnings } = await read(server, {}, { lastDay: null });
    expect(warnings.at(-1)).toMatch(/^source `cursor` could not be compared with Cursor's own sum: Cursor does not let this key read/);
  });
});

describe("refused", () => {
  const page = (events: readonly object[], more: object = {}) => ({
    body: JSON.stringify({ usageEvents: events, pagination: { currentPage: 1, hasNextPage: false }, ...more }),
  });
  const event = { timestamp: "1793880000000", model: "m", kind: "Usage-based", chargedCents: 1 };

  test("fewer events than Cursor says", async () => {
    const server = await start();
    server.failWith(() => page([event], { totalUsageEventsCount: 2 }));
    const problem = await refusalOf(read(server));
    expect(problem.message).toContain("changed while they were read page by page");
    expect(problem.remedy).toContain("Run again in an hour");
  });

  test("an event that stands on two pages, where Cursor does not say how many there are", async () => {
    const server = await start();
    server.failWith((n) => page([event], { pagination: { currentPage: n, hasNextPage: n < 2 } }));
    expect((await refusalOf(read(server))).message).toContain("changed while they were read");
  });

  test("another page than the one asked for", async () => {
    const server = await start();
    server.failWith(() => page([event], { pagination: { currentPage: 1, hasNextPage: true } }));
    expect((await refusalOf(read(server))).message).toContain("asked for page 2 of its events and answered with page 1");
  });

  test("a time that is none, by its field, without the address beside it", async () => {
    const server = await start();
    server.failWith(() => page([{ ...event, timestamp: "yesterday", userEmail: "octo@example.com" }]));
    const problem = await refusalOf(read(server));
    expect(problem.message).toContain("usageEvents[0].timestamp");
    expect(JSON.stringify(problem)).not.toContain("octo@");
  });

  test("a key of another kind, with an address in the refusal taken out", async () => {
    const server = await start();
    server.failWith(() => ({ status: 403, body: '{"message":"octo@example.com is no admin"}' }));
    const problem = await refusalOf(read(server));
    expect(problem.message).toContain('"*** is no admin"');
    expect(problem.remedy).toContain("https://cursor.com/dashboard");
  });
});
