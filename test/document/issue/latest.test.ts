import { describe, expect, it } from "vitest";
import type { ReviewOfActions } from "../../../src/document/issue/latest.ts";
import { contentOf, latestActions } from "../../../src/document/issue/latest.ts";
import { readForActions } from "../../../src/document/issue/read.ts";
import { reviewText } from "../../rules/support.ts";
import { latestOf } from "./support.ts";

const entry = 'decision: investigate, title: Find the cause, owner: "@octocat", due: 2026-11-30, status: open';
function review(weeksAgo: number, front: string): ReviewOfActions {
  const { text, file } = reviewText({ front }, weeksAgo);
  const read = readForActions(text, file);
  if (read === null) throw new Error("the review cannot be read");
  return read;
}
const [w46, w47] = ["reviews/2026/2026-W46.md", "reviews/2026/2026-W47.md"];
const two = `actions: [{ id: 2026-W46-1, ${entry} }, { id: 2026-W46-2, ${entry} }]`;

describe("latestActions", () => {
  const told = (...reviews: ReviewOfActions[]) =>
    latestActions(reviews).map(({ action: { id }, source, line, paths, status }) => ({ id, source: source.path, line, paths, status }));

  it("tells where each action was decided and every file that names it", () => {
    const [one, other] = told(review(1, two), review(0, "actions: []\nprevious: [{ id: 2026-W46-2, status: done, due: 2026-11-30 }]"));
    expect(one).toMatchObject({ id: "2026-W46-1", source: w46, paths: [w46], status: "open" });
    expect(other).toMatchObject({ id: "2026-W46-2", source: w46, paths: [w46, w47], status: "done" });
    const lines = reviewText({ front: two }, 1).text.split("\n");
    for (const { id, line } of [one, other].flatMap((action) => action ?? [])) expect(lines[line - 1]).toContain(id);
  });

  it("a draft neither decides nor names", () => {
    expect(told(review(1, `${two}\nstate: draft`))).toEqual([]);
    const draft = review(0, "state: draft\nactions: []\nprevious: [{ id: 2026-W46-2, status: done, due: 2026-11-30 }]");
    expect(told(review(1, two), draft)).toMatchObject([
      { status: "open", paths: [w46] },
      { status: "open", paths: [w46] },
    ]);
  });

  it("a review that left actions or what became of earlier ones empty names none", () => {
    const empty = review(0, "actions:\nprevious:\noutcome: no-action-needed");
    expect(told(review(1, two), empty)).toMatchObject([{ paths: [w46] }, { paths: [w46] }]);
  });

  it("an action that two files decide counts as the later one has it", () => {
    const again = review(0, `actions: [{ id: 2026-W46-1, ${entry} }]`);
    expect(told(review(1, two), again)[0]).toMatchObject({ source: w47, paths: [w46, w47] });
  });
});

describe("contentOf", () => {
  const before = contentOf(latestOf({}));
  it.each<[string, object, Parameters<typeof latestOf>[2], boolean]>([
    ["a new title", { title: "Find out why" }, {}, true],
    ["a new owner", { owner: "@hubot" }, {}, true],
    ["what it is about", { about: "openai" }, {}, true],
    ["a new date in a later review", {}, { due: "2026-12-18" }, true],
    ["a new status in a later review", {}, { status: "done" }, true],
    ["the date of its own review, moved since", { due: "2026-12-18" }, {}, false],
    ["a moved line", {}, { line: 12 }, false],
    ["the number of its issue", { issue: 7 }, { issue: 7 }, false],
    ["a reason", { reason: "Waits" }, { reason: "Waits" }, false],
  ])("%s", (_, part, tracked, edited) => {
    expect(contentOf(latestOf(part, {}, tracked)) !== before).toBe(edited);
  });

  it("the order of keys is no edit", () => {
    const latest = latestOf({});
    const turned = Object.fromEntries(Object.entries(latest.action).toReversed());
    expect(contentOf({ ...latest, action: turned as typeof latest.action })).toBe(before);
  });
});

describe("readForActions", () => {
  const { text, file } = reviewText({ anomaly: "**Status:** open" });
  it.each([
    ["openai/inference", "OpenAI · Inference: +$200.00 (+9.1 %)"],
    ["openai/inference@2026-11-17", "OpenAI · Inference up on Tue: $546.02 instead of $248.68"],
    ["OpenAI · Inference", "OpenAI · Inference: +$200.00 (+9.1 %)"],
    ["OpenAI", null],
    ["groq/inference", null],
  ])("the heading of %s", (about, heading) => {
    expect(readForActions(text, file)?.headingOf(about)).toBe(heading);
  });

  it("has none for an item whose heading people took away", () => {
    const bare = text.replace("### OpenAI · Inference: +$200.00 (+9.1 %)\n", "");
    expect(bare).not.toBe(text);
    expect(readForActions(bare, file)?.headingOf("openai/inference")).toBeNull();
    expect(readForActions(bare, file)?.headingOf("openai/inference@2026-11-17")).not.toBeNull();
  });

  it("has no headings where zones are damaged", () => {
    const damaged = text.replace("<!-- /overpace:delta -->", "");
    expect(readForActions(damaged, file)?.headingOf("openai/inference")).toBeNull();
  });

  it.each([
    ["no front matter", "# Ours\n"],
    ["no sound YAML", text.replace("review: 2026-W47", "review: [")],
    ["another's front matter", "---\ntitle: Ours\n---\n"],
  ])("is null with %s", (_, other) => {
    expect(readForActions(other, file)).toBeNull();
  });
});
