import { describe, expect, it } from "vitest";
import type { Charge } from "../../../src/core/ledger/charge.ts";
import { figuresOf } from "../../../src/core/review/figures/figures.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { type ChargePart, charge, reviewInput, source, units } from "../../support/charges.ts";

const asOf = "2026-11-23";
const row = (day: string, part: ChargePart) => charge({ day, ...part });
const [before, after] = ["2026-11-10", "2026-11-17"];
const splitOf = (charges: readonly Charge[], id = "openai/inference") =>
  figuresOf(reviewOf(reviewInput({ asOf, charges, sources: [source("2026-11-22")] }))).deltas.find((delta) => delta.id === id)?.split;

describe("the split of a delta", () => {
  const big = { model: "big", requests: 1000, inputTokens: 1_500_000, outputTokens: 500_000, cost: units(20) };
  const small = { model: "small", requests: 3000, inputTokens: 3_000_000, cost: units(3) };
  const charges = [
    row(before, big),
    row(before, small),
    row(after, { ...big, requests: 1400, inputTokens: 2_520_000, outputTokens: 840_000, cost: units(33.6) }),
    row(after, { ...small, requests: 2800, inputTokens: 2_800_000, cost: units(2.24) }),
    row(after, { model: "new", requests: 800, inputTokens: 400_000, cost: units(4) }),
  ];
  const worked = {
    volume: "6.43",
    mix: "2.21",
    tokensPerRequest: "4.78",
    price: "-0.58",
    new: "4.00",
    retired: "0.00",
    notTokenPriced: "0.00",
  };

  it("is that of its models, at each level", () => {
    expect(splitOf(charges)).toEqual(worked);
    expect(splitOf(charges, "openai")).toEqual(worked);
    expect(splitOf(charges, "openai/inference/small")).toMatchObject({ new: "0.00", mix: "0.00" });
  });
  it("rows of one token type stay apart: a type that became dearer is price, not length", () => {
    const input = { model: "m", requests: 100, inputTokens: 1000 };
    const output = { model: "m", outputTokens: 1000 };
    const rows = [
      row(before, { ...input, cost: units(10) }),
      row(before, { ...output, cost: units(10) }),
      row(after, { ...input, cost: units(10) }),
      row(after, { ...output, cost: units(14) }),
    ];
    expect(splitOf(rows)).toMatchObject({ price: "4.00", volume: "0.00", tokensPerRequest: "0.00" });
  });
  it("is null where nothing says requests or tokens", () => {
    expect(splitOf([row(before, { cost: units(4) }), row(after, { cost: units(9) })])).toBeNull();
  });
  it("what is no usage is left out", () => {
    expect(splitOf([...charges, row(after, { category: "Purchase", cost: units(500) })])).toEqual(worked);
  });
});
