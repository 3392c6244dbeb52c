import { expect, test } from "vitest";
import { type Day, eachDay } from "../../../../src/core/day.ts";
import type { Anomaly } from "../../../../src/core/review/findings/odd-days.ts";
import { togetherOf } from "../../../../src/core/review/findings/together.ts";
import { units } from "../../../support/charges.ts";

/** A finding of November: on each of its days it cost 10, 4 were expected, and 7 with its event. */
function finding(path: readonly [string, string?], from: number, to: number): Anomaly {
  const [start, end] = [from, to].map((day): Day => `2026-11-${String(day).padStart(2, "0")}`);
  const period = { start: start ?? "", end: end ?? "" };
  const days = new Map(eachDay({ start: "2026-11-01", end: "2026-11-30" }).map((day) => [day, units(10)]));
  const dimension = path.length === 1 ? "provider" : "service";
  const size = to - from;
  return {
    slice: { dimension, path, key: path.at(-1), days },
    period,
    actual: units(10 * size),
    expected: units(4 * size),
    event: { expected: units(7 * size) },
  } as unknown as Anomaly;
}

/** What a service costs on days of its provider's finding stands in the amounts of both. */
test.each<[string, number[], number]>([
  ["the same days", [16, 20], 4],
  ["days before it", [10, 16], 0],
  ["days after it", [20, 22], 0],
  ["days that begin before it", [14, 18], 2],
  ["days that go on after it", [19, 23], 1],
  ["days around it", [14, 23], 4],
  ["days within it", [17, 19], 2],
])("a provider and a service of it, on %s", (_, [from = 0, to = 0], twice) => {
  const all = [finding(["OpenAI"], 16, 20), finding(["OpenAI", "Inference"], from, to)];
  const days = 4 + to - from;
  expect(togetherOf(all)).toEqual({
    actual: units(10 * (days - twice)),
    expected: units(4 * days - 10 * twice),
    stated: units(7 * days - 10 * twice),
  });
});

test("a service that bears the name of its provider counts once", () => {
  expect(togetherOf([finding(["Pinecone", "Pinecone"], 16, 20)])).toEqual({ actual: units(40), expected: units(16), stated: units(28) });
});

test("another provider's service counts by itself", () => {
  const all = [finding(["OpenAI"], 16, 20), finding(["AWS", "Inference"], 16, 20)];
  expect(togetherOf(all)).toEqual({ actual: units(80), expected: units(32), stated: units(56) });
});
