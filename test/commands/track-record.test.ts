import { expect, test } from "vitest";
import { eachDay } from "../../src/core/day.ts";
import { project } from "../scenarios/project.ts";
import { charge, focusCsv } from "../support/focus.ts";
import { randomFrom } from "../support/properties.ts";
import { filesIn, overpace } from "../support/world.ts";

/** Reviews week after week in one folder: what they said of their months is held against what the months cost. */

const random = randomFrom(7);
const rows = eachDay({ start: "2026-07-01", end: "2026-11-23" }).map((day) =>
  charge(day, "OpenAI", "Inference", Math.round(30_000 * (0.8 + 0.4 * random())), {}),
);
const plan = `currency: USD\nmonths:\n  "2026-09": 9000\n  "2026-10": 9000\n  "2026-11": 9000\n`;
const lineOf = (folder: string, id: string) =>
  /^\*\*Track record\*\*.*$/m.exec(filesIn(folder)[`reviews/2026/${id}.md`] ?? "")?.[0] ?? null;

test("the record stands in the review once two months have closed, and in the figures; a check leaves it as it is", async () => {
  const folder = project({ "costs/all.csv": focusCsv(rows), "config/plan.yaml": plan });
  for (const asOf of ["2026-09-14", "2026-09-28", "2026-10-12", "2026-10-26", "2026-11-23"])
    expect((await overpace(folder, ["weekly", "--as-of", asOf])).code).toBe(0);
  expect(lineOf(folder, "2026-W41")).toBeNull();
  expect(lineOf(folder, "2026-W47")).toMatch(
    /^\*\*Track record\*\* of the likely month end, \d weekly forecasts of September and October 2026: (\d) of \d held the month end in their 80 % range; it was closer than the current pace in \d of \d, and too (high|low) in \d of \d\.$/,
  );
  const { out } = await overpace(folder, ["analyze", "--json", "--as-of", "2026-11-23"]);
  const { trackRecord } = JSON.parse(out) as { trackRecord: Record<string, unknown> };
  expect(trackRecord).toMatchObject({ months: ["2026-09", "2026-10"], skill: null });
  expect(lineOf(folder, "2026-W47")).toContain(`${String(trackRecord["forecasts"])} weekly forecasts`);
  const explained = await overpace(folder, ["analyze", "--as-of", "2026-11-23", "--explain", "trackRecord"]);
  expect(explained.out).toContain("all, pace: too high in: ");
  expect(explained.out).not.toContain("nothing to compare with");
  const checked = await overpace(folder, ["check", "--json", "reviews/2026/2026-W47.md"]);
  const { findings } = JSON.parse(checked.out) as { findings: { rule: string; severity: string }[] };
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
});

test("of costs that are the same every day each forecast is right, and none too low", async () => {
  const flat = eachDay({ start: "2026-07-01", end: "2026-11-23" }).map((day) => charge(day, "OpenAI", "Inference", 30_000, {}));
  const folder = project({ "costs/all.csv": focusCsv(flat), "config/plan.yaml": plan });
  for (const asOf of ["2026-09-14", "2026-09-28", "2026-10-12", "2026-10-26", "2026-11-23"])
    expect((await overpace(folder, ["weekly", "--as-of", asOf])).code).toBe(0);
  expect(lineOf(folder, "2026-W47")).toBe(
    "**Track record** of the likely month end, 4 weekly forecasts of September and October 2026: 4 of 4 held the month end in their 80 % range; each of them was right to the cent.",
  );
});
