import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesIn, overpace, write } from "../support/world.ts";
import { project, reviewsOf, weekly } from "./project.ts";

/** A review whose other files were lost, or came back from a checkout with other line breaks. */

async function made(): Promise<string> {
  const folder = project();
  expect((await overpace(folder, weekly)).code).toBe(0);
  return folder;
}

const [ledger, chart] = ["ledger/2026-11-23.2026-W47.csv", "2026/2026-W47.svg"];

test.each([[ledger], [chart]])("%s comes back with the next run, and no byte of the review changes", async (name) => {
  const folder = await made();
  const whole = reviewsOf(folder);
  rmSync(join(folder, "reviews", name));
  expect((await overpace(folder, weekly)).out).toContain("(refreshed)");
  expect(reviewsOf(folder)).toEqual(whole);
  expect((await overpace(folder, weekly)).out).toContain("(unchanged)");
});

test("a checkout that gave them other line breaks lost nothing", async () => {
  const folder = await made();
  for (const name of [ledger, chart])
    write(folder, { [`reviews/${name}`]: (filesIn(folder)[`reviews/${name}`] ?? "").replaceAll("\n", "\r\n") });
  const before = filesIn(folder);
  expect((await overpace(folder, weekly)).out).toContain("(unchanged)");
  expect(filesIn(folder)).toEqual(before);
});
