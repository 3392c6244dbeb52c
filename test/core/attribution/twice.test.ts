import { describe, expect, test } from "vitest";
import { countedTwice, type PayingSource } from "../../../src/core/attribution/twice.ts";
import { eachDay } from "../../../src/core/day.ts";
import { charge, type ChargePart, units } from "../../support/charges.ts";

const days = eachDay({ start: "2026-11-02", end: "2026-11-12" });
const bill = (source: string, cost: (index: number) => number, part: ChargePart = {}) =>
  days.map((day, index) => charge({ day, source, cost: units(cost(index)), ...part }));
const file = (name: string, type = "focus"): PayingSource => ({ name, type, isVendor: false });
const vendor = (name: string, type = "openai"): PayingSource => ({ name, type, isVendor: true });
const rising = (index: number) => 100 + index * 1.37;
const other = (index: number) => 40 + index * 2;

describe("refused", () => {
  test("a vendor's own bill beside an export that holds the same provider, with what to write", () => {
    const problems = countedTwice(
      [...bill("export", rising), ...bill("openai", other, { provider: "openai" })],
      [file("export"), vendor("openai")],
    );
    expect(problems).toHaveLength(1);
    expect(problems[0]?.kind).toBe("usage");
    expect(problems[0]?.message).toBe(
      "OpenAI would be counted twice: from 2026-11-02 to 2026-11-11 source `export` has 1061.65 for it, source `openai` has 490 for it",
    );
    expect(problems[0]?.remedy).toContain("`counts: attribution`");
    expect(problems[0]?.remedy).toContain("`counts: money` at both");
  });

  test.each([
    ["the file", { ...file("a"), counts: "money" }, vendor("b")],
    ["the vendor", file("a"), { ...vendor("b"), counts: "money" }],
  ] as const)("also where %s alone is taken at its word", (_, a, b) => {
    expect(countedTwice([...bill("a", rising), ...bill("b", rising)], [a, b])).toHaveLength(1);
  });

  test("whichever comes first", () => {
    expect(countedTwice([...bill("b", rising), ...bill("a", rising)].toReversed(), [vendor("a"), file("b")])).toMatchObject([
      { message: expect.stringContaining("from 2026-11-02 to 2026-11-11 source `a`") as string },
    ]);
  });

  test("whatever each calls the provider", () => {
    const charges = [...bill("a", rising, { provider: "AWS" }), ...bill("b", rising, { provider: "Amazon Web Services" })];
    expect(countedTwice(charges, [file("a"), vendor("b", "aws-cost-explorer")])).toHaveLength(1);
  });
});

describe("taken", () => {
  test.each<[string, ReturnType<typeof bill>, PayingSource[]]>([
    ["two files, of which `doubles` warns", [...bill("a", rising), ...bill("b", rising)], [file("a"), file("b", "csv")]],
    [
      "two files beside a vendor that bills another provider",
      [...bill("a", rising), ...bill("b", other), ...bill("c", other, { provider: "Anthropic" })],
      [file("a"), file("b", "csv"), vendor("c", "anthropic")],
    ],
    ["two organizations of one vendor", [...bill("a", rising), ...bill("b", other)], [vendor("a"), vendor("b")]],
    ["two files of different amounts", [...bill("a", rising), ...bill("b", other)], [file("a"), file("b", "csv")]],
    ["the same fee every day", [...bill("a", () => 5), ...bill("b", () => 5)], [file("a"), file("b")]],
    [
      "Claude on Bedrock beside Anthropic",
      [...bill("a", rising, { provider: "AWS" }), ...bill("b", rising, { provider: "Anthropic" })],
      [file("a"), vendor("b", "anthropic")],
    ],
    [
      "other days",
      [...bill("a", rising), ...bill("b", rising).map((one) => ({ ...one, day: one.day.replace("-11-", "-10-") }))],
      [file("a"), vendor("b")],
    ],
    [
      "both at their word",
      [...bill("a", rising), ...bill("b", rising)],
      [
        { ...file("a"), counts: "money" },
        { ...vendor("b"), counts: "money" },
      ],
    ],
    [
      "corrections of earlier months, fees and days of nothing",
      [
        ...bill("a", rising),
        ...bill("b", rising, { correction: true, billingPeriod: "2026-12-01" }),
        ...bill("b", rising, { category: "Purchase" }),
        ...bill("b", () => 0),
      ],
      [file("a"), vendor("b")],
    ],
    [
      "shares: they are no money",
      [...bill("a", rising), ...bill("b", rising).map((one) => ({ ...one, list: one.billed, billed: 0n, effective: 0n }))],
      [file("a"), vendor("b")],
    ],
  ])("%s", (_, charges, sources) => {
    expect(countedTwice(charges, sources)).toEqual([]);
  });
});
