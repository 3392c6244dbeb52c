import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { absolute, apportion, divideRounded, microsText, parseDecimal, parseMicros, spread, sum, toCents } from "../../src/core/money.ts";
import { runs } from "../support/properties.ts";

const amounts = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

describe("parseMicros", () => {
  it.each([
    ["12.5", 12_500_000n],
    ["-0.0000024", -2n],
    ["0.0000005", 1n],
    ["-0.0000005", -1n],
    ["0.00000049999", 0n],
    ["1.2E-5", 12n],
    ["1e3", 1_000_000_000n],
    ["+7", 7_000_000n],
    [".5", 500_000n],
    ["5.", 5_000_000n],
    ["-0", 0n],
    ["123456789012345678901234567890.123456", 123_456_789_012_345_678_901_234_567_890_123_456n],
  ])("%s is %d micro-units", (text, micros) => expect(parseMicros(text)).toBe(micros));

  it.each(["", ".", "-", "1,000", "$5", "NaN", "Infinity", "0x10", "1e", "1 2", " 1", "1\n", "--1", "1_000", "١"])(
    "%j is no amount",
    (text) => expect(parseMicros(text)).toBeNull(),
  );

  it("a long text is refused or read in linear time", () => {
    expect(parseDecimal(`${"1".repeat(100_000)}x`)).toBeNull();
  });

  it("the text of an amount reads back as the amount", () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        const text = microsText(amount);
        expect(parseMicros(text)).toBe(amount);
        expect(text).toMatch(/^-?(0|[1-9]\d*)(\.\d{0,5}[1-9])?$/);
      }),
      runs(500),
    );
    expect([0n, 1n, -1n, 1_500_000n, -20_000_000n].map(microsText)).toEqual(["0", "0.000001", "-0.000001", "1.5", "-20"]);
  });
});

describe("divideRounded", () => {
  it.each([
    [5n, 10n, 1n],
    [-5n, 10n, -1n],
    [4n, 10n, 0n],
    [-4n, 10n, 0n],
    [15n, 10n, 2n],
    [-15n, 10n, -2n],
    [1n, 3n, 0n],
    [2n, 3n, 1n],
    [-2n, 3n, -1n],
    [7n, 1n, 7n],
  ])("%d / %d is %d, halves away from zero", (numerator, denominator, result) =>
    expect(divideRounded(numerator, denominator)).toBe(result),
  );

  it("cents are the nearest", () => expect([toCents(4_999n), toCents(5_000n), toCents(-5_000n)]).toEqual([0n, 1n, -1n]));
});

describe("apportion", () => {
  const unit = 10_000n;
  it("parts add up to the rounded total, each within one unit of what it is", () => {
    fc.assert(
      fc.property(fc.array(amounts, { minLength: 1, maxLength: 40 }), (parts) => {
        const shares = apportion(parts, unit);
        expect(sum(shares)).toBe(divideRounded(sum(parts), unit));
        shares.forEach((share, index) => expect(absolute(share * unit - (parts[index] ?? 0n)) < unit).toBe(true));
      }),
      runs(500),
    );
  });

  it("equal parts differ by one unit at most, whatever their order the shares are the same", () => {
    fc.assert(
      fc.property(fc.uniqueArray(amounts, { minLength: 1, maxLength: 20 }), fc.nat(), (parts, seed) => {
        const by = (list: readonly bigint[]) => new Map(list.map((part, index) => [part, apportion(list, unit)[index]]));
        const remainders = parts.map((part) => ((part % unit) + unit) % unit);
        fc.pre(new Set(remainders).size === remainders.length);
        const turned = parts.map((_, index) => parts[(index + seed) % parts.length] ?? 0n);
        expect([...by(turned)].sort()).toEqual([...by(parts)].sort());
        expect(sum(apportion(turned, unit))).toBe(sum(apportion(parts, unit)));
      }),
      runs(200),
    );
  });

  it("what is nothing stays nothing", () => expect(apportion([0n, 4_999n, 1n, 5_000n], unit)).toEqual([0n, 0n, 0n, 1n]));
  it("among equal remainders the first comes first", () => expect(apportion([5_000n, 5_000n, 5_000n], unit)).toEqual([1n, 1n, 0n]));
  it("a given total is kept, above or below", () => {
    expect(apportion([5_000n, 5_000n], unit, 0n)).toEqual([0n, 0n]);
    expect(apportion([10_000n, 10_000n], unit, 1n)).toEqual([1n, 0n]);
    expect(apportion([], unit)).toEqual([]);
  });
});

describe("spread", () => {
  it("parts add up exactly and differ by one micro-unit at most", () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 400 }), (amount, count) => {
        const parts = spread(amount, count);
        expect(parts).toHaveLength(count);
        expect(sum(parts)).toBe(amount);
        expect((parts[0] ?? 0n) - (parts.at(-1) ?? 0n) <= 1n).toBe(true);
      }),
      runs(300),
    );
  });
});
