import { describe, expect, test } from "vitest";
import { addDays, eachDay } from "../../../src/core/day.ts";
import type { Charge } from "../../../src/core/ledger/charge.ts";
import type { Delivery } from "../../../src/core/ledger/delivery.ts";
import { doubles, doubleText } from "../../../src/core/ledger/doubles.ts";
import { charge, type ChargePart, units } from "../../support/charges.ts";

const delivery = (source: string, charges: readonly Charge[]): Delivery => ({
  source,
  ranges: [],
  charges: charges.map((charge) => ({ ...charge, source })),
  settledThrough: null,
  warnings: [],
});
/** So many days from 2026-11-02 on, each of another amount. */
const month = (days: number, part: ChargePart = {}, cost = (index: number) => 100 + index * 1.37) =>
  eachDay({ start: "2026-11-02", end: addDays("2026-11-02", days) }).map((day, index) =>
    charge({ day, cost: units(cost(index)), ...part }),
  );

describe("money that two sources bring", () => {
  test("is known by its days, whatever each calls it and however it is cut", () => {
    const cloud = month(14, { provider: "AWS", service: "Bedrock" }, (index) => (100 + index * 1.37) / 2);
    const found = doubles([
      delivery("focus", [...cloud, ...cloud, ...month(14, { provider: "Other" }, () => 7)]),
      delivery("explorer", month(14, { provider: "Amazon Web Services" })),
    ]);
    expect(found).toEqual([
      {
        sources: ["focus", "explorer"],
        names: ["AWS", "Amazon Web Services"],
        days: 14,
        period: { start: "2026-11-02", end: "2026-11-16" },
      },
    ]);
    expect(found.map(doubleText)).toEqual([
      "The sources `focus` and `explorer` bring the same amounts of AWS and Amazon Web Services on 14 days from 2026-11-02 to 2026-11-15: this money seems to be counted twice. Take one of the sources out, narrow it to what the other lacks, or write `counts: attribution` at it; if they bill different accounts, write `counts: money` at both.",
    ]);
  });

  test("one account of several, and one basis of two", () => {
    const account = month(9, { account: "0042", effective: 0n });
    const found = doubles([delivery("a", [...account, ...month(9, { account: "1" }, (index) => 7 + index)]), delivery("b", month(9))]);
    expect(found).toEqual([expect.objectContaining({ names: ["OpenAI, account 0042", "OpenAI"], days: 9 })]);
  });

  test("the last days of the fresher one may differ, down to four days in five", () => {
    const differing = (days: number) =>
      doubles([
        delivery("a", month(10)),
        delivery(
          "b",
          month(10, {}, (index) => 100 + index * 1.37 + (index >= 10 - days ? 1 : 0)),
        ),
      ]).length;
    expect([differing(0), differing(2), differing(3)]).toEqual([1, 1, 0]);
  });

  test("credits, too", () => {
    const credits = month(9, { category: "Credit" }, (index) => -100 - index);
    expect(doubles([delivery("a", credits), delivery("b", credits)])).toMatchObject([{ days: 9 }]);
  });

  test("days that only one of them has count for nothing", () => {
    expect(doubles([delivery("a", month(14)), delivery("b", month(7))])).toMatchObject([{ days: 7 }]);
    expect(doubles([delivery("a", month(7)), delivery("b", month(14))])).toMatchObject([{ days: 7 }]);
  });

  test("of several for two sources the one with the most days is told", () => {
    const both = [
      ...month(6, { provider: "Brief" }, (index) => 40 + index),
      ...month(9),
      ...month(7, { provider: "Short" }, (index) => 60 + index),
    ];
    expect(doubles([delivery("a", both), delivery("b", both)])).toMatchObject([{ names: ["OpenAI", "OpenAI"], days: 9 }]);
  });

  test.each<[string, readonly Charge[]]>([
    ["too few days", month(4)],
    ["a flat fee", month(30, {}, () => 20)],
    ["small change", month(30, {}, (index) => index / 100)],
    ["other amounts", month(30, {}, (index) => 50 + index)],
    ["nothing", []],
  ])("is not seen in %s", (_, charges) => {
    expect(
      doubles([delivery("a", charges), delivery("b", charges.length === 30 && charges[0]?.effective === units(50) ? month(30) : charges)]),
    ).toEqual([]);
  });

  test("a source alone is not compared with itself", () => {
    expect(doubles([delivery("a", [...month(9), ...month(9, { provider: "Twin" })])])).toEqual([]);
  });
});
