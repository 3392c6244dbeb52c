import { expect, test } from "vitest";
import { type Day, addDays, daysBetween, eachDay } from "../../src/core/day.ts";
import { project } from "../scenarios/project.ts";
import { charge, focusCsv } from "../support/focus.ts";
import { randomFrom } from "../support/properties.ts";
import { filesIn, overpace } from "../support/world.ts";

/** A review looks at each charge of 140 days; its forecast knows from the ledger what usage cost a year ago. */

const asOf = "2026-12-21";
const random = randomFrom(5);
/** Weeks that come again after 52, one of them quiet. */
const weeks = Array.from({ length: 52 }, () => 0.75 + 0.5 * random()).with(51, 0.5);
const cents = (day: Day) => Math.round(30_000 * (weeks[Math.floor(daysBetween("2024-12-31", day) / 7) % 52] ?? 1));
const rowsFrom = (start: Day) => focusCsv(eachDay({ start, end: asOf }).map((day) => charge(day, "OpenAI", "Inference", cents(day))));
const review = (folder: string) => filesIn(folder)["reviews/2026/2026-W51.md"] ?? "";
const forecast = (folder: string) => Number(/^ +forecast: "([\d.]+)"$/m.exec(review(folder))?.[1]);

async function reviewed(start: Day, dates: readonly Day[]): Promise<string> {
  const folder = project({ "costs/all.csv": rowsFrom(start) });
  for (const date of dates) expect((await overpace(folder, ["weekly", "--as-of", date])).code).toBe(0);
  return folder;
}

test("with 60 weeks of ledger a quiet week that comes every year is foreseen, and the review can be computed again", async () => {
  const [year, months] = [await reviewed("2025-10-01", ["2026-12-07", asOf]), await reviewed(addDays(asOf, -140), [asOf])];
  const month = eachDay({ start: "2026-12-01", end: "2027-01-01" });
  const actual = month.reduce((total, day) => total + cents(day), 0) / 100;
  expect(forecast(months)).toBeGreaterThan(1.08 * actual);
  expect(Math.abs(forecast(year) - actual)).toBeLessThan((2 / 3) * (forecast(months) - actual));
  expect(review(year)).toContain("2026-12-07.2026-W49.csv");
  const before = review(year);
  expect((await overpace(year, ["weekly", "--no-fetch", "--as-of", asOf])).code).toBe(0);
  expect(review(year)).toBe(before);
  const { out } = await overpace(year, ["check", "--json", "reviews/2026/2026-W51.md"]);
  const { findings } = JSON.parse(out) as { findings: { rule: string; severity: string }[] };
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  const { out: explained } = await overpace(year, ["analyze", "--explain", "forecast.model.total", "--as-of", asOf]);
  expect(explained).toMatch(/days of history\D+434\b/);
});
