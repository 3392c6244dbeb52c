import { describe, expect, test } from "vitest";
import { daily, focusCsv } from "../support/focus.ts";
import { overpace } from "../support/world.ts";
import { config, project, refused, review, rows, twoSources, weekly } from "./project.ts";
import { goldenOf } from "./scenario.ts";

/** What reading the golden files once showed to be wrong: each test fails when the fault comes back. */

describe("data that did not come are not a saving", () => {
  test("a week of which nothing has arrived is not good", () => {
    expect(goldenOf("stale-export").review).toContain("**Incomplete.**");
    expect(goldenOf("stale-export").review).not.toContain("**Good.**");
  });

  test("a source that failed is not listed as a fall to nothing", () => {
    expect(goldenOf("late-source").review).not.toContain("$930.84 → $0.00.");
  });

  test("nobody is asked for the cause of a fall that is missing data", () => {
    expect(goldenOf("late-source").review).not.toContain("Find the cause of the fall of Anthropic");
  });

  test("a silent provider is not said to have shifted to a new level", () => {
    expect(goldenOf("silent-provider").review).not.toContain("a shift to a new level");
  });
});

describe("figures that do not agree", () => {
  test("the forecast line shows no sum where sources end on different days", () => {
    expect(goldenOf("late-source").review).toContain("each source with its own last settled day = $");
  });

  test("the gap to the plan is the same amount in the table and in the onset", () => {
    const { figures } = goldenOf("monthly-fees");
    expect(figures.gap?.amount).toBe((Number(figures.monthToDate.total) - Number(figures.monthToDate.plan)).toFixed(2));
  });

  test("a Sunday that costs what every Sunday cost is expected to cost that", () => {
    expect(goldenOf("flat-week").figures.yesterday).toMatchObject({ actual: "350.00", expected: "350.00" });
  });
});

describe("words that mislead", () => {
  test("a change from a prior week below zero is not new", () => {
    expect(goldenOf("credits-only").review).not.toContain("(new)");
  });

  test("nothing is down 0.0 %", () => {
    expect(goldenOf("below-plan").review).not.toContain("down 0.0 %");
  });

  test("a complete month is not heading anywhere", () => {
    expect(goldenOf("month-end").review).not.toContain("is heading for");
  });

  test("the verdict stands in the review without a plan and a prior week too", () => {
    expect(goldenOf("covered-by-credits").review).toContain("**Good.**");
  });

  test("days that may still change are not missing", () => {
    expect(goldenOf("settling-days").review).not.toContain("focus has no data after 29 November 2026");
  });

  test("the banner of an escalation names the section that it means", () => {
    const { review } = goldenOf("escalate");
    expect([...review.matchAll(/^## .*$/gm)].at(-1)?.[0]).toBe(review.includes("(last section)") ? "## Escalations" : "## Notes");
  });

  test("a name of nothing but spaces and marks is unnamed", () => {
    expect(goldenOf("hostile-names").review).not.toContain("### OpenAI ·  ");
  });

  test("the review says which provider counts by billed cost", () => {
    expect(goldenOf("real-focus-1.0").review).toMatch(/AWS.*(BilledCost|billed cost)/);
  });
});

describe("messages", () => {
  test("a source that fails among others is refused with its file and line", () => {
    expect(goldenOf("late-source").said).toContain("costs/anthropic.csv:45");
  });

  test("no path of this machine stands in a review", async () => {
    const folder = project({ "config/overpace.yaml": twoSources, "costs/a.csv": focusCsv(rows) });
    await overpace(folder, weekly);
    expect(review(folder)).not.toContain(folder);
  });

  test("two sources of one name are refused with line and column, beside all other faults", async () => {
    const folder = project({
      "config/overpace.yaml": `${config}  - type: focus\n    path: b.csv\n`,
      "config/plan.yaml": "currency: usd\nmonths: {}\n",
    });
    expect((await refused(folder, weekly, 2)).map(({ at }) => at)).toEqual([
      expect.stringMatching(/^config\/overpace\.yaml:\d+:\d+$/),
      "config/plan.yaml:1:11",
    ]);
  });
});

describe("money that comes twice", () => {
  test("two sources with the same amounts are pointed out, when it runs and in the review", async () => {
    const amounts = daily(
      "2026-11-02",
      "OpenAI",
      "Inference",
      Array.from({ length: 21 }, (_, index) => 10_000 + index * 7),
    );
    const files = { "costs/a.csv": focusCsv(amounts), "costs/b.csv": focusCsv(amounts.map((row) => ({ ...row, ServiceName: "API" }))) };
    const folder = project({ "config/overpace.yaml": twoSources, ...files });
    const { err } = await overpace(folder, weekly);
    expect(err).toContain("warning: The sources `a` and `b` bring the same amounts of OpenAI on 21 days from 2026-11-02 to 2026-11-22");
    expect(review(folder)).toContain("bring the same amounts of OpenAI on 21 days");
  });
});
