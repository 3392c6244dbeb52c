import { describe, expect, it } from "vitest";
import { rules } from "../../src/rules/index.ts";
import { findingsOf } from "./support.ts";

/** The reader's own remarks: an example that has one shows nothing about its rule. */
const readers = new Set(["readable", "front-matter", "zones"]);

it("the sound review that examples change is accepted by every rule", () => {
  expect(findingsOf({})).toEqual([]);
});

describe.each(rules.map((rule) => [rule.name, rule] as const))("%s", (name, rule) => {
  it("has a good and a bad example, and names the points of the rhythm it comes from", () => {
    expect(rule.examples.some(({ remark }) => remark === undefined)).toBe(true);
    expect(rule.examples.some(({ remark }) => remark !== undefined)).toBe(true);
    expect(rule.reason).toMatch(/\((?:[SN]\d+(?:[,–] ?)?)+\)\.$/);
  });

  it.each(rule.examples.map((example, index) => [index + 1, example] as const))("example %d", (_, example) => {
    const findings = findingsOf(example);
    expect(findings.filter((finding) => readers.has(finding.rule))).toEqual([]);
    const own = findings.filter((finding) => finding.rule === name).map(({ message }) => message);
    expect(own).toEqual(example.remark === undefined ? [] : [expect.stringContaining(example.remark)]);
  });
});
