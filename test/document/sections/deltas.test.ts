import { describe, expect, test } from "vitest";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { deltasSection } from "../../../src/document/sections/deltas/deltas.ts";
import { type ChargePart, charge, daily, reviewInput, source, units } from "../../support/charges.ts";

/** What section 2 says of features, customers, tokens and days in cases of their own. */

const [start, week, asOf] = ["2026-09-07", "2026-11-16", "2026-11-23"];
const usage = (from: string, cost: number, part: ChargePart = {}, to = asOf) =>
  daily({ start: from, end: to }, { cost: units(cost), ...part });
const told = (charges: ReviewInput["charges"], part: Partial<ReviewInput> = {}) => {
  const { head, items } = deltasSection(contextOf(reviewOf(reviewInput({ charges, ...part }))));
  return { head: head?.text ?? "", items: items.map(({ zone }) => zone.text) };
};
const tagged = (tags: object): ChargePart => ({ tags: JSON.stringify(tags) });

test.each([
  [6, null],
  [7, "1 more feature moved less."],
  [8, "2 more features moved less."],
])("of %d features the six that moved most are named, the others counted", (count, text) => {
  const features = Array.from({ length: count }, (_, index) => [
    ...usage(start, 10, tagged({ feature: `f${index}` })),
    charge({ day: week, cost: units(index), ...tagged({ feature: `f${index}` }) }),
  ]).flat();
  const { head } = told(features);
  expect(head.match(/^\| f\d /gm)).toHaveLength(6);
  expect(head).toContain(`| f${count - 1} |`);
  expect(/^.* moved less\.$/m.exec(head)?.[0] ?? null).toBe(text);
});

describe("where types of tokens are told apart", () => {
  /** 100 requests a day with these thousands of input and output tokens, at these prices of a thousand. */
  const counted = (from: string, to: string, [input, output]: number[], [priceIn, priceOut]: number[]) => [
    ...usage(from, (input ?? 0) * (priceIn ?? 0), { model: "m", requests: 100, inputTokens: (input ?? 0) * 1_000 }, to),
    ...usage(from, (output ?? 0) * (priceOut ?? 0), { model: "m", outputTokens: (output ?? 0) * 1_000 }, to),
  ];
  test.each<[string, number[], number[]]>([
    ["more or dearer tokens per request", [30, 10], [1, 5]],
    ["more or dearer tokens per request", [10, 20], [1, 5]],
    ["fewer or cheaper tokens per request", [20, 5], [1, 5]],
    ["higher prices per token", [20, 10], [1.5, 7]],
    ["lower prices per token", [20, 10], [0.8, 4]],
  ])("the split says %s: %j at %j", (words, tokens, prices) => {
    const charges = [...counted(start, week, [20, 10], [1, 5]), ...counted(week, asOf, tokens, prices)];
    expect(told(charges).items[0]).toContain(`\n\nAll of it is ${words}.\n\n`);
  });
});

test.each<[string, string, number[], string | null]>([
  [
    "the other way",
    "2026-11-16",
    [160, 60],
    "On the day that is final: $100.00 → $160.00 (+60.0 %); those after Mon 16 Nov may still change.",
  ],
  [
    "further",
    "2026-11-17",
    [50, 50, 95],
    "On the 2 days that are final: $200.00 → $100.00 (-50.0 %); those after Tue 17 Nov may still change.",
  ],
  ["as much", "2026-11-17", [120, 120, 120], null],
  ["by four points more", "2026-11-17", [124, 124, 120], null],
  ["by six points more", "2026-11-17", [127, 127, 118], "On the 2 days that are final: $200.00 → $254.00 (+27.0 %)"],
])("where the last days are not final, those that are are told if they moved %s", (_, settled, costs, text) => {
  const days = Array.from({ length: 7 }, (__, index) =>
    charge({ day: `2026-11-${16 + index}`, cost: units(costs[index] ?? costs.at(-1) ?? 0) }),
  );
  const [item = ""] = told([...usage(start, 100, {}, week), ...days], { sources: [source(settled)] }).items;
  if (text === null) expect(item).not.toContain("final");
  else expect(item).toContain(text);
});

describe("of which data are missing", () => {
  const sources = [source("2026-11-22"), source("2026-11-18", "late")];
  const late = { source: "late", provider: "AWS" };
  const customer = (name: string, cost: number, part: ChargePart = {}, to = asOf) =>
    usage(start, cost, { ...tagged({ customer: name }), ...part }, to);
  const row = (head: string, name: string) => head.split("\n").find((line) => line.startsWith(`| ${name} |`));

  test("a customer is not told to have fallen, the others are as they are", () => {
    const { head } = told([...customer("a", 50), ...customer("b", 20, late, "2026-11-19"), ...usage(start, 10)], { sources });
    expect(row(head, "a")).toBe("| a | $350.00 | $350.00 | $0.00 (0.0 %) |");
    expect(row(head, "b")).toBe("| b | $60.00 | $140.00 | data missing |");
    expect(row(head, "(unallocated)")).toBe("| (unallocated) | $70.00 | $70.00 | $0.00 (0.0 %) |");
  });

  test.each([
    ["one of them", "h", "| 3 more customers | $752.00 | $924.00 | data missing |"],
    ["one that is named", "a", "| 3 more customers | $924.00 | $924.00 | $0.00 (0.0 %) |"],
  ])("the customers that are not named are told so only where it is %s", (_, lacking, text) => {
    const all = [..."abcdefgh"].flatMap((letter, index) => {
      const cost = letter === "a" ? 500 : 50 - index;
      return letter === lacking ? customer(letter, cost, late, "2026-11-19") : customer(letter, cost);
    });
    expect(row(told(all, { sources }).head, "3 more customers")).toBe(text);
  });

  test("a service is told with the days that are there, around a hole, too", () => {
    const aws = usage(start, 80, { provider: "AWS", service: "EC2" }).filter(({ day }) => day !== "2026-11-18" && day !== "2026-11-19");
    const [item] = told([...usage(start, 100), ...aws]).items;
    expect(item).toContain(
      "### AWS · EC2: no data from AWS for 18–19 November 2026\n\nWhat arrived of the last 7 days (5 days) is $400.00;",
    );
    expect(item).toContain("By day: Mon 16 $80.00 · Tue 17 $80.00 · Fri 20 $80.00 · Sat 21 $80.00 · Sun 22 $80.00.");
  });
});
