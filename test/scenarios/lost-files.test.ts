import { rmSync, symlinkSync } from "node:fs";
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

test.each(["reviews", "reviews/2026", "reviews/ledger"])(
  "a file in the place of the folder %s: one sentence, nothing written",
  async (name) => {
    const folder = await made();
    rmSync(join(folder, name), { recursive: true });
    write(folder, { [name]: "mine\n" });
    const before = filesIn(folder);
    const { code, err } = await overpace(folder, weekly);
    expect([code, err]).toEqual([
      3,
      expect.stringMatching(/^error: cannot write \(E\w+\)\n {2}at: .*\n {2}do: check that the folder exists/),
    ]);
    expect(filesIn(folder)).toEqual(before);
  },
);

test("a folder that cannot be listed: one sentence", async () => {
  const folder = await made();
  rmSync(join(folder, "reviews"), { recursive: true });
  symlinkSync("reviews", join(folder, "reviews"));
  expect(await overpace(folder, weekly)).toMatchObject({
    code: 3,
    err: expect.stringMatching(/^error: cannot list the folder \(ELOOP\)\n/),
  });
});

test("a checkout that gave them other line breaks lost nothing", async () => {
  const folder = await made();
  for (const name of [ledger, chart])
    write(folder, { [`reviews/${name}`]: (filesIn(folder)[`reviews/${name}`] ?? "").replaceAll("\n", "\r\n") });
  const before = filesIn(folder);
  expect((await overpace(folder, weekly)).out).toContain("(unchanged)");
  expect(filesIn(folder)).toEqual(before);
});
