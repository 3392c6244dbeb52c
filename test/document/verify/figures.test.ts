import { describe, expect, it } from "vitest";
import { figureDifferences } from "../../../src/document/verify/figures.ts";

describe("figures are compared as values", () => {
  it.each<[unknown, unknown, boolean]>([
    ["4178.02", "4178.02", true],
    [4178.02, "4178.02", true],
    ["4178.020", "4178.02", true],
    ["04178.02", "4178.02", true],
    ["+4178.02", "4178.02", true],
    [" 4178.02 ", "4178.02", true],
    ["4178.", "4178.00", true],
    ["-0.00", "0.00", true],
    [0, "0.00", true],
    ["0", "00.0", true],
    ["-1.50", -1.5, true],
    ["4178.02", "4178.03", false],
    ["-1.50", "1.50", false],
    ["100", "1", false],
    ["10", "100", false],
    ["0.10", "0.01", false],
    ["1e3", "1000", false],
    ["4,178.02", "4178.02", false],
    ["0x10", "16", false],
    ["", "0", false],
    [null, "0.00", false],
    [null, null, true],
    [null, undefined, false],
    [true, "true", false],
    ["good", "good", true],
    ["good", "Good", false],
    ["many", "more", false],
    [[], {}, false],
    [{}, [], false],
    [{}, null, false],
    [null, [], false],
  ])("%j and %j: %j", (stated, computed, same) => {
    expect(figureDifferences({ a: stated }, { a: computed })).toEqual(same ? [] : [{ path: ["a"], stated, computed }]);
  });

  it("names each figure that differs, the computed ones first, and those that one side has alone", () => {
    const stated = { ours: 1, last7: "1.00", list: ["a", "b", "c"], more: { x: 1, y: [2] } };
    const computed = { last7: "2.00", list: ["a", "c"], more: { y: [2, 3], x: "1.0" } };
    expect(figureDifferences(stated, computed)).toEqual([
      { path: ["last7"], stated: "1.00", computed: "2.00" },
      { path: ["list", 1], stated: "b", computed: "c" },
      { path: ["list", 2], stated: "c", computed: undefined },
      { path: ["more", "y", 1], stated: undefined, computed: 3 },
      { path: ["ours"], stated: 1, computed: undefined },
    ]);
    expect(figureDifferences({ b: 1, a: 2 }, { a: 2, b: 1 })).toEqual([]);
  });

  it("a key that every object has by nature is none of the file", () => {
    expect(figureDifferences({}, { constructor: "1" })).toEqual([{ path: ["constructor"], stated: undefined, computed: "1" }]);
  });
});
