import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { addDays, contains, daysBetween, eachDay } from "../../../src/core/day.ts";
import type { Charge } from "../../../src/core/ledger/charge.ts";
import { counterFields } from "../../../src/core/ledger/delivery.ts";
import { microsText, sum } from "../../../src/core/money.ts";
import { piecesBackFrom } from "../../../src/sources/http/range.ts";
import { sourceTypes } from "../../../src/sources/index.ts";
import { runs } from "../../support/properties.ts";
import { vendors } from "../../support/vendors/index.ts";
import { startVendor, type VendorServer } from "../../support/vendors/server.ts";
import { readInRun, refusalOf, totalOf } from "../support.ts";

const servers: VendorServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

describe("the pieces of a range", () => {
  test.each([
    ["7 days of every week are one", "2026-11-02", 31, ["2026-11-02"]],
    ["37 days are one", "2026-10-03", 31, ["2026-10-03"]],
    ["38 days are two", "2026-10-02", 31, ["2026-10-02", "2026-10-09"]],
    ["90 days are three, counted back from the end", "2026-08-11", 31, ["2026-08-11", "2026-09-08", "2026-10-09"]],
    ["a day more joins the first", "2026-09-07", 31, ["2026-09-07", "2026-10-09"]],
  ])("%s", (_, start, days, starts) => {
    expect(piecesBackFrom({ start, end: "2026-11-09" }, days).map((piece) => piece.start)).toEqual(starts);
  });

  test("follow each other without a gap, and all but the first are as long as asked", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 800 }), fc.integer({ min: 7, max: 93 }), (length, days) => {
        const range = { start: addDays("2026-11-09", -length), end: "2026-11-09" };
        const [first, ...others] = piecesBackFrom(range, days);
        expect([first, ...others].flatMap((piece) => (piece ? eachDay(piece) : []))).toEqual(eachDay(range));
        expect(new Set([days, ...others.map(({ start, end }) => daysBetween(start, end))])).toEqual(new Set([days]));
      }),
      runs(100),
    );
  });
});

/** What each day holds, without the names: a lookup of names that fails leaves ids. */
function contentOf(charges: readonly Charge[]): Record<string, string> {
  const days = Object.groupBy(charges, ({ day }) => day);
  const texts = Object.entries(days).map(([day, list = []]) => {
    const money = [sum(list.map(({ billed }) => billed)), sum(list.map(({ effective }) => effective))].map(microsText);
    return [day, [...money, ...counterFields.map((field) => totalOf(list, (charge) => charge[field]))].join()];
  });
  return Object.fromEntries(texts);
}

const cut = Object.entries(vendors)
  .map(([name, vendor]) => [name, { ...vendor, type: vendor.type ?? name }] as const)
  .filter(([, { type }]) => sourceTypes[type as keyof typeof sourceTypes].vendor?.pieceDays !== null);

describe.each(cut)("source %s, first connected", (_, { type, ...vendor }) => {
  const start = async () => {
    const server = await startVendor(vendor.api);
    servers.push(server);
    return server;
  };
  const read = (server: VendorServer, lastDay: string | null = null) =>
    readInRun("/", { type, baseUrl: server.url, ...vendor.entry }, { asOf: vendor.asOf, env: vendor.env, lastDay });

  test("brings all of its days in three pieces", async () => {
    const { delivery, problem } = await read(await start());
    expect(problem).toBe(null);
    expect(delivery.ranges).toEqual([{ start: addDays(vendor.asOf, -90), end: vendor.asOf }]);
    expect(microsText(sum(delivery.charges.map(({ billed }) => billed)))).toBe(vendor.total);
    expect(delivery.charges.map(({ day }) => day)).toEqual(delivery.charges.map(({ day }) => day).sort());
  });

  test("keeps the pieces before a fault, and the next run goes on from there without a gap", async () => {
    const server = await start();
    const whole = contentOf((await read(server)).delivery.charges);
    const requests = server.asked.length;
    const { settlingDays = 0, restatementDays = 0 } = sourceTypes[type as keyof typeof sourceTypes].vendor ?? {};
    let inPart = 0;
    for (const part of [0.4, 0.7, 1]) {
      const from = Math.max(1, Math.round(requests * part));
      server.failWith((n) => (n >= from ? { body: "<html>" } : null));
      const reading = await read(server).catch((error: unknown) => refusalOf(Promise.reject(error)));
      server.failWith(() => null);
      // Nothing that the ledger would keep came before the fault, or only names were missing.
      if (!("delivery" in reading) || reading.problem === null) continue;
      inPart += 1;
      const { charges, ranges, warnings } = reading.delivery;
      const [known = { start: "", end: "" }, ...more] = ranges;
      expect([more, known.start]).toEqual([[], addDays(vendor.asOf, -90)]);
      expect(contentOf(charges)).toEqual(Object.fromEntries(Object.entries(whole).filter(([day]) => contains(known, day))));
      expect(warnings).toContain(`source \`${type}\` was read up to ${addDays(known.end, -1)}; the next run goes on from there`);
      const next = await read(server, charges.at(-1)?.day);
      expect(next.problem).toBe(null);
      expect(next.delivery.ranges[0]?.start).toBe(addDays(charges.at(-1)?.day ?? "", 1 - Math.max(settlingDays, restatementDays)));
      const rest = contentOf(next.delivery.charges);
      expect({ ...contentOf(charges), ...rest }).toEqual(whole);
    }
    expect(inPart).toBeGreaterThan(0);
  });
});

test("pieces are named while they are read; what each warns of is said once, and the last one that says so decides what is settled", async () => {
  const [, vendor] = Object.entries(vendors).find(([type]) => type === "openai") ?? [];
  if (!vendor) return expect.fail("there is no such vendor");
  const server = await startVendor(vendor.api);
  servers.push(server);
  server.failWith((_, { path }) => (path.includes("/usage/") ? { status: 403 } : null));
  const said: string[] = [];
  const setting = { asOf: vendor.asOf, env: vendor.env, log: (text: string) => said.push(text) };
  const { delivery } = await readInRun("/", { type: "openai", baseUrl: server.url }, setting);
  expect(delivery.warnings).toEqual([expect.stringContaining("brings costs without tokens and requests")]);
  expect(delivery.settledThrough).toBe(addDays(vendor.asOf, -2));
  expect(said.join("")).toMatch(/openai: 2026-08-11 to 2026-09-07, piece 1 of 3[\s\S]*piece 3 of 3/);
  server.failWith((n, { path }) => (path.includes("/usage/") ? { status: 403 } : n > 8 ? { body: "<html>" } : null));
  const part = await readInRun("/", { type: "openai", baseUrl: server.url }, setting);
  expect(part.problem?.message).toContain("OpenAI");
  expect(part.delivery.warnings).toHaveLength(2);
  expect(part.delivery.settledThrough).toBe(addDays(part.delivery.ranges[0]?.end ?? "", -2));
});

test("a piece that fails when none before it brought a charge is a refusal, as the ledger would keep nothing", async () => {
  const [, vendor] = Object.entries(vendors).find(([type]) => type === "openai") ?? [];
  if (!vendor) return expect.fail("there is no such vendor");
  const server = await startVendor(vendor.api);
  servers.push(server);
  const isLate = (time: string | null) => Number(time) * 1000 > Date.parse("2026-08-20T00:00:00Z");
  server.failWith((_, { query }) => (isLate(query.get("start_time")) ? { body: "<html>" } : null));
  const setting = { asOf: "2026-11-20", env: vendor.env };
  const problem = await refusalOf(readInRun("/", { type: "openai", baseUrl: server.url }, setting));
  expect(problem.message).toContain("OpenAI");
});
