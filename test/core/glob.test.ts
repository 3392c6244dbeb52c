import { describe, expect, it } from "vitest";
import { matchesGlob } from "../../src/core/glob.ts";
import { processorMs } from "../support/processor.ts";

describe("matchesGlob", () => {
  it.each([
    ["gpt-5*", "gpt-5-mini", true],
    ["gpt-5*", "GPT-5", true],
    ["gpt-5", "gpt-5-mini", false],
    ["*mini*", "gpt-5-mini", true],
    ["a*a", "a", false],
    ["a*a", "aa", true],
    ["*", "", true],
    ["**", "x", true],
    ["", "", true],
    ["", "x", false],
    ["a*b*c", "aXbYc", true],
    ["a*b*c", "acb", false],
    ["a*bc*bc", "abc", false],
    ["a*bc*bc", "abcbc", true],
    ["x*ab*b", "xab", false],
    ["claude-?", "claude-3", false],
    ["a.c", "abc", false],
    ["[ab]", "a", false],
    ["[ab]", "[AB]", true],
    ["(a+)+$", "aaaa", false],
    ["a\\*", "a\\x", true],
    ["ÅNGSTRÖM*", "ångström-1", true],
  ])("%j on %j: %s", (pattern, text, expected) => expect(matchesGlob(pattern, text)).toBe(expected));

  it("a pattern of many stars takes no time on a long text that does not fit", () => {
    const took = processorMs(() => expect(matchesGlob(`${"*a".repeat(2_000)}*b`, "a".repeat(100_000))).toBe(false));
    expect(took).toBeLessThan(1_000);
  });
});
