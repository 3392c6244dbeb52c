import { describe, expect, it } from "vitest";
import type { Period } from "../../../src/core/day.ts";
import type { Charge } from "../../../src/core/ledger/charge.ts";
import {
  type Days,
  chargesOf,
  lastDayOf,
  lastReviewIn,
  ledgerName,
  neededFiles,
  newestDay,
  olderChargesOf,
  ownDays,
  parseLedgerName,
  resolve,
  sourcesIn,
  usedFiles,
} from "../../../src/core/ledger/ledger.ts";
import { charge } from "../../support/charges.ts";

const [one, two, three] = ["2026-11-14 focus", "2026-11-15 focus", "2026-11-16 focus"];
const on = (key: string, cost: bigint, part: Partial<Charge> = {}) => charge({ day: key.slice(0, 10), cost, ...part });
const days = (entries: Record<string, readonly Charge[]>): Days => new Map(Object.entries(entries));
const delivery = (charges: readonly Charge[], ranges: readonly Period[]) => ({
  source: "focus",
  charges,
  ranges,
  settledThrough: null,
  warnings: [],
});
const range = { start: "2026-11-14", end: "2026-11-17" };
const costs = (map: Days) => Object.fromEntries([...map].map(([key, list]) => [key, list.map(({ effective }) => effective)]));

describe("ledger names", () => {
  it.each([
    ["2026-11-23.2026-W47.csv", { asOf: "2026-11-23", id: "2026-W47" }],
    ["2026-12-01.2026-11.csv", { asOf: "2026-12-01", id: "2026-11" }],
    ["2026-11-23.csv", null],
    ["2026-11-23.2026-W47.csv.orig", null],
    ["x2026-11-23.2026-W47.csv", null],
  ])("%s", (name, parts) => expect(parseLedgerName(name)).toEqual(parts));
  it("are made of review date and id", () => expect(ledgerName("2026-11-23", "2026-W47")).toBe("2026-11-23.2026-W47.csv"));
});

describe("resolve", () => {
  it("the newest file by name wins for each day of each source, an empty day too", () => {
    const files = [
      { name: "2026-11-23.2026-W47.csv", days: days({ [two]: [on(two, 20n)], [three]: [] }) },
      {
        name: "2026-11-16.2026-W46.csv",
        days: days({ [one]: [on(one, 1n)], [two]: [on(two, 2n), on(two, 3n)], [three]: [on(three, 4n)], "2026-11-15 aws": [] }),
      },
    ];
    expect(costs(resolve(files))).toEqual({ [one]: [1n], [two]: [20n], [three]: [], "2026-11-15 aws": [] });
  });
});

describe("ownDays", () => {
  const older = days({ [one]: [on(one, 1n)], [two]: [on(two, 2n)], [three]: [on(three, 3n)] });

  it.each([
    ["nothing changed: nothing is committed", [on(one, 1n), on(two, 2n), on(three, 3n)], {}],
    ["a changed day is committed in full", [on(one, 1n), on(two, 9n), on(two, 8n, { service: "b" }), on(three, 3n)], { [two]: [9n, 8n] }],
    ["a day delivered empty is committed as empty", [on(one, 1n), on(three, 3n)], { [two]: [] }],
  ])("%s", (_, charges, expected) => expect(costs(ownDays(older, new Map(), [delivery(charges, [range])]))).toEqual(expected));

  it("a day delivered empty that no older file holds is nothing", () => {
    expect(ownDays(new Map(), new Map(), [delivery([], [range])]).size).toBe(0);
  });

  it("a refresh replaces delivered days in its own file and keeps the rows of others", () => {
    const own = days({ [two]: [on(two, 5n)], [three]: [on(three, 6n)], "2026-11-15 aws": [on(two, 7n, { source: "aws" })] });
    const fresh = ownDays(older, own, [delivery([on(three, 8n)], [{ start: "2026-11-16", end: "2026-11-17" }])]);
    expect(costs(fresh)).toEqual({ [two]: [5n], [three]: [8n], "2026-11-15 aws": [7n] });
    expect(costs(ownDays(older, own, []))).toEqual(costs(own));
  });

  it("a refresh that sees what older files hold takes its own row back", () => {
    expect(
      ownDays(older, days({ [two]: [on(two, 5n)] }), [delivery([on(two, 2n)], [{ start: "2026-11-15", end: "2026-11-16" }])]).size,
    ).toBe(0);
  });

  it("late rows outside the range join what other billing periods left there", () => {
    const october = "2026-10-20 focus";
    const known = days({ [october]: [on(october, 1n), on(october, 2n, { billingPeriod: "2026-11-01", correction: true })] });
    const late = on(october, 7n, { billingPeriod: "2026-11-01", correction: true });
    expect(costs(ownDays(known, new Map(), [delivery([late], [range])]))).toEqual({ [october]: [1n, 7n] });
    expect(known.get(october)).toHaveLength(2);
  });

  it("every attribute of a charge can make a day a changed one, the order of charges cannot", () => {
    const base = [on(one, 1n, { requests: 1 }), on(one, 1n, { service: "b" })];
    const same = (charges: readonly Charge[]) =>
      ownDays(days({ [one]: base }), new Map(), [delivery(charges, [{ start: "2026-11-14", end: "2026-11-15" }])]).size === 0;
    expect(same([...base].reverse())).toBe(true);
    const changes: Partial<Charge>[] = [
      { billed: 2n },
      { list: 2n },
      { effective: 2n },
      { model: "x" },
      { requests: 2 },
      { requests: null },
      { tags: '{"a":"b"}' },
      { estimated: true },
      { correction: true },
      { frequency: "Recurring" },
      { category: "Tax" },
      { account: "1" },
      { project: "1" },
      { apiKey: "1" },
      { outputTokens: 0 },
      { currency: "EUR" },
      { billingPeriod: "2026-10-01" },
    ];
    for (const change of changes) expect(same(base.map((item, index) => (index === 0 ? { ...item, ...change } : item)))).toBe(false);
  });
});

describe("what of the ledger counts", () => {
  const files = [
    { name: "a", days: days({ "2026-06-01 focus": [on("2026-06-01", 1n)], [one]: [on(one, 1n)] }) },
    { name: "b", days: days({ "2026-06-02 focus": [on("2026-06-02", 1n)] }) },
    {
      name: "c",
      days: days({ [one]: [on(one, 2n)], "2026-05-01 focus": [on("2026-05-01", 1n, { billingPeriod: "2026-11-01", correction: true })] }),
    },
  ];
  it("a file is needed when it wins a recent day or a recent correction", () => {
    expect(neededFiles(files, "2026-07-01").map(({ name }) => name)).toEqual(["c"]);
    expect(neededFiles(files, "2026-06-02").map(({ name }) => name)).toEqual(["b", "c"]);
  });
  it("a file is needed for a day delivered empty, and for a correction among charges that count no more", () => {
    expect(neededFiles([{ name: "a", days: days({ [two]: [] }) }], "2026-11-15")).toHaveLength(1);
    expect(neededFiles([{ name: "a", days: days({ [two]: [] }) }], "2026-11-16")).toHaveLength(0);
    const correction = on("2026-05-01", 1n, { billingPeriod: "2026-11-01", correction: true });
    const corrected = { name: "a", days: days({ "2026-05-01 focus": [on("2026-05-01", 5n), correction] }) };
    expect(neededFiles([corrected], "2026-07-01")).toEqual([corrected]);
  });
  it("a file that takes an old correction back is needed too", () => {
    const withdrawn = { name: "d", days: days({ "2026-05-01 focus": [] }) };
    expect(neededFiles([...files, withdrawn], "2026-07-01").map(({ name }) => name)).toEqual(["c", "d"]);
  });
  it("a review also used the files that its own one restates, however old", () => {
    const names = (own: Days | null) =>
      usedFiles(files, own === null ? null : { name: "d", days: own }, "2026-07-01").map(({ name }) => name);
    expect(names(null)).toEqual(["c"]);
    expect(names(days({ "2026-12-01 focus": [on("2026-12-01", 1n)] }))).toEqual(["c", "d"]);
    expect(names(days({ "2026-06-01 focus": [on("2026-06-01", 9n)] }))).toEqual(["a", "c", "d"]);
    expect(names(days({ "2026-06-03 focus": [on("2026-06-03", 9n)] }))).toEqual(["c"]);
  });
  it("the newest day of a file is one that is charged, delivered empty or billed", () => {
    const newest = (map: Days) => newestDay({ name: "a", days: map });
    expect(newest(days({}))).toBe("");
    expect(newest(days({ [two]: [], [one]: [on(one, 1n, { billingPeriod: "2026-11-01" })] }))).toBe("2026-11-15");
    expect(newest(days({ [one]: [on(one, 1n, { billingPeriod: "2026-12-01" })] }))).toBe("2026-12-01");
  });
  it("charges are those of the configured sources from the window on, before the review date", () => {
    const all = days({
      [one]: [on(one, 1n)],
      [three]: [on(three, 2n)],
      "2026-11-14 aws": [on(one, 4n, { source: "aws" })],
      "2026-05-01 focus": [on("2026-05-01", 8n)],
    });
    expect(chargesOf(all, new Set(["focus"]), "2026-07-01", "2026-11-16").map(({ effective }) => effective)).toEqual([1n]);
    expect([...sourcesIn(all)]).toEqual(["focus", "aws"]);
    expect(chargesOf(all, new Set(["focus"]), "2026-11-14", "2026-11-16")).toHaveLength(1);
    expect(chargesOf(all, new Set(["focus"]), "2026-11-15", "2026-11-16")).toHaveLength(0);
  });
  it("older charges are those of the configured sources on the days of a period that nothing after it bills", () => {
    const all = days({
      [one]: [on(one, 1n)],
      [two]: [on(two, 2n), on(two, 4n, { billingPeriod: "2026-12-01", correction: true })],
      "2026-11-15 aws": [on(two, 8n, { source: "aws" })],
      [three]: [on(three, 16n)],
    });
    const older = (start: string, end: string) => olderChargesOf(all, new Set(["focus"]), { start, end }).map(({ effective }) => effective);
    expect([older("2026-11-14", "2026-11-16"), older("2026-11-15", "2026-11-17")]).toEqual([
      [1n, 2n],
      [2n, 16n],
    ]);
  });
  it("the last review is that of the newest file with any day, whatever their order", () => {
    const file = (name: string, own: Days = days({ [one]: [] })) => ({ name, days: own });
    const written = [file("2026-11-23.2026-W47.csv"), file("2026-11-16.2026-W46.csv"), file("2026-11-30.2026-W48.csv", days({}))];
    expect(lastReviewIn(written)).toBe("2026-11-23");
    expect(lastReviewIn([file("2026-11-30.2026-W48.csv", days({})), file("notes.csv")])).toBeNull();
  });
  it("the last day with a charge is not an empty one nor one from the review date on", () => {
    const all = days({ [one]: [on(one, 1n)], [two]: [], [three]: [on(three, 1n)] });
    expect([lastDayOf(all, "focus", "2026-11-16"), lastDayOf(all, "focus", "2026-11-17"), lastDayOf(all, "aws", "2026-11-17")]).toEqual([
      "2026-11-14",
      "2026-11-16",
      null,
    ]);
  });
});
