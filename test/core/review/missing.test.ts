import { describe, expect, it } from "vitest";
import type { Day } from "../../../src/core/day.ts";
import { missingIn } from "../../../src/core/review/data/missing.ts";

/** Days that are missing in a slice, by the providers that it holds costs of and their last days. */

const nothing = { holes: [], providerHoles: [], silences: [] };
const slice = (dimension: "feature" | "service", last: Record<string, Day>) => ({
  dimension,
  sources: new Set(["focus"]),
  providers: new Map(Object.entries(last)),
});
const feature = (last: Record<string, Day>) => slice("feature", last);

describe("a feature of a provider that fell silent", () => {
  const silences = [{ provider: "AWS", lastDay: "2026-11-10", days: 5, usualDay: 1n }];
  it.each<[string, Record<string, Day>, number]>([
    ["lacks its days", { AWS: "2026-11-10", OpenAI: "2026-11-15" }, 1],
    ["that it used within the week before lacks them", { AWS: "2026-11-04", OpenAI: "2026-11-15" }, 1],
    ["that it left a week before lacks nothing", { AWS: "2026-11-03", OpenAI: "2026-11-15" }, 0],
    ["that it never used lacks nothing", { OpenAI: "2026-11-15" }, 0],
  ])("%s", (_, last, count) => {
    const found = missingIn(feature(last), { ...nothing, silences });
    expect(found).toEqual(Array.from({ length: count }, () => ({ start: "2026-11-11", end: "2026-11-16" })));
  });
});

it("a service that is seldom used lacks the days of its provider", () => {
  const silences = [{ provider: "AWS", lastDay: "2026-11-10", days: 5, usualDay: 1n }];
  expect(missingIn(slice("service", { AWS: "2026-10-01" }), { ...nothing, silences })).toHaveLength(1);
});

describe("a feature of a provider with a hole", () => {
  const hole = { provider: "AWS", source: "focus", period: { start: "2026-11-11", end: "2026-11-14" } };
  it.each<[string, Record<string, Day>, string, number]>([
    ["lacks its days", { AWS: "2026-11-15" }, "focus", 1],
    ["that it used within the week before lacks them", { AWS: "2026-11-04" }, "focus", 1],
    ["that it left a week before lacks nothing", { AWS: "2026-11-03" }, "focus", 0],
    ["in a source that it has nothing of lacks nothing", { AWS: "2026-11-15" }, "other", 0],
  ])("%s", (_, last, source, count) => {
    const found = missingIn(feature(last), { ...nothing, providerHoles: [{ ...hole, source }] });
    expect(found).toEqual(Array.from({ length: count }, () => hole.period));
  });
});
