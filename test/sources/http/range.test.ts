import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, eachDay } from "../../../src/core/day.ts";
import { answeredDays, rangesOf } from "../../../src/sources/http/days.ts";
import { namer } from "../../../src/sources/http/names.ts";
import { dayAt, piecesOf, rangeToAsk, unixOf } from "../../../src/sources/http/range.ts";
import { runs } from "../../support/properties.ts";

const asOf = "2026-11-09";

describe("the days to ask for", () => {
  test.each([
    ["ninety at first", null, 0, 7, null, "2026-08-11"],
    ["what the vendor may restate", "2026-11-08", 0, 7, null, "2026-11-02"],
    ["what it may have restated since the run of a week ago", "2026-11-01", 1, 7, null, "2026-10-26"],
    ["what it may have restated since the last run, however long ago", "2026-10-20", 0, 7, null, "2026-10-14"],
    ["from the first day that the ledger lacks, of a vendor that restates nothing", "2026-10-20", 0, 0, null, "2026-10-21"],
    ["from the first day that was not settled", "2026-10-20", 3, 0, null, "2026-10-18"],
    ["also when that is earlier than what may be restated", "2026-11-08", 10, 7, null, "2026-10-30"],
    ["thirty and more where a vendor restates for long", "2026-11-08", 1, 35, null, "2026-10-05"],
    ["no more than the vendor keeps, at first", null, 1, 7, 30, "2026-10-10"],
    ["no more than the vendor keeps, later", "2026-01-01", 1, 7, 30, "2026-10-10"],
  ])("%s", (_, lastDay, settlingDays, restatementDays, oldestDays, start) => {
    expect(rangeToAsk({ settlingDays }, { restatementDays, oldestDays }, { asOf, lastDay })).toEqual({ start, end: asOf });
  });
});

const range = fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 200 })).map(([from, length]) => {
  const start = addDays("2026-01-01", from);
  return { start, end: addDays(start, length) };
});

test("pieces follow each other without a gap, none is longer than asked, none is empty", () => {
  fc.assert(
    fc.property(range, fc.integer({ min: 1, max: 60 }), (whole, most) => {
      const pieces = piecesOf(whole, most).map(eachDay);
      expect(pieces.flat()).toEqual(eachDay(whole));
      expect(pieces.every(({ length }) => length > 0 && length <= most)).toBe(true);
    }),
    runs(100),
  );
});

test("ranges hold the days that they were made of, in order, and no two touch", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60 })), (numbers) => {
      const days = numbers.map((number) => addDays("2026-01-01", number));
      const ranges = rangesOf(days);
      expect(ranges.flatMap(eachDay)).toEqual([...new Set(days)].sort());
      expect(ranges.every(({ start }, index) => index === 0 || (ranges[index - 1]?.end ?? "") < start)).toBe(true);
    }),
    runs(100),
  );
});

test("days outside of what was asked for are not answered for", () => {
  expect(
    answeredDays("x", { start: "2026-11-01", end: "2026-11-03" }, ["2026-10-31", "2026-11-01", "2026-11-02", "2026-11-03"], null),
  ).toEqual({
    ranges: [{ start: "2026-11-01", end: "2026-11-03" }],
    warnings: [],
  });
});

test("many gaps are named by the first two", () => {
  const days = ["2026-11-02", "2026-11-04", "2026-11-06"];
  const { warnings } = answeredDays("x", { start: "2026-11-01", end: "2026-11-09" }, days, "2026-11-08");
  expect(warnings).toEqual(["source `x` says nothing of 2026-11-01, 2026-11-03 and 2 more ranges: these days stay as the ledger has them"]);
});

test.each([
  ["2026-11-03", ""],
  ["2026-11-02", ", which has none after 2026-11-02: what they cost is missing from the figures until a run reads it"],
  [null, ", which has none yet: what they cost is missing from the figures until a run reads it"],
])("a gap that a ledger through %s does not fill is told as missing", (lastDay, lost) => {
  const { warnings } = answeredDays("x", { start: "2026-11-02", end: "2026-11-05" }, ["2026-11-02", "2026-11-04"], lastDay);
  expect(warnings).toEqual([`source \`x\` says nothing of 2026-11-03: these days stay as the ledger has them${lost}`]);
});

test.each([
  [1_793_577_600, "2026-11-02"],
  [1_793_577_601, null],
  [1_793_577_600_000, null],
  [0.5, null],
  [Number.NaN, null],
])("the day at %d is %o", (seconds, day) => {
  expect(dayAt(seconds)).toBe(day);
  if (day !== null) expect(unixOf(day)).toBe(seconds);
});

test("an id is shown by its name, with the id where two share one, by itself without one", () => {
  const show = namer(
    new Map([
      ["a", "Support"],
      ["b", "Same"],
      ["c", "Same"],
      ["d", " "],
    ]),
  );
  expect(["a", "b", "c", "d", "e", "", null, undefined].map(show)).toEqual(["Support", "Same (b)", "Same (c)", "d", "e", "", "", ""]);
});
