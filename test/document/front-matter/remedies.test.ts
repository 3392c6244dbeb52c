import { expect, test } from "vitest";
import { checkReview } from "../../../src/rules/check.ts";
import { reviewText } from "../../rules/support.ts";

/** What is to be done about a line of the front matter that people wrote in place of another. */
function remedies(key: string, line: string): string[] {
  const { text, file } = reviewText({});
  const before = text.slice(0, text.indexOf("\nfigures:"));
  const changed = before.replace(new RegExp(`^${key}:.*\\n(?:[ -].*\\n)*`, "m"), line === "" ? "" : `${line}\n`);
  expect(changed).not.toBe(before);
  const found = checkReview(changed + text.slice(before.length), file).filter(({ rule }) => rule === "front-matter");
  return found.map(({ remedy }) => remedy);
}

/** An action, a key to a line, and one line more. */
function action(line: string): string {
  const lines = ["decision: investigate", "title: Find the retries", 'owner: "@octocat"', "due: 2026-11-30", "status: open", line];
  return ["actions:", "  - id: 2026-W47-1", ...lines.map((each) => `    ${each}`)].join("\n");
}

const quotes = 'write straight quotes: " in place of \u201C and \u201D';

test.each([
  ["minutes", 'minutes: "27"', "without quotes or unit, such as minutes: 27"],
  ["minutes", "minutes: 27 min", "without quotes or unit, such as minutes: 27"],
  ["minutes", "minutes: 27.5", "write a whole number"],
  ["minutes", "", "such as minutes: 27"],
  ["state", "state: final", "state: held once the meeting is over"],
  ["outcome", "outcome: none", "outcome: no-action-needed"],
  ["waivers", "", "write waivers: []"],
  ["silenced", "", "write silenced: []"],
  ["attendees", 'attendees: ["@octocat", "@hubot"]', 'write attendees: { engineering: "@octocat"'],
  ["attendees", 'attendees: { engineering: "@octocat", product: "@hubot", others: "@mona" }', "write a list in brackets"],
  ["actions", "actions:\n    id: 2026-W47-1", "begin each action with a dash"],
  ["previous", "previous: [{ id: retries, status: open, due: 2026-12-04 }]", "such as id: 2026-W47-1"],
  ["previous", "previous: [{ id: 2026-W46-1, status: finished, due: 2026-12-04 }]", "write status: open, status: done"],
  [
    "waivers",
    'waivers: [{ trigger: forecast, by: "@octocat", reason: Agreed, until Friday }]',
    "put a text that holds a comma in double quotes",
  ],
  ["waivers", 'waivers: [{ trigger: forecast, by: "@octocat", reason: \u201CAgreed, until Friday\u201D }]', quotes],
  ["previous", "previous: [{ id: \u201C2026-W46-1\u201D, status: open, due: 2026-12-04 }]", quotes],
  ["reason", "reason: a launch\nnotes: on line", "write it as prose below the front matter"],
])("a fault of `%s` says what to write: %s", (key, line, remedy) => {
  expect(remedies(key, line)).toEqual([expect.stringContaining(remedy)]);
});

test("a key in capitals is told in small letters", () => {
  expect(remedies("waivers", "waivers: [{ trigger: forecast, by: mona, reason: Agreed, Reason: x }]")).toContainEqual(
    "write `reason`, in small letters",
  );
  expect(remedies("waivers", "waivers: [{ trigger: forecast, by: mona, reason: Agreed, Finance: x }]")).toEqual([
    "docs/review.md of overpace shows every key of the front matter",
  ]);
  expect(remedies("actions", "actions: [{ id: 2026-W47-1, decision: investigate, title: x, Owner: mona, status: open }]")).toContainEqual(
    "write `owner` instead",
  );
  expect(remedies("minutes", "Minutes: 27")).toContainEqual("write `minutes`, in small letters");
});

test.each([
  ["attendees", 'attendees:\n  Engineering:\n  product: "@hubot"\n  others: []', "write `engineering`, in small letters"],
  [
    "waivers",
    'waivers:\n  - { trigger: forecast, by: "@octocat", reason: Agreed }\n  - trigger: forecast\n    By:\n    reason: Agreed',
    "write `by`",
  ],
  ["actions", action("Reason:"), "write `reason` instead"],
  ["actions", action("assignee:"), "write `owner` instead"],
  ["actions", action("tactic:"), "remove `tactic`, or make it decision: optimize"],
  ["actions", action("Tactic: cache more"), "write `tactic` instead"],
  ["actions", action("notes:"), "remove it, or put a text that holds a comma in double quotes"],
])("a key of `%s` that nothing stands behind is not taken for what follows a comma: %s", (key, lines, remedy) => {
  expect(remedies(key, lines)).toContainEqual(expect.stringContaining(remedy));
});

test("a comma in the text of an action is no key of it", () => {
  const action =
    "{ id: 2026-W47-1, decision: investigate, title: Find the retries, and stop them, owner: octocat, due: 2026-11-30, status: open }";
  expect(remedies("actions", `actions: [${action}]`)).toEqual([expect.stringContaining("put a text that holds a comma")]);
});
