import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Charge } from "../../../src/core/ledger/charge.ts";
import { allocator, defaultAllocation } from "../../../src/core/settings/allocation.ts";
import { kindsBy } from "../../../src/core/slices/kind.ts";
import { costIn, sliceName, slicesOf } from "../../../src/core/slices/slice.ts";
import { charge } from "../../support/charges.ts";

const slices = (charges: readonly Charge[]) =>
  slicesOf(charges, kindsBy({ allocate: allocator(defaultAllocation), shares: [] }), ({ effective }) => effective);
const ids = (charges: readonly Charge[]) => slices(charges).map(({ id }) => id);
const six = (name: string) => createHash("sha256").update(name).digest("hex").slice(0, 6);

describe("slicesOf", () => {
  it("ids are the slugs of provider, service and model, and of each target's value", () => {
    const tags = JSON.stringify({ feature: "Chat & Search", customer: "Acme", team: "R2/D2" });
    expect(ids([charge({ service: "Inference API", model: "gpt-4.1", tags })])).toEqual([
      "openai",
      "openai/inference-api",
      "openai/inference-api/gpt-4.1",
      "feature:chat-search",
      "customer:acme",
      "team:r2-d2",
    ]);
  });

  it("what has no name is shown as such and a charge without a model is in no model slice", () => {
    expect(slices([charge({ provider: "", service: "" })]).map(({ id, key }) => [id, key])).toEqual([
      ["-unnamed-", "(unnamed)"],
      ["-unnamed-/-unnamed-", "(unnamed)"],
      ["feature:-unallocated-", "(unallocated)"],
      ["customer:-unallocated-", "(unallocated)"],
      ["team:-unallocated-", "(unallocated)"],
    ]);
  });

  it("what is estimated is told by day, beside what the days cost, whatever the order", () => {
    const [first, second] = ["2026-11-16", "2026-11-17"];
    const charges = [
      charge({ day: first, cost: 1n, estimated: true }),
      charge({ day: first, cost: 2n, estimated: true }),
      charge({ day: first, cost: 4n }),
      charge({ day: second, cost: 8n }),
      charge({ day: first, cost: 16n, estimated: true }),
    ];
    const [provider] = slices(charges);
    expect([...(provider?.days ?? [])]).toEqual([
      [first, 23n],
      [second, 8n],
    ]);
    expect([...(provider?.estimated ?? [])]).toEqual([[first, 19n]]);
  });

  it("names that collide are told apart under their parent only, and below it", () => {
    const found = ids([
      charge({ provider: "Open AI" }),
      charge({ provider: "open-ai" }),
      charge({ provider: "AWS", service: "inference" }),
    ]);
    expect(found.slice(0, 6)).toEqual([
      "aws",
      `open-ai~${six("Open AI")}`,
      `open-ai~${six("open-ai")}`,
      "aws/inference",
      `open-ai~${six("Open AI")}/inference`,
      `open-ai~${six("open-ai")}/inference`,
    ]);
  });

  it("days add up per slice, whatever the order of the charges", () => {
    const charges = [charge({ cost: 1n }), charge({ cost: 2n, model: "m" }), charge({ cost: 4n, day: "2026-11-17", source: "other" })];
    const [provider] = slices(charges);
    expect([...(provider?.days ?? [])]).toEqual([
      ["2026-11-16", 3n],
      ["2026-11-17", 4n],
    ]);
    expect([...(provider?.sources ?? [])]).toEqual(["focus", "other"]);
    expect(costIn(provider?.days ?? new Map(), { start: "2026-11-16", end: "2026-11-17" })).toBe(3n);
    expect(slices([...charges].reverse()).map(({ id, path }) => [id, path])).toEqual(slices(charges).map(({ id, path }) => [id, path]));
  });

  it("every id is there once", () => {
    const names = ["a", "A", "a ", "a/b", "a-b", "", "(unnamed)", "ä", "feature:x"];
    const charges = names.flatMap((provider) => names.flatMap((service) => names.map((model) => charge({ provider, service, model }))));
    const found = ids(charges);
    expect(new Set(found).size).toBe(found.length);
  });

  it("the printed name holds the whole path", () =>
    expect(sliceName({ path: ["OpenAI", "Inference", "gpt-5"] })).toBe("OpenAI · Inference · gpt-5"));
});
