import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Tokens, addMoments, addRow, noMoments, pricesOf, tokenTypes } from "../../../src/core/economics/prices.ts";
import { runs } from "../../support/properties.ts";

const tokens = (inputTokens: number, cacheReadTokens: number, cacheWriteTokens: number, outputTokens: number): Tokens => ({
  inputTokens,
  cacheReadTokens,
  cacheWriteTokens,
  outputTokens,
});
/** The prices of rows, half of them added to other sums, which are then put together. */
function fit(rows: readonly { readonly tokens: Tokens; readonly cost: bigint }[]) {
  const [one, other] = [noMoments(), noMoments()];
  for (const [index, row] of rows.entries()) addRow(index % 2 === 0 ? one : other, row.tokens, row.cost);
  addMoments(one, other);
  return pricesOf(one);
}
const list = { inputTokens: 1.25, cacheReadTokens: 0.125, cacheWriteTokens: 1.56, outputTokens: 10 };
const billed = (row: Tokens, round = 1) =>
  BigInt(Math.round(tokenTypes.reduce((sum, type) => sum + row[type] * list[type], 0) / round) * round);

describe("prices fitted to a bill", () => {
  test("are those that it was made with, whatever the rows, to a hundredth of a percent where amounts are rounded to millionths", () => {
    const count = fc.integer({ min: 100_000, max: 90_000_000 });
    const row = fc.tuple(count, count, count, count).map(([a, b, c, d]) => tokens(a, b, c, d));
    fc.assert(
      fc.property(fc.array(row, { minLength: 12, maxLength: 30 }), (rows) => {
        const prices = fit(rows.map((one) => ({ tokens: one, cost: billed(one) })));
        // Rows in almost the same proportions tell nothing, which is said.
        if (prices === null) return;
        for (const type of tokenTypes) expect(Math.abs((prices[type] ?? 0) / list[type] - 1)).toBeLessThan(1e-4);
      }),
      runs(60),
    );
  });

  test("rows of one type each tell their prices", () => {
    const rows = [tokens(1_000_000, 0, 0, 0), tokens(0, 500_000, 0, 0), tokens(0, 0, 0, 70_000)];
    const prices = fit(rows.map((one) => ({ tokens: one, cost: billed(one) })));
    expect(prices?.inputTokens).toBeCloseTo(1.25, 9);
    expect(prices?.cacheReadTokens).toBeCloseTo(0.125, 9);
    expect(prices?.outputTokens).toBeCloseTo(10, 9);
    expect(prices?.cacheWriteTokens).toBeUndefined();
  });

  test.each([
    [
      "rows in the same proportions",
      [1, 2, 3].map((factor) => tokens(100_000 * factor, 50_000 * factor, 0, 0)),
      (one: Tokens) => billed(one),
    ],
    [
      "a bill that no prices explain",
      [tokens(1e6, 1e5, 0, 0), tokens(1e5, 1e6, 0, 0), tokens(5e5, 5e5, 0, 0)],
      (one: Tokens) => (one.inputTokens === 5e5 ? 9_000_000n : 1_000_000n),
    ],
    [
      "a price below zero",
      [tokens(1e6, 1e6, 0, 0), tokens(2e6, 1e6, 0, 0)],
      (one: Tokens) => (one.inputTokens === 1e6 ? 2_000_000n : 1_000_000n),
    ],
    ["no tokens", [tokens(0, 0, 0, 0)], () => 5n],
  ])("none from %s", (_, rows, cost) => {
    expect(fit(rows.map((one) => ({ tokens: one, cost: cost(one) })))).toBeNull();
  });
});
