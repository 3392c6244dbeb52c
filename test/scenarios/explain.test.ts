import { describe, expect, test } from "vitest";
import { daily, focusCsv } from "../support/focus.ts";
import { filesIn, overpace, write } from "../support/world.ts";
import { asOf, project, refusedOnce, review, rows, weekly } from "./project.ts";

/** `analyze --explain`: where a figure comes from, on the whole program. */

const explainOf = (folder: string, ...words: string[]) => overpace(folder, ["analyze", ...asOf, "--explain", ...words]);

describe("a figure of a project with two weeks in its ledger", () => {
  const folder = project();
  const earlier = overpace(folder, ["weekly", "--as-of", "2026-11-16"]);

  test("names formula, rounding, and each row with the ledger file that holds it", async () => {
    expect((await earlier).code).toBe(0);
    const before = filesIn(folder);
    const { code, out, err } = await explainOf(folder, "openai/inference");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^openai\/inference = 0\.00 USD\nformula: {2}the usage of openai\/inference/);
    expect(out).toContain("rows:     14 charges of a day, together 0\n");
    expect(out).toContain("2026-11-15  -100  OpenAI · Inference  focus  reviews/ledger/2026-11-16.2026-W46.csv\n");
    expect(out).toContain("2026-11-16   100  OpenAI · Inference  focus  reviews/ledger/2026-11-23.2026-W47.csv\n");
    expect(filesIn(folder)).toEqual(before);
  });

  test("--json prints every row, the text the first forty", async () => {
    await earlier;
    write(folder, {
      "costs/more.csv": focusCsv(
        [...Array(5).keys()].flatMap((n) => daily("2026-11-16", "AWS", `S${n}`, Array(7).fill(1_000) as number[])),
      ),
    });
    const { out } = await explainOf(folder, "last7");
    expect(out).toContain("last7.total = 1050.00 USD\n");
    expect(out).toContain("rows:     42 charges of a day, together 1050\n");
    expect(out).toMatch(/… and 2 more, together \d+; --json prints all\n$/);
    const { out: text } = await explainOf(folder, "last7", "--json");
    const found: { rows: { amount: string; ledger: string }[] } = JSON.parse(text);
    expect(found).toMatchObject({ figure: "last7.total", value: "1050.00", currency: "USD", exact: "1050" });
    expect(found.rows).toHaveLength(42);
    expect(found.rows.reduce((total, { amount }) => total + Number(amount), 0)).toBe(1050);
    expect(new Set(found.rows.map(({ ledger }) => ledger))).toEqual(new Set(["reviews/ledger/2026-11-23.2026-W47.csv"]));
  });
});

test("a percentage is rounded once, wherever it is printed: 3.346 is 3.35 as a figure and 3.3 in the review", async () => {
  const earlier = daily("2026-11-02", "OpenAI", "Inference", Array<number>(14).fill(100_000));
  const later = daily("2026-11-16", "OpenAI", "Inference", Array<number>(7).fill(103_346));
  // The month comes to 14 days of 1,000.00 and 15 of 1,033.46 at the current pace, which is 3.346 % over the plan as well.
  const plan = `currency: USD\nmonths:\n  "2026-11": 28546.73\n`;
  const folder = project({ "config/plan.yaml": plan, "costs/all.csv": focusCsv([...earlier, ...later]) });
  const { out: says } = await overpace(folder, weekly);
  expect(says).toContain("(+3.3 %), pace 3.3 % over plan");
  expect(review(folder)).not.toContain("3.4 %");
  expect(review(folder)).toContain("the week is up 3.3 % on the week before");
  expect(review(folder)).toContain("pacePercent: 3.35\n");
  expect((await overpace(folder, ["weekly", ...asOf])).out).toContain("(+3.3 %), pace 3.3 % over plan");
  expect(JSON.parse((await overpace(folder, ["analyze", ...asOf, "--json"])).out)).toMatchObject({ change: { percent: 3.35 } });
  expect((await explainOf(folder, "change.percent")).out).toContain("change.percent = 3.35 % (3.3 % where one decimal is printed)\n");
});

test("the figures in a terminal say which way each change goes", async () => {
  const folder = project();
  write(folder, { "costs/more.csv": focusCsv(daily("2026-11-16", "AWS", "S3", Array(7).fill(1_000) as number[])) });
  const { out } = await overpace(folder, ["analyze", ...asOf]);
  expect(out).toContain("change +$70.00 (+10.0 %)\n");
  expect(out).toContain("delta          AWS · S3: +$70.00 (new)\n");
  expect(out).toContain("the rest       $0.00   listed +$70.00   total +$70.00\n");
});

test("a figure that there is none of is refused with names of some that there are", async () => {
  const refusal = await refusedOnce(project(), ["analyze", ...asOf, "--explain", "openai/inferense"], 2);
  expect(refusal).toMatchObject({
    what: "the review of 2026-W47 has no figure `openai/inferense`",
    remedy: expect.stringContaining("openai/inference"),
  });
});

test("no other command takes --explain", async () => {
  const { what, remedy } = await refusedOnce(project(), [...weekly, "--explain", "last7"], 2);
  expect([what, remedy]).toEqual(["weekly takes no --explain", "use overpace analyze --explain FIGURE"]);
});

test("names from outside cannot write to the terminal", async () => {
  const { out } = await explainOf(
    project({ "costs/all.csv": focusCsv([...rows, ...daily("2026-11-20", "Evil\u001b[31m", "::error::x", [9_900, 9_900, 9_900])]) }),
    "last7",
  );
  expect(out).toContain("Evil");
  expect(["\u001b", "::error::"].filter((part) => out.includes(part))).toEqual([]);
});
