import { describe, expect, it } from "vitest";
import { volumesOf } from "../../../../src/core/review/deltas/volumes.ts";
import { reviewOf } from "../../../../src/core/review/review.ts";
import { charge, reviewInput, units } from "../../../support/charges.ts";

const [last, prior] = ["2026-11-18", "2026-11-11"];
const charges = [
  charge({ day: prior, model: "a", cost: units(10), requests: 100, inputTokens: 1_000, outputTokens: 50, tags: '{"feature":"chat"}' }),
  charge({
    day: last,
    model: "a",
    cost: units(12),
    requests: 110,
    inputTokens: 1_100,
    cacheReadTokens: 5,
    cacheWriteTokens: 6,
    outputTokens: 60,
    tags: '{"feature":"chat"}',
  }),
  charge({ day: last, model: "b", cost: units(20), tags: '{"feature":"new"}' }),
  charge({ day: last, cost: units(-1) }),
  charge({ day: last, category: "Tax", model: "a", cost: units(500), requests: 9 }),
  charge({ day: last, service: "Other", model: "a", cost: units(3), requests: 9 }),
  charge({ day: "2026-11-02", model: "old", cost: units(7), requests: 9 }),
];
const drivers = reviewOf(reviewInput({ charges })).listed.find(({ delta }) => delta.slice.id === "openai/inference")?.drivers;

describe("drivers of a listed service", () => {
  it("models and features by the size of their change, what has no name is shown as such", () => {
    const shown = (list: typeof drivers extends infer D ? (D extends { models: infer M } ? M : never) : never) =>
      list.map(({ name, amounts }) => [name, amounts.last7, amounts.prior7, amounts.percent]);
    expect(shown(drivers?.models ?? [])).toEqual([
      ["b", 2_000n, 0n, null],
      ["a", 1_200n, 1_000n, 20],
      ["(no model)", -100n, 0n, null],
    ]);
    expect(shown(drivers?.features ?? [])).toEqual([
      ["new", 2_000n, 0n, null],
      ["chat", 1_200n, 1_000n, 20],
      ["(unallocated)", -100n, 0n, null],
    ]);
  });
  it("requests and tokens of usage in both weeks", () => {
    expect(drivers).toMatchObject({ requests: { last7: 110, prior7: 100 }, tokens: { last7: 1_171, prior7: 1_050 } });
  });
  it("each day of the week has its cost", () => {
    expect(drivers?.days.map(({ day, cost }) => [day.slice(8), cost])).toEqual([
      ["16", 0n],
      ["17", 0n],
      ["18", 3_100n],
      ["19", 0n],
      ["20", 0n],
      ["21", 0n],
      ["22", 0n],
    ]);
  });
});

it("a model that cost nothing in both weeks is none of the parts", () => {
  const free = [last, prior].map((day) => charge({ day, model: "free", requests: 10 }));
  const found = reviewOf(reviewInput({ charges: [...charges, ...free] })).listed[0];
  expect(found?.drivers.models.map(({ name }) => name)).toEqual(["b", "a", "(no model)"]);
});

it("requests are told where no tokens are counted", () => {
  const searched = [prior, last].map((day, index) => charge({ day, cost: units(10 + index), requests: 1_000 }));
  const [found] = reviewOf(reviewInput({ charges: searched })).listed;
  expect(found && volumesOf(found.drivers, found.delta)).toMatchObject({
    requests: { last7: 1_000, prior7: 1_000, percent: 0 },
    tokens: null,
    tokensPerRequest: null,
    perThousand: { last7: 1_100n, prior7: 1_000n },
  });
});

it("a source that counts nothing has no volumes", () => {
  const found = reviewOf(reviewInput({ charges: [charge({ cost: units(5) })] })).listed[0];
  expect(found?.drivers).toMatchObject({ requests: null, tokens: null });
});
