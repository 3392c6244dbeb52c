import { expect, it } from "vitest";
import { earlierReviews, heldBefore } from "../../src/commands/reviews/earlier.ts";
import { readReviews } from "../../src/shell/reviews.ts";
import { folderWith } from "../support/world.ts";
import { idOf, pathOf, textOf } from "./actions-lab.ts";

const dates = ["2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23"];
const draft = "2026-11-09";
const folder = folderWith(
  Object.fromEntries(dates.map((date) => [pathOf(date), textOf({ date, state: date === draft ? "draft" : "held" })])),
);

it.each([
  ["2026-11-16", ["2026-W44"]],
  ["2026-11-23", ["2026-W44", "2026-W46"]],
  ["2026-11-02", []],
])("a review of %s looks back on held reviews before it, never on itself or a later one", async (date, ids) => {
  const found = await earlierReviews({ world: { cwd: folder }, reviews: "reviews" }).before(idOf(date));
  expect(found().map(({ front }) => front.review)).toEqual(ids);
  const stored = await readReviews(`${folder}/reviews`, "reviews");
  expect(heldBefore(idOf(date), stored).map(({ front }) => front.review)).toEqual(ids);
});
