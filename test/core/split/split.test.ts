import { describe, expect, it } from "vitest";
import { type Leaf, type SplitWeek, splitChange, splitParts } from "../../../src/core/split/lmdi.ts";
import { splitOf } from "../../../src/core/split/split.ts";
import { randomFrom } from "../../support/properties.ts";
import { shapley } from "./shapley.ts";

type Row = readonly [model: string, requests: number, tokens: number, cost: number];
const week = (rows: readonly Row[]): SplitWeek => ({
  leaves: rows.map(([model, , tokens, cost]): Leaf => ({ model, type: "", tokens, cost })),
  requests: new Map(rows.map(([model, requests]) => [model, requests])),
});
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const micros = 1_000_000;
const costOf = ({ leaves }: SplitWeek) => sum(leaves.map(({ cost }) => cost));
const cents = (before: SplitWeek, after: SplitWeek) => BigInt(Math.round((costOf(after) - costOf(before)) / 10_000));

/** Two weeks; `churn` lets models appear and vanish, and adds credits and rows without tokens. */
function randomWeeks(random: () => number, churn: boolean): [SplitWeek, SplitWeek] {
  const models = Array.from({ length: 1 + Math.floor(random() * 6) }, (_, index) => `m${index}`);
  const row = (model: string): Row => {
    const requests = 1 + Math.floor(random() * 10_000);
    const tokens = requests * (1 + Math.floor(random() * 5000));
    return [model, requests, tokens, 1 + Math.round(tokens * (0.05 + 10 * random()))];
  };
  const odd = (): Row[] => (churn && random() < 0.3 ? [["seats", 0, 0, Math.round((random() - 0.5) * 50 * micros)]] : []);
  const side = (): SplitWeek => week([...models.filter(() => !churn || random() < 0.8).map(row), ...odd()]);
  return [side(), side()];
}

describe("the worked table of the reference", () => {
  const before = week([
    ["big", 1000, 2.0e6, 20 * micros],
    ["small", 3000, 3.0e6, 3 * micros],
  ]);
  const after = week([
    ["big", 1400, 3.36e6, 33.6 * micros],
    ["small", 2800, 2.8e6, 2.24 * micros],
    ["new", 800, 0.4e6, 4 * micros],
  ]);
  it("volume 6.43, mix 2.21, tokens per request 4.78, price -0.58, new 4.00", () => {
    expect(splitOf(before, after, 1684n)).toEqual({
      volume: 643n,
      mix: 221n,
      tokensPerRequest: 478n,
      price: -58n,
      new: 400n,
      retired: 0n,
      notTokenPriced: 0n,
    });
  });
  it("turned round every sign flips, and the new model is a retired one", () => {
    expect(splitOf(after, before, -1684n)).toEqual({
      volume: -643n,
      mix: -221n,
      tokensPerRequest: -478n,
      price: 58n,
      new: 0n,
      retired: -400n,
      notTokenPriced: 0n,
    });
  });
});

describe("2,000 random pairs of weeks with models that appear and vanish", () => {
  const random = randomFrom(5);
  const cases = Array.from({ length: 2000 }, () => randomWeeks(random, true));
  const splits = cases.map(([before, after]) => splitOf(before, after, cents(before, after)));

  it("parts add up to the printed change, to the cent", () => {
    cases.forEach(([before, after], index) => {
      const split = splits[index];
      if (split) expect(splitParts.reduce((total, part) => total + split[part], 0n)).toBe(cents(before, after));
    });
    expect(splits.filter((split) => split !== null).length).toBeGreaterThan(1900);
  });
  it("the residual before rounding is below 1e-9 of what the weeks cost", () => {
    for (const [before, after] of cases) {
      const effects = splitChange(before, after);
      const residual = sum(splitParts.map((part) => effects[part])) - (costOf(after) - costOf(before));
      expect(Math.abs(residual)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(costOf(before)) + Math.abs(costOf(after))));
    }
  });
  it("the order of the rows is of no matter", () => {
    const reversed = ({ leaves, requests }: SplitWeek) => ({ leaves: leaves.toReversed(), requests: new Map([...requests].reverse()) });
    cases.forEach(([before, after], index) =>
      expect(splitOf(reversed(before), reversed(after), cents(before, after))).toEqual(splits[index]),
    );
  });
  it("swapped weeks flip every sign", () => {
    cases.forEach(([before, after], index) => {
      const [split, back] = [splits[index], splitOf(after, before, -cents(before, after))];
      if (!split || !back) return expect(back).toBe(split);
      const { new: fresh, retired, ...rest } = split;
      expect(back).toEqual({
        ...Object.fromEntries(Object.entries(rest).map(([part, amount]) => [part, -amount])),
        new: -retired,
        retired: -fresh,
      });
    });
  });
});

describe("Shapley as oracle, 2,000 random pairs of weeks with the same models", () => {
  const random = randomFrom(7);
  it("both add up to the change and blame the same factors", () => {
    for (let index = 0; index < 2000; index++) {
      const [before] = randomWeeks(random, false);
      const moved = (value: number) => Math.max(1, Math.round(value * (0.7 + 0.7 * random())));
      const rows = before.leaves.map(({ model, tokens, cost }): Row => {
        return [model, moved(before.requests.get(model) ?? 1), moved(tokens), moved(cost)];
      });
      const after = week(rows);
      const [lmdi, oracle] = [splitChange(before, after), shapley(before, after)];
      const change = costOf(after) - costOf(before);
      const size = costOf(before) + costOf(after);
      expect(Math.abs(sum(Object.values(oracle)) - change)).toBeLessThan(1e-9 * size);
      for (const factor of ["volume", "mix", "tokensPerRequest", "price"] as const)
        expect(Math.abs(lmdi[factor] - oracle[factor])).toBeLessThan(0.03 * size);
    }
  });
});

describe("what the formula does not hold", () => {
  const usage: Row = ["m", 10, 1000, 5 * micros];
  it("no tokens or no requests at all: no split", () => {
    expect(splitOf(week([["m", 10, 0, 5]]), week([["m", 20, 0, 9]]), 0n)).toBeNull();
    expect(splitOf(week([["m", 0, 10, 5]]), week([["m", 0, 20, 9]]), 0n)).toBeNull();
    expect(splitOf(week([]), week([]), 0n)).toBeNull();
  });
  it("credits and seats are lines of their own", () =>
    expect(splitOf(week([usage, ["seats", 0, 0, 2 * micros]]), week([usage, ["credit", 0, 0, -1 * micros]]), -300n)).toMatchObject({
      volume: 0n,
      notTokenPriced: -300n,
    }));
  it("one factor alone takes the whole change", () => {
    const at = (row: Row) => splitOf(week([usage]), week([row]), cents(week([usage]), week([row])));
    expect(at(["m", 20, 2000, 10 * micros])).toMatchObject({ volume: 500n, mix: 0n, tokensPerRequest: 0n, price: 0n });
    expect(at(["m", 10, 2000, 10 * micros])).toMatchObject({ volume: 0n, tokensPerRequest: 500n, price: 0n });
    expect(at(["m", 10, 1000, 10 * micros])).toMatchObject({ volume: 0n, tokensPerRequest: 0n, price: 500n });
  });
});
