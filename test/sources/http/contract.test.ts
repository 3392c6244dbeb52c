import { afterEach, describe, expect, test, vi } from "vitest";
import { addDays } from "../../../src/core/day.ts";
import type { Delivery } from "../../../src/core/ledger/delivery.ts";
import { microsText, sum } from "../../../src/core/money.ts";
import { problemText } from "../../../src/shell/report.ts";
import { sourceTypes } from "../../../src/sources/index.ts";
import { vendors } from "../../support/vendors/index.ts";
import { type Fault, startVendor, type VendorServer } from "../../support/vendors/server.ts";
import { readEntry, refusalOf, totalOf } from "../support.ts";

const remote = Object.entries(sourceTypes).flatMap(([type, { vendor }]) => (vendor ? [type] : []));
const entries = Object.entries(vendors).map(([name, vendor]) => [name, { ...vendor, type: vendor.type ?? name }] as const);
const servers: VendorServer[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) await server.close();
});

test("every source over HTTP has a server to be tested against", () => {
  expect([...new Set(entries.map(([, { type }]) => type))].sort()).toEqual(remote.sort());
});

/** Everything about a delivery as text. */
const textOf = (delivery: Delivery) => JSON.stringify(delivery, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));

const faults: Readonly<Record<string, Fault>> = {
  "401 forever": { status: 401, body: '{"error":{"message":"Incorrect API key provided: SECRET"}}' },
  "403 forever": { status: 403, body: '{"error":{"message":"Missing scopes: api.usage.read"}}' },
  "404 forever": { status: 404, body: '{"message":"no such page"}' },
  "429 forever": { status: 429, body: "slow down, SECRET", headers: { "retry-after": "7" } },
  "500 that prints what it got": {
    status: 500,
    body: '{"error":"failed","headers":{"authorization":"Bearer SECRET","x-api-key":"SECRET"}}',
  },
  "500 with half a key": { status: 500, body: "key HALF is not ours" },
  "a web page": { body: "<html><title>Sign in, SECRET</title></html>", headers: { "content-type": "text/html" } },
  "the key as answer": { body: '"SECRET"' },
  "JSON that ends early": { body: '{"data":[{"id":"SECRET"' },
  "JSON of another shape": { body: '{"data":[{"SECRET":1}],"SECRET":true}' },
  nothing: { body: "" },
  "a connection that breaks": { body: '{"data":', cut: true },
  "another host": { status: 302, headers: { location: "http://127.0.0.2:9/SECRET" } },
};

describe.each(entries)("source %s over HTTP", (_, { type, ...vendor }) => {
  const secrets = Object.values(vendor.env);
  const start = async () => {
    const server = await startVendor(vendor.api);
    servers.push(server);
    return server;
  };
  const read = (server: VendorServer, setting: object = {}, entry: object = {}) =>
    readEntry("/", { type, baseUrl: server.url, ...vendor.entry, ...entry }, { asOf: vendor.asOf, env: vendor.env, ...setting });
  const withSecret = ({ body = "", headers = {}, ...fault }: Fault): Fault => {
    const halves = secrets.map((secret) => secret.slice(0, Math.ceil(secret.length / 2)));
    const put = (text: string) => text.replaceAll("SECRET", secrets.join(" ")).replaceAll("HALF", halves.join(" "));
    return { ...fault, body: put(body), headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, put(value)])) };
  };
  const expectNoSecret = (text: string) => {
    for (const secret of secrets) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(secret.slice(0, Math.ceil(secret.length / 2)));
      expect(text).not.toContain(Buffer.from(secret).toString("base64").replace(/=+$/, ""));
    }
  };

  test("adds up to the total and to each day, in one currency, inside the range, on whole UTC days", async () => {
    const server = await start();
    const { charges, ranges, settledThrough } = await read(server);
    expect(microsText(sum(charges.map(({ billed }) => billed)))).toBe(vendor.total);
    const days = Object.entries(Object.groupBy(charges, ({ day }) => day)).map(
      ([day, list = []]) => [day, sum(list.map(({ billed }) => billed))] as const,
    );
    expect(Object.fromEntries(days.filter(([, cost]) => cost !== 0n).map(([day, cost]) => [day, microsText(cost)]))).toEqual(vendor.days);
    expect(new Set(charges.map(({ currency }) => currency)).size).toBe(1);
    expect(charges.filter(({ day }) => !ranges.some(({ start, end }) => start <= day && day < end))).toEqual([]);
    expect(ranges.every(({ end }) => end <= vendor.asOf)).toBe(true);
    expect(settledThrough !== null && settledThrough < vendor.asOf).toBe(true);
    expectNoSecret(server.asked.map(({ path, query }) => `${path} ${query}`).join());
  });

  test("names provider, service, currency and source on every charge, by which plan, rules and ledger know them", async () => {
    const delivery = await read(await start(), {}, { name: "other" });
    expect([...new Set(delivery.charges.map(({ provider, service }) => `${provider} · ${service}`))].sort()).toEqual(vendor.of);
    expect(new Set(delivery.charges.map(({ currency }) => currency))).toEqual(new Set(["USD"]));
    expect(new Set([delivery.source, ...delivery.charges.map(({ source }) => source)])).toEqual(new Set(["other"]));
  });

  test("counts tokens in four counters that share none, and requests", async () => {
    const { charges } = await read(await start());
    const counters = charges.map((charge) => [charge.inputTokens, charge.cacheReadTokens, charge.cacheWriteTokens, charge.outputTokens]);
    expect(counters.flat().every((count) => count === null || (Number.isSafeInteger(count) && count >= 0))).toBe(true);
    const tokens = counters.flat().reduce<number>((total, count) => total + (count ?? 0), 0);
    expect(counters.flat().some((count) => count !== null) ? tokens : null).toBe(vendor.tokens);
    expect(charges.some(({ requests }) => requests !== null) ? totalOf(charges, ({ requests }) => requests) : null).toBe(vendor.requests);
  });

  test("gives the same bytes twice, and in every time zone of the host", async () => {
    const server = await start();
    const texts = [textOf(await read(server)), textOf(await read(server))];
    for (const zone of ["America/Los_Angeles", "Asia/Kolkata", "Pacific/Kiritimati"]) {
      vi.stubEnv("TZ", zone);
      texts.push(textOf(await read(server)));
    }
    expect(new Set(texts).size).toBe(1);
    expectNoSecret(texts[0] ?? "");
  });

  test("asks again only for what the ledger lacks or the vendor may restate", async () => {
    const lastDay = addDays(vendor.asOf, -1);
    const { ranges, charges } = await read(await start(), { lastDay });
    const first = addDays(vendor.asOf, -Math.max(1, sourceTypes[type as keyof typeof sourceTypes].vendor?.restatementDays ?? 0));
    expect(ranges[0]?.start).toBe(first);
    expect(charges.every(({ day }) => day >= first)).toBe(true);
  });

  test("comes through a 429, a 500 and a broken connection that pass", async () => {
    const server = await start();
    const passing: Fault[] = [{ status: 429, headers: { "retry-after": "1" } }, { status: 500 }, { body: "{", cut: true }];
    server.failWith((n) => passing[n - 1] ?? null);
    expect(microsText(sum((await read(server)).charges.map(({ billed }) => billed)))).toBe(vendor.total);
  });

  test.each(Object.entries(faults))("%s is refused with what to do, and without the key", async (_, fault) => {
    const server = await start();
    server.failWith(() => withSecret(fault));
    const problem = await refusalOf(read(server));
    expect(problem.message).toContain(sourceTypes[type as keyof typeof sourceTypes].vendor?.name);
    expect(problem.remedy).toMatch(/^[A-Z].*\.$/);
    expectNoSecret(`${problemText(problem)} ${JSON.stringify(problem)} ${String(problem.stack)}`);
  });

  test("a fault in any request after the first leaves nothing half read", async () => {
    const server = await start();
    const whole = textOf(await read(server));
    const requests = server.asked.length;
    // Of many requests that are alike about ten are enough.
    for (let n = 2; n <= requests; n += Math.ceil(requests / 12)) {
      server.failWith((count) => (count === n ? { body: "<html>" } : null));
      // Names may be missing, which is said; money may not.
      const outcome = await read(server).catch((error: unknown) => refusalOf(Promise.reject(error)));
      if ("charges" in outcome) expect(microsText(sum(outcome.charges.map(({ billed }) => billed)))).toBe(vendor.total);
      if ("charges" in outcome && textOf(outcome) !== whole) expect(outcome.warnings.length).toBeGreaterThan(0);
    }
  });

  test.each(Object.keys(vendor.env))("without %s it names the variable, the role and the page", async (name) => {
    const server = await start();
    const problem = await refusalOf(read(server, { env: { ...vendor.env, [name]: "" } }));
    expect(problem).toMatchObject({ kind: "usage" });
    expect(problem.message).toContain(name);
    expect(problem.remedy).toMatch(/https:\/\//);
    expect(server.asked).toEqual([]);
  });

  test("a server that prints the headers it got is quoted without the key", async () => {
    const server = await start();
    const delivery = await read(server);
    expect(delivery.charges.length).toBeGreaterThan(0);
    for (const fault of [401, 500]) {
      server.failWith(() => ({ status: fault, body: JSON.stringify(server.asked.at(-1)?.headers) }));
      expectNoSecret(problemText(await refusalOf(read(server))));
    }
    // The key as it went over the wire, without the word before it that says what it is.
    const sent = (server.asked.at(-1)?.headers.authorization ?? "").split(" ").at(-1) ?? "";
    server.failWith(() => ({ status: 500, body: `no session ${sent}` }));
    const said = problemText(await refusalOf(read(server)));
    expectNoSecret(said);
    if (sent !== "" && !sent.startsWith("Signature=")) expect(said).not.toContain(sent);
  });
});
