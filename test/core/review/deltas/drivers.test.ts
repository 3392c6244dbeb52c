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

it("what another provider brings in a service of the same name is none of the parts; names may be missing", () => {
  const row = (provider: string, service: string, model: string, cost: number) =>
    charge({ day: last, provider, service, model, cost: units(cost), requests: cost });
  const { listed } = reviewOf(
    reviewInput({
      charges: [row("OpenAI", "Inference", "a", 5), row("Groq", "Inference", "b", 7), row("Groq", "", "c", 11), row("", "", "d", 13)],
    }),
  );
  const inside = listed.map(({ delta, drivers: { models, requests } }) => [
    delta.slice.path,
    models.map(({ name }) => name),
    requests?.last7,
  ]);
  expect(inside.toSorted()).toEqual([
    [["(unnamed)", "(unnamed)"], ["d"], 13],
    [["Groq", "(unnamed)"], ["c"], 11],
    [["Groq", "Inference"], ["b"], 7],
    [["OpenAI", "Inference"], ["a"], 5],
  ]);
});

it("of parts that moved as far the first by name comes first", () => {
  const rows = ["z", "m", "a"].flatMap((model) => [charge({ day: last, model, cost: units(model === "m" ? 6 : 5) })]);
  const [found] = reviewOf(reviewInput({ charges: rows })).listed;
  expect(found?.drivers.models.map(({ name }) => name)).toEqual(["m", "a", "z"]);
});

describe("volumes of a service", () => {
  const volume = (last7: number, prior7: number) => ({ last7, prior7 });
  it.each([
    ["both count both", volume(10, 5), volume(100, 40), [10, 8], [10n, 10n]],
    ["the last week has no request", volume(0, 5), volume(100, 40), null, null],
    ["the week before has none", volume(10, 0), volume(100, 40), null, [10n, null]],
    ["one request is enough", volume(1, 1), volume(100, 40), [100, 40], [100n, 50n]],
    ["requests that make up no whole one", volume(0.5, 0.5), volume(100, 40), [200, 80], null],
    ["there are no tokens", volume(10, 5), null, null, [10n, 10n]],
    ["there are no requests", null, volume(100, 40), null, null],
  ])("%s", (_, requests, tokens, perRequest, perThousand) => {
    const found = volumesOf({ models: [], features: [], requests, tokens, days: [] }, { last7: 10n * 10n, prior7: 50n });
    const [each, thousand] = [found.tokensPerRequest, found.perThousand];
    expect(each && [each.last7, each.prior7]).toEqual(perRequest);
    expect(thousand && [thousand.last7 / 1000n, thousand.prior7 && thousand.prior7 / 1000n]).toEqual(perThousand);
  });
});
