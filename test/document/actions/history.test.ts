import { expect, it } from "vitest";
import { openActions } from "../../../src/document/actions/history.ts";
import { readReview } from "../../../src/rules/engine/read.ts";
import { reviewText } from "../../rules/support.ts";

it("an action that was merged without a due date is due at the review after its own", () => {
  const { text, file } = reviewText(
    { front: 'actions: [{ id: 2026-W46-1, decision: investigate, title: Find the cause, owner: "@octocat", due: , status: open }]' },
    1,
  );
  const front = readReview(text, file).review?.front;
  expect(openActions(front ? [front] : [], "2026-11-23").carried).toEqual([
    { id: "2026-W46-1", status: "open", due: "2026-11-23", reason: null, issue: null },
  ]);
});
