import { describe, expect, it } from "vitest";
import { type Kind, judge } from "../../src/rules/wording/judge.ts";

/** What people are told of a text; whether they are told anything is the matter of `phrasings.yaml`. */
const whatOf = (kind: Kind, text: string) => judge(text, kind)?.what ?? null;

describe("who answers for something", () => {
  it.each([
    ["@octocat", null],
    ["@octo-of", null],
    // A login of two letters may look like a word.
    ["@na", null],
    ["@octocat @hubot", "is more than one person"],
    ["@octocat and hubot", "is more than one person"],
    ["@acme/platform", "is a team"],
    ["@nobody", "is nobody"],
    ["@tbd", "is nobody"],
    ["@", "is nobody"],
    ["@-", "is nobody"],
    ["@dependabot[bot]", "is a bot"],
    ["@claude", "is a bot"],
    ["@payments-team", "is a team or a role"],
    ["@payments-teams", "is a team or a role"],
    ["@payments-squad", "is a team or a role"],
    ["@cto", "is a team or a role"],
    ["@head-of-engineering", "is a team or a role"],
    ["Octo Cat", "is a name, not a login"],
    ["@octo!cat", "is not a login"],
    ["octocat", "is written without @"],
  ])("%s", (text, what) => expect(whatOf("owner", text)).toBe(what));
});

describe("what is said", () => {
  const points = "points elsewhere and says nothing itself";
  const place = "holds a place and says nothing";
  it.each([
    ["explanation", "acme/app#812", points],
    ["explanation", "see acme/app#812", points],
    ["explanation", "Same as above", points],
    ["explanation", "above", "is an observation, not an explanation"],
    ["explanation", "unknown", "says that the cause is not known"],
    ["explanation", "cause unknown", "says that the cause is not known"],
    ["resolution", "unknown", "says that it is not over"],
    ["tactic", "unknown", "is no specific tactic"],
    ["text", "unknown", "says nothing"],
    ["text", "n/a", place],
    ["tactic", "n/a", place],
    ["tactic", "n/a cost", "is no specific tactic"],
    ["explanation", "负载增加", null],
  ] as const)("%s: %s", (kind, text, what) => expect(whatOf(kind, text)).toBe(what));

  it.each([
    ["tactic", "expected what exactly is changed"],
    ["cause", "expected what made it happen"],
    ["explanation", "expected what moved it"],
    ["resolution", "expected what was changed, or that it ended by itself and why"],
    ["text", "expected a sentence that can be understood later"],
  ] as const)("what says nothing as %s is not told that it says something", (kind, expected) =>
    expect(judge("ok", kind)).toEqual({ what: place, why: expected }),
  );
});
