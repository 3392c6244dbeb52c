import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eachDay } from "../../src/core/day.ts";
import { project } from "../scenarios/project.ts";
import { charge, focusCsv } from "../support/focus.ts";
import { filesIn, overpace } from "../support/world.ts";

/** The forecast of a week ago is computed anew from what is known today: where the review of that week said another amount, it is told why. */

const asked = { start: "2026-10-01", end: "2026-11-23" };
const usage = eachDay(asked).map((day) => charge(day, "OpenAI", "Inference", 10_000, {}));
const plan = `currency: USD\nmonths:\n  "2026-11": 3000\n`;
const pacingOf = (folder: string, id: string) =>
  (filesIn(folder)[`reviews/2026/${id}.md`] ?? "").match(/^.*(?:Since last week|Last week's review).*$/gm);

/** Two reviews in a row; between them something becomes known. */
async function twoWeeks(then: (folder: string) => void, dates = ["2026-11-16", "2026-11-23"], costs = usage): Promise<string> {
  const folder = project({ "costs/all.csv": focusCsv(costs), "config/plan.yaml": plan });
  const [first = "", last = ""] = dates;
  expect((await overpace(folder, ["weekly", "--as-of", first])).code).toBe(0);
  then(folder);
  expect((await overpace(folder, ["weekly", "--as-of", last])).code).toBe(0);
  return folder;
}
const corrected = (folder: string) =>
  writeFileSync(
    join(folder, "costs/all.csv"),
    focusCsv([
      ...usage,
      charge("2026-10-20", "OpenAI", "Inference", 41_250, { ChargeClass: "Correction", BillingPeriodStart: "2026-11-01" }),
    ]),
  );

const restated = (folder: string) =>
  writeFileSync(join(folder, "costs/all.csv"), focusCsv([...usage, charge("2026-11-10", "OpenAI", "Inference", 50_000, {})]));

test("a correction that came in since is why both differ; a check leaves the line as it is", async () => {
  const folder = await twoWeeks(corrected);
  expect(pacingOf(folder, "2026-W47")).toEqual([
    "- **Since last week:** the forecast has not moved.",
    "**Last week's review** said $3,000.00: with the costs and settings that are known today it would have said $3,412.50.",
  ]);
  const explained = await overpace(folder, ["analyze", "--as-of", "2026-11-23", "--explain", "forecast.movement"]);
  expect(explained.out).toContain("said by last week's review: 3000.00");
  const checked = await overpace(folder, ["check", "--json", "reviews/2026/2026-W47.md"]);
  const { findings } = JSON.parse(checked.out) as { findings: { rule: string; severity: string }[] };
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
});

test.each<[string, (folder: string) => void, string[] | undefined]>([
  ["where it said the same", () => undefined, undefined],
  ["of what was restated, which is told where it says so", restated, undefined],
  ["of a review of another day", corrected, ["2026-11-15", "2026-11-23"]],
])("nothing is said %s", async (_, then, dates) => {
  const folder = await twoWeeks(then, dates);
  expect(pacingOf(folder, "2026-W47")).toHaveLength(1);
});

test("nothing is said where credits cover all costs, and it said the same", async () => {
  const credits = eachDay(asked).map((day) => charge(day, "OpenAI", "Inference", -10_000, { ChargeCategory: "Credit" }));
  const folder = await twoWeeks(() => undefined, undefined, [...usage, ...credits]);
  expect(pacingOf(folder, "2026-W47")).toEqual(["- **Since last week:** the forecast has not moved."]);
});
