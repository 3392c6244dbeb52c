import { describe, expect, test } from "vitest";
import { eachDay } from "../../src/core/day.ts";
import { charge, focusCsv } from "../support/focus.ts";
import { filesIn, folderWith, overpace, write } from "../support/world.ts";

/** A source whose last day is not final: in the first review that day is half there, in the second one it is whole, and an older day has moved, too. */
const costs = (end: string, other: Readonly<Record<string, number>>) =>
  focusCsv(eachDay({ start: "2026-10-05", end }).map((day) => charge(day, "OpenAI", "Inference", other[day] ?? 10_000)));

const settings = `owners: { engineering: { login: octocat }, product: { login: hubot } }
sources: [{ type: focus, path: all.csv, settlingDays: 1 }]
`;

async function reviewsOf(second: Readonly<Record<string, number>>): Promise<string> {
  const folder = folderWith({
    "config/overpace.yaml": settings,
    "all.csv": costs("2026-11-16", { "2026-11-15": 4_000 }),
  });
  const weekly = (asOf: string) => overpace(folder, ["weekly", "--as-of", asOf]);
  await weekly("2026-11-16");
  write(folder, { "all.csv": costs("2026-11-23", { "2026-11-20": 30_000, ...second }) });
  expect(await weekly("2026-11-23")).toMatchObject({ code: 0, err: "" });
  return filesIn(folder)["reviews/2026/2026-W47.md"] ?? "";
}

describe("reviews that are not a week apart", () => {
  test.each([
    ["2026-W47", "2026-11-18"],
    ["2026-W49", "2026-12-07"],
  ])("%s tells as come in what the last one, of 16 November, did not call final", async (id, asOf) => {
    const folder = folderWith({ "config/overpace.yaml": settings, "all.csv": costs("2026-11-16", { "2026-11-15": 4_000 }) });
    const weekly = (day: string) => overpace(folder, ["weekly", "--as-of", day]);
    await weekly("2026-11-16");
    write(folder, { "all.csv": costs(asOf, { "2026-11-14": 9_000 }) });
    expect(await weekly(asOf)).toMatchObject({ code: 0, err: "" });
    const review = filesIn(folder)[`reviews/2026/${id}.md`] ?? "";
    expect(review).toContain("- **Come in since, of days that were not final then:** OpenAI +$60.00 (Sun 15 Nov).");
    expect(review).toContain("- **Restated since an earlier review:** OpenAI, Sat 14 Nov: $100.00 → $90.00 (-$10.00).");
    expect((await overpace(folder, ["check"])).out).not.toContain("[figures]");
  });
});

describe("days that were not final in the review before", () => {
  test("have come in since: that is told, and as nothing that was restated", async () => {
    const review = await reviewsOf({});
    expect(review).toContain("- **Come in since, of days that were not final then:** OpenAI +$60.00 (Sun 15 Nov).");
    expect(review).not.toMatch(/estated/);
  });

  test("leave those that were to be told as restated", async () => {
    const review = await reviewsOf({ "2026-11-12": 9_000 });
    expect(review).toContain("- **Come in since, of days that were not final then:** OpenAI +$60.00 (Sun 15 Nov).");
    expect(review).toContain("- **Restated since an earlier review:** OpenAI, Thu 12 Nov: $100.00 → $90.00 (-$10.00).");
    expect(review).toContain("Part of the change is data restated since an earlier review (see Pacing).");
  });
});
