import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { causesOf, onsetOf } from "../../../src/core/causes/causes.ts";
import type { Change } from "../../../src/core/causes/change.ts";
import { prefixOf, touched } from "../../../src/core/causes/paths.ts";
import { addDays, eachDay } from "../../../src/core/day.ts";
import { units } from "../../support/charges.ts";
import { runs } from "../../support/properties.ts";

const weeks = { period: { start: "2026-11-16", end: "2026-11-23" }, prior: { start: "2026-11-09", end: "2026-11-16" } };
const slice = (costs: readonly number[]) =>
  new Map(eachDay({ start: "2026-11-09", end: "2026-11-23" }).map((day, index) => [day, units(costs[index] ?? 0)]));
const steady = [5, 5, 5, 5, 5, 2, 2];

describe("the onset of a delta", () => {
  test.each([
    ["from the first day", [9, 9, 9, 9, 9, 6, 6], "2026-11-16"],
    ["from Wednesday", [5, 5, 9, 9, 9, 6, 6], "2026-11-18"],
    ["from Thursday, after days below", [4, 5, 4, 9, 9, 6, 6], "2026-11-19"],
    ["a fall from Friday", [5, 5, 5, 5, 1, 0, 0], "2026-11-20"],
    ["from Thursday, after days a little above", [5.1, 5.1, 5.1, 9, 9, 6, 6], "2026-11-19"],
    ["one spike on Wednesday", [5, 5, 40, 5, 5, 2, 2], "2026-11-18"],
    ["on the last day alone", [5, 5, 5, 5, 5, 2, 9], "2026-11-22"],
    ["no change at all", steady, "2026-11-16"],
  ])("%s", (_, week, onset) => {
    expect(onsetOf(slice([...steady, ...week]), weeks, "2026-11-22")).toBe(onset);
  });

  test.each([
    ["the last one, which lacks costs, tells nothing", [5, 5, 5, 4, 4, 1.5, 0.1], "2026-11-21", "2026-11-19"],
    ["nor does it hide a rise that came before it", [5, 5, 5, 5, 5, 3, 0.1], "2026-11-21", "2026-11-21"],
    ["where none is final, all days are looked at", [5, 5, 9, 9, 9, 6, 6], "2026-11-15", "2026-11-18"],
    ["nor where that is not known", [5, 5, 9, 9, 9, 6, 6], null, "2026-11-18"],
  ])("days that are not final: %s", (_, week, through, onset) => {
    expect(onsetOf(slice([...steady, ...week]), weeks, through)).toBe(onset);
  });
});

const change = (day: string, part: Partial<Change> = {}): Change => ({
  kind: "pull-request",
  repository: "acme/app",
  ref: "#1",
  title: "Change",
  day,
  paths: [],
  ...part,
});
const found = (changes: readonly Change[]) =>
  causesOf([{ id: "a", onset: "2026-11-18" }], { asked: [{ repository: "acme/app", problem: null }], found: changes }).bySlice.get("a");

describe("candidate causes", () => {
  test("from three days before the onset to the onset, both included", () => {
    const all = ["2026-11-14", "2026-11-15", "2026-11-18", "2026-11-19"].map((day) => change(day));
    expect(found(all)).toMatchObject({ onset: "2026-11-18", from: "2026-11-15" });
    expect(found(all)?.found.map(({ day }) => day)).toEqual(["2026-11-18", "2026-11-15"]);
  });

  test("those that touched configured files first, then the nearest; at most three", () => {
    const all = [
      change("2026-11-18", { ref: "#1" }),
      change("2026-11-17", { ref: "#2" }),
      change("2026-11-15", { ref: "#3", paths: ["prompts/a.md"] }),
      change("2026-11-18", { ref: "v2", kind: "release" }),
    ];
    expect(found(all)?.found.map(({ ref }) => ref)).toEqual(["#3", "v2", "#1"]);
  });

  test("the order in which they come changes nothing", () => {
    const any = fc.record({ day: fc.integer({ min: 0, max: 8 }), ref: fc.stringMatching(/^#\d{1,2}$/), paths: fc.constantFrom([], ["p"]) });
    fc.assert(
      fc.property(fc.uniqueArray(any, { selector: ({ ref }) => ref, maxLength: 12 }), (parts) => {
        const all = parts.map(({ day, ref, paths }) => change(addDays("2026-11-13", day), { ref, paths }));
        expect(found(all.toReversed())).toEqual(found(all));
        expect(found(all)?.found.length).toBeLessThanOrEqual(3);
      }),
      runs(40),
    );
  });
});

test("patterns name files; a code host is asked for what stands before the first wildcard", () => {
  expect(
    touched(["a/prompts/x.md", "prompts/b/c.md", "prompts/d.md", "models.yaml", "prompts/e", "prompts/f"], ["prompts/**", "models.*"]),
  ).toEqual(["prompts/b/c.md", "prompts/d.md", "models.yaml"]);
  expect(touched(["prompts", "src/prompts.ts", "prompt"], ["prompts/*"])).toEqual(["prompts"]);
  expect(["prompts/**", "config/models*.yaml", "*.md", "src/prompt.ts"].map(prefixOf)).toEqual(["prompts", "config", "", "src/prompt.ts"]);
});
