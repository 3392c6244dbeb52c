import { describe, expect, it } from "vitest";
import { goldenOf } from "../scenarios/scenario.ts";
import { stepCounter } from "../support/steps.ts";

/** Twice the text takes about twice the steps, whatever it is made of; quadratic work would take four times. */
const most = 2.3;

// Counting begins before what is counted is loaded.
const steps = await stepCounter();
const { checkReview } = await import("../../src/rules/check.ts");
const { fixReview } = await import("../../src/document/fix/fix.ts");
const { formats: loads } = await import("../../src/rules/formats/index.ts");
const formats = await Promise.all(Object.values(loads).map((load) => load()));

const file = "reviews/2026/2026-W47.md";
const { review } = goldenOf("escalate");
const yamlOf = (yaml: string) => `---\n${yaml}\n---\nBody\n`;
const repeat = (text: string) => (count: number) => text.repeat(count);

function work(text: string): void {
  const fixed = fixReview(text, file, { sprint: null, held: true });
  const files = [{ file, text: fixed.text, findings: checkReview(text, file) }];
  for (const format of formats) format(files);
}

async function ratio(textOf: (count: number) => string, count: number): Promise<number> {
  for (const warm of [count, 2 * count]) work(textOf(warm));
  return (await steps(() => work(textOf(2 * count)))) / (await steps(() => work(textOf(count))));
}

describe("front matter, within its 64 KB", () => {
  it.each<[string, (count: number) => string]>([
    ["keys", (count) => Array.from({ length: count }, (_, index) => `k${index}: 1`).join("\n")],
    ["keys of one map", (count) => `a: {${Array.from({ length: count }, (_, index) => `k${index}: 1`).join(", ")}}`],
    ["the same key", repeat("a: 1\n")],
    ["actions with due days in words", (count) => `period: { end: 2026-11-23 }\nactions:\n${"  - due: Friday\n".repeat(count)}`],
    ["logins without quotes", (count) => `actions:\n${"  - owner: @a\n".repeat(count)}`],
    ["open lists", (count) => `a: ${"[".repeat(count)}`],
    ["lists", (count) => `a: ${"[".repeat(count)}${"]".repeat(count)}`],
    ["dashes", (count) => `a:\n ${"- ".repeat(count)}x`],
    ["blank lines", repeat("\n")],
    ["comments", repeat("# x\n")],
    ["quotes", (count) => `a: ${'"'.repeat(count)}`],
  ])("%s", async (_, yaml) => {
    expect(await ratio((count) => yamlOf(yaml(count)), 1_000)).toBeLessThan(most);
  });
});

describe("body", () => {
  it.each<[string, (count: number) => string]>([
    ["blank lines", repeat("\n")],
    ["lines", repeat("x\n")],
    ["spaces", repeat(" ")],
    ["letters", repeat("x")],
    ["comments", repeat("<!-- x -->")],
    ["opened comments", repeat("<!--")],
    ["backticks", repeat("`")],
    ["fences", (count) => `${"```\n".repeat(2 * count)}`],
    ["fences in lists", repeat("- ```\n")],
    ["prompts", repeat("- **Why:** x\n")],
    ["prompts in a line", repeat("- **Why:**")],
    ["quotes in quotes", repeat(">")],
    ["lists in lists", repeat("- ")],
    ["amounts", repeat("$1,234.56 ")],
    [
      "zones",
      (count) => Array.from({ length: count }, (_, index) => `<!-- overpace:delta a/${index} -->\n<!-- /overpace:delta -->\n`).join(""),
    ],
  ])("%s", async (_, body) => {
    const textOf = (count: number) => `${review.replace("- **Why:** <!--", () => `- **Why:** x\n${body(count)}\n<!--`)}${body(count)}`;
    expect(await ratio(textOf, 5_000)).toBeLessThan(most);
  });
});

it("the count is of steps: quadratic work shows", async () => {
  const { quadratic } = await import("../support/quadratic.ts");
  expect(await steps(() => quadratic(2_000))).toBeGreaterThan(3.5 * (await steps(() => quadratic(1_000))));
});
