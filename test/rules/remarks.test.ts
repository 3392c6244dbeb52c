import { describe, expect, it } from "vitest";
import type { Example } from "../../src/rules/engine/rule.ts";
import { actionOf, actionsYaml as actions } from "./action-text.ts";
import { findingsOf, reviewText } from "./support.ts";

/** How remarks speak: of how many, how gravely, where, and what to do. */

const own = (rule: string, example: Example) => findingsOf(example).filter((finding) => finding.rule === rule);
const messages = (rule: string, example: Example) => own(rule, example).map(({ message }) => message);
const remedies = (rule: string, example: Example) => own(rule, example).map(({ remedy }) => remedy);

describe("an item with open points", () => {
  const delta = (expected: string, why: string, decision: string) =>
    `- **Expected:** ${expected}\n- **Why:** ${why}\n- **Decision:** ${decision}`;
  it.each([
    [delta("yes", "Launch on Monday.", ""), "Decision is not answered", "write leave-as-is when it is accepted at this level"],
    [delta("yes", "", ""), "Why and Decision are not answered", "write yes, no or partly behind Expected, the cause behind Why"],
    [delta("", "", ""), "Expected, Why and Decision are not answered", "write yes, no or partly behind Expected, the cause behind Why"],
    [
      delta("mostly", "", "leave-as-is"),
      'Why is not answered; Expected says "mostly"',
      "write yes, no or partly behind Expected, the cause",
    ],
  ])("%s", (delta, message, remedy) => {
    const [found, ...others] = own("explained", { delta });
    expect(found?.message).toContain(`openai/inference: ${message}`);
    expect(found?.remedy.startsWith(remedy)).toBe(true);
    expect(others).toEqual([]);
  });

  it("in the first week of all data is asked of anomalies alone", () => {
    const front = "figures: { firstDay: 2026-11-16 }";
    const rules = findingsOf({ front, delta: "", anomaly: "" }).map(({ rule }) => rule);
    expect(rules).toEqual(["anomalies"]);
  });
});

describe("a person", () => {
  const owned = (owner: string, more = {}) => ({ front: actions(actionOf("investigate", { owner, ...more })) });
  const team = "@payments-team";
  it.each<[string, Example, number]>([
    ["whom the code host knows as one", { ...owned(team), known: { assignable: { "payments-team": true } } }, 0],
    ["whom it does not", { ...owned(team), known: { assignable: { "payments-team": false } } }, 1],
    ["written without @, though known", { ...owned("payments-team"), known: { assignable: { "payments-team": true } } }, 1],
  ])("%s", (_, example, count) => {
    expect(messages("one-person", example)).toHaveLength(count);
  });

  it.each([
    ["octocat", "run `overpace check --fix`: it writes the @"],
    ["Octo Cat", 'write the login of the one person who answers for it, such as owner: "@octocat"'],
    ["the team", 'write the login of the one person who answers for it, such as owner: "@octocat"'],
  ])("%s is told what to write", (owner, remedy) => expect(remedies("one-person", owned(owner))).toEqual([remedy]));

  it.each<[string, Example, number]>([
    ["of an open action", owned("@octocat"), 1],
    ["of one that is done", owned("@octocat", { status: "done" }), 0],
    ["who is none", owned("the team"), 0],
  ])("who cannot be assigned: %s", (_, example, count) => {
    const assignable = { octocat: false, "the team": false };
    expect(messages("assignable", { ...example, known: { assignable } })).toHaveLength(count);
  });

  it("who owns both sides is told so, but not of two that are missing", () => {
    const both = (person: string) => ({ front: `attendees: { engineering: ${person}, product: ${person} }` });
    expect(messages("attendees", both('"@octocat"'))).toEqual(["@octocat is both the engineering and the product owner"]);
    expect(messages("attendees", both(""))).toEqual([
      expect.stringContaining("no engineering owner"),
      expect.stringContaining("no product owner"),
    ]);
  });
});

describe("ids", () => {
  it.each([
    [[2, 2], 1],
    [[1, 1], 2],
    [[1, 2, 2], 3],
    [[1, 2, 3, 3], 4],
    [[1, 2, 3, 4, 4], 5],
  ])("of %j the first free one is %i", (numbers, free) => {
    const front = actions(...numbers.map((n) => actionOf("investigate", { id: `2026-W47-${n}` })));
    expect(remedies("action-ids", { front })).toEqual([expect.stringContaining(`write id: 2026-W47-${free};`)]);
  });

  it.each([
    ["reviews/2026/2026-W46.md", "error"],
    ["reviews/2026/copy.md", "warning"],
  ])("a file %s is an %s", (file, severity) => {
    expect(own("dates", { file })).toMatchObject([{ severity }]);
  });
});

describe("what an action is about, where figures are not computed again", () => {
  it.each([
    ["openai/batch", 0],
    ["OpenAI/Batch", 0],
    ["openai/batch@2026-11-17", 1],
    ["anthropic/claude", 1],
    ["anthropic", 1],
    ["/", 1],
  ])("%s", (about, count) => expect(messages("about", { front: actions(actionOf("investigate", { about })) })).toHaveLength(count));
});

describe("texts", () => {
  const texts = (decision: string, more: object): Example => ({ front: actions(actionOf(decision, more)) });
  it.each<[string, Example, string]>([
    ["communication", texts("revise-forecast", { communication: "see Slack" }), "write in a few words what was said there"],
    ["why", texts("escalate", { why: "see Slack" }), "write in a few words what was said there"],
    ["recommendation", texts("escalate", { recommendation: "tbd" }), "write in a few words what was said there"],
    ["tactic", texts("optimize", { tactic: "see Slack" }), "write what exactly is changed"],
  ])("are to be read alone: %s", (key, example, remedy) => {
    const line = reviewText(example)
      .text.split("\n")
      .findIndex((text) => text.trim().startsWith(`${key}:`));
    expect(own("readable-alone", example)).toMatchObject([{ line: line + 1, remedy: expect.stringContaining(remedy) as string }]);
  });

  it.each([
    ["As discussed in Slack", 1],
    ["* see Slack", 1],
    ["see #finance", 0],
    ["see acme/app", 0],
    ["**see Slack**", 1],
    ["- **Why:** see Slack", 0],
    ["- ", 0],
  ])("a note that only points: %s", (notes, count) => expect(messages("readable-alone", { notes })).toHaveLength(count));

  it.each([
    ["status: dropped", {}],
    ["reason: ok", { reason: "ok" }],
  ])("a dropped action is remarked at what is missing: %s", (text, more) => {
    const example = texts("investigate", { status: "dropped", ...more });
    const line = reviewText(example)
      .text.split("\n")
      .findIndex((written) => written.includes(text));
    expect(own("dropped", example)).toMatchObject([{ line: line + 1 }]);
  });
});

describe("minutes", () => {
  const told = (...taken: number[]) => {
    const [now, ...earlier] = taken.map((minutes) => ({ front: `minutes: ${minutes}` })).toReversed();
    return messages("minutes", { ...now, earlier: earlier.toReversed() }).length;
  };
  it.each([
    [[41, 41, 31], 1],
    [[41, 31], 0],
    [[41, 30, 41, 31], 1],
    [[41, 41, 30, 30, 31], 0],
    [[41, 41, 41, 30], 0],
  ])("%j are remarked: %i", (taken, count) => expect(told(...taken)).toBe(count));
});

describe("a number that moved", () => {
  const stale = (notes: string, ...moved: string[]) => messages("stale-number", { moved, notes }).length;
  it.each([
    ["$4,200.00", "the last 7 days"],
    ["$4,000.00", "the prior 7 days"],
    ["$12,300.00", "the month to date"],
    ["$11,733.33", "the plan to date"],
    ["$16,000.00", "the plan"],
    ["$16,800.00", "the pace"],
    ["$200.00", "a delta"],
  ])("%s may be %s as it is now", (amount) => {
    expect(stale(`It cost ${amount}.`, `Final bill: ${amount} → $9,999.00`)).toBe(0);
    expect(stale("It cost $9,000.01.", "Final bill: $9,000.01 → $9,999.00")).toBe(1);
  });

  it.each([
    ["$4,100.50", 1],
    ["$4,099.50", 0],
    ["$4,101", 1],
    ["$4,100", 0],
    ["$4,100.51", 0],
  ])("%s of $4,100.50", (quoted, count) => expect(stale(`It cost ${quoted}.`, "Last 7 days: $4,100.50 → $4,200.00")).toBe(count));
});
