import { describe, expect, it } from "vitest";
import { eachDay } from "../../../src/core/day.ts";
import type { Charge } from "../../../src/core/ledger/charge.ts";
import { fold, foldTo } from "../../../src/core/ledger/fold.ts";
import { dayKey, foldDays, ownDays } from "../../../src/core/ledger/ledger.ts";
import { parseLedger } from "../../../src/core/ledger/parse.ts";
import { printLedger } from "../../../src/core/ledger/print.ts";
import { sum } from "../../../src/core/money.ts";
import { charge } from "../../support/charges.ts";

const range = { start: "2026-11-02", end: "2026-11-16" };
const make = (keys: number): Charge[] =>
  eachDay(range).flatMap((day) =>
    Array.from({ length: keys }, (_, index) =>
      charge({
        day,
        service: `s${index % 3}`,
        model: `m${index % 7}`,
        apiKey: `k${index}`,
        tags: `{"feature":"f${index % 5}"}`,
        cost: BigInt(index * 100 - 150),
        requests: index,
        outputTokens: index % 2 === 0 ? null : 1,
      }),
    ),
  );

const totals = (charges: readonly Charge[]) => {
  const groups = Map.groupBy(charges, ({ day, provider, service, category }) => [day, provider, service, category].join(" "));
  return [...groups]
    .map(([key, list]) => [
      key,
      sum(list.map(({ billed }) => billed)),
      sum(list.map(({ effective }) => effective)),
      list.reduce((total, { requests }) => total + (requests ?? 0), 0),
    ])
    .sort();
};

describe("fold", () => {
  const charges = make(40);
  it("does nothing up to the limit", () => expect(fold(charges, charges.length)).toBe(charges));

  it.each([charges.length - 1, 300, 100, 42])("at most %d rows keep the totals of each day and service", (most) => {
    const rows = fold(charges, most);
    expect(rows.length).toBeLessThanOrEqual(most);
    expect(totals(rows)).toEqual(totals(charges));
  });

  it("what only says whose costs a bill is keeps what it counts with, apart from money", () => {
    const shares = charges.map((one) => ({ ...one, list: one.billed + 1_000n, billed: 0n, effective: 0n }));
    const rows = fold(
      charges.flatMap((one, index) => [one, ...shares.slice(index, index + 1)]),
      500,
    );
    const [listed, money] = [rows.filter(({ list }) => list !== undefined), rows.filter(({ list }) => list === undefined)];
    const lists = (some: readonly Charge[]) => sum(some.map(({ list = 0n }) => list));
    expect([rows.length <= 500, lists(listed)]).toEqual([true, lists(shares)]);
    expect([totals(money), totals(listed)]).toEqual([totals(charges), totals(shares)]);
  });

  it("the largest details stay, the smallest are folded", () => {
    const rows = fold(charges, 300);
    const kept = new Set(rows.map(({ apiKey }) => apiKey));
    expect(kept.has("k39") && kept.has("(other)") && !kept.has("k1")).toBe(true);
  });

  it("the order of the charges makes no difference", () => {
    const text = (list: readonly Charge[]) =>
      fold(list, 200)
        .map((row) => JSON.stringify(row, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)))
        .sort();
    expect(text([...charges].reverse())).toEqual(text(charges));
  });

  it("a folded day compares equal with the same day in full, and not with a changed one", () => {
    const day = charges.filter((item) => item.day === range.start);
    const folded = fold(charges, 200).filter((item) => item.day === range.start);
    expect(totals(foldTo(folded, day))).toEqual(totals(folded));
    expect(foldTo(folded, day)).toHaveLength(folded.length);
  });
});

describe("a ledger file above the limit", () => {
  const charges = make(3_700);
  const days = Map.groupBy(charges, ({ source, day }) => dayKey(source, day));
  const text = printLedger(foldDays(days));
  const stored = parseLedger("2026-11-16.2026-W46.csv", text, "f", new Map()).days;

  it("has 50,000 rows at most and the same totals", () => {
    const rows = [...stored.values()].flat();
    expect(rows.length).toBeLessThanOrEqual(50_000);
    expect(totals(rows)).toEqual(totals(charges));
  });

  it("next week the same charges are no change, one that moved is", () => {
    const again = (list: readonly Charge[]) =>
      ownDays(stored, new Map(), [{ source: "focus", ranges: [range], charges: list, settledThrough: null, warnings: [] }]);
    expect(again(charges).size).toBe(0);
    expect([...again(charges.map((item, index) => (index === 5 ? { ...item, effective: item.effective + 1n } : item))).keys()]).toEqual([
      "2026-11-02 focus",
    ]);
  });

  it("a refresh of the same review gives the same bytes", () => {
    const fresh = ownDays(new Map(), stored, [{ source: "focus", ranges: [range], charges, settledThrough: null, warnings: [] }]);
    expect(printLedger(foldDays(fresh))).toBe(text);
  });
});
