import { describe, expect, it } from "vitest";
import {
  centsText,
  changeText,
  dayText,
  moneyText,
  monthText,
  ordinalText,
  percentChange,
  percentFigure,
  percentGrown,
  percentOf,
  percentText,
  periodText,
  shareText,
  shortDayText,
} from "../../src/core/format.ts";
import { divideRounded } from "../../src/core/money.ts";

describe("money", () => {
  it.each([
    [482_000n, "USD", "$4,820.00"],
    [-4_000n, "USD", "-$40.00"],
    [5n, "USD", "$0.05"],
    [0n, "USD", "$0.00"],
    [123_456_789_012n, "USD", "$1,234,567,890.12"],
    [482_000n, "EUR", "EUR 4,820.00"],
    [-99n, "EUR", "-EUR 0.99"],
    [99_999n, "USD", "$999.99"],
    [482_000n, "JPY", "JPY 4,820"],
    [-482_050n, "JPY", "-JPY 4,820.50"],
  ])("%d cents of %s are %s", (cents, currency, text) => expect(moneyText(cents, currency)).toBe(text));

  it("a rise has a sign, nothing has none", () =>
    expect([65_000n, 0n, -1n].map((cents) => changeText(cents, "USD"))).toEqual(["+$650.00", "$0.00", "-$0.01"]));
  it("JSON has two decimals and no grouping", () => expect([482_000n, -5n, 0n].map(centsText)).toEqual(["4820.00", "-0.05", "0.00"]));
});

describe("percent", () => {
  it.each([
    [4820n, 3950n, 22.03],
    [3950n, 4820n, -18.05],
    [100n, 100n, 0],
    [0n, 100n, -100],
    [5n, 0n, null],
    [5n, -3n, null],
    [-5n, 10n, -150],
    [10_000_000_000_000_000_001n, 10_000_000_000_000_000_000n, 0],
  ])("from %2$d to %1$d is %3$d %%", (value, base, percent) => expect(percentFigure(percentChange(value, base))).toBe(percent));

  it.each([
    [103_346n, 100_000n, 3.35, "+3.3 %"],
    [103_350n, 100_000n, 3.35, "+3.4 %"],
    [96_654n, 100_000n, -3.35, "-3.3 %"],
    [96_650n, 100_000n, -3.35, "-3.4 %"],
    [100_049_999n, 100_000_000n, 0.05, "0.0 %"],
    [117_259n, 100_000n, 17.26, "+17.3 %"],
  ])("from %2$d to %1$d is rounded once: %3$d as a figure, %4$s in print", (value, base, figure, text) => {
    const grown = percentGrown({ last7: Number(value), prior7: Number(base) });
    expect([percentChange(value, base), grown].map((percent) => [percentFigure(percent), percentText(percent)])).toEqual([
      [figure, text],
      [figure, text],
    ]);
  });

  it("a percentage is printed as the exact one rounds", () => {
    const bases = [7n, 613n, 4_820_00n, 16_000_00n, 1_234_567_891n];
    for (const base of bases)
      for (let value = 1n; value < 4_000n; value++) {
        const of = (decimals: bigint) => divideRounded((value - base) * 100n * decimals, base);
        const percent = percentChange(value, base);
        expect(percentText(percent).replace(/[+ %.]/g, "")).toBe(String(of(10n)).replace(/^(-?)(?=\d$)/, "$10"));
        expect(percentFigure(percent)).toBe(Number(of(100n)) / 100);
      }
  });

  it.each([
    [22.03, "+22.0 %"],
    [22.05, "+22.1 %"],
    [-18.05, "-18.1 %"],
    [1.005, "+1.0 %"],
    [0, "0.0 %"],
    [-0.04, "0.0 %"],
    [null, "new"],
  ])("%d is printed %s", (percent, text) => expect(percentText(percent)).toBe(text));

  it("a share has no sign and no share of nothing", () => {
    expect(shareText(12.34)).toBe("12.3 %");
    expect([percentOf(1n, 3n), percentOf(1n, 0n), percentOf(5n, -5n)]).toEqual([33.3, null, null]);
  });
});

describe("days", () => {
  it.each([
    ["2026-11-16", "2026-11-23", "16–22 November 2026"],
    ["2026-10-26", "2026-11-02", "26 October – 1 November 2026"],
    ["2026-12-28", "2027-01-04", "28 December 2026 – 3 January 2027"],
    ["2026-11-24", "2026-12-01", "24–30 November 2026"],
  ])("%s to %s is %s", (start, end, text) => expect(periodText(start, end)).toBe(text));

  it("days and months are spelled out", () => {
    expect([dayText("2026-11-06"), shortDayText("2026-11-18", 3), monthText("2026-02")]).toEqual([
      "6 November 2026",
      "Wed 18 Nov",
      "February 2026",
    ]);
  });
});

describe("which time it is", () => {
  it.each([
    [2, "second"],
    [3, "third"],
    [4, "4th"],
    [11, "11th"],
    [13, "13th"],
    [21, "21st"],
    [22, "22nd"],
    [112, "112th"],
  ])("%i is %s", (count, text) => expect(ordinalText(count)).toBe(text));
});
