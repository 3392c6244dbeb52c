import { expect, it } from "vitest";
import { mean, median, medianDeviation, quantile } from "../../src/core/statistics.ts";

it.each([
  [[], 0, 0, 0, 0],
  [[5], 5, 5, 5, 0],
  [[3, 1, 2], 2, 2, 2.9, 1.4826],
  [[4, 1, 2, 3], 2.5, 2.5, 3.85, 1.4826],
  [[0, 0, 0, 100], 25, 0, 85, 0],
])("%j has mean %d, median %d, 95 %% quantile %d, median deviation %d", (values, average, middle, tail, deviation) => {
  expect([mean(values), median(values), quantile(values, 0.95), medianDeviation(values)].map((value) => Number(value.toFixed(6)))).toEqual([
    average,
    middle,
    tail,
    deviation,
  ]);
});

it("the given list stays in its order", () => {
  const values = [3, 1, 2];
  median(values);
  expect(values).toEqual([3, 1, 2]);
});
