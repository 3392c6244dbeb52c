import { describe, expect, it } from "vitest";
import type { Example } from "../../src/rules/engine/rule.ts";
import { actionOf, actionsYaml as actions, needs } from "./action-text.ts";
import { findingsOf, reviewText } from "./support.ts";

/** What an action needs, and what it answers: on both sides of each line. */

const own = (rule: string, example: Example) => findingsOf(example).filter((finding) => finding.rule === rule);
const messages = (rule: string, example: Example) => own(rule, example).map(({ message }) => message);
const previous = (status: string, due = "2026-11-30", more = "") => `previous: [{ id: 2026-W46-1, status: ${status}, due: ${due}${more} }]`;
const none = "outcome: no-action-needed\nactions: []";
const earlierAction = (decision: string, more: object = {}): Example => ({
  front: actions(actionOf(decision, { id: "2026-W46-1", ...more })),
});

describe("what a decision needs", () => {
  const rows = Object.entries(needs).flatMap(([decision, list]) => list.map((field) => [decision, field] as const));
  it.each(rows)("%s needs %s, and nothing else is missed", (decision, field) => {
    const found = messages("complete-actions", { front: actions(actionOf(decision, {}, field)) });
    expect(found).toEqual([expect.stringMatching(`^2026-W47-1: ${decision} needs \`${field}\`: [^\`]+$`)]);
    expect(messages("complete-actions", { front: actions(actionOf(decision)) })).toEqual([]);
  });

  it("names all that is missing, with an example of each, at the first", () => {
    const front = `actions:\n  - ${JSON.stringify(actionOf("optimize"))}\n  - id: 2026-W47-2\n    decision: escalate\n    title: Decide\n    owner: ""\n    status: open`;
    const [found] = own("complete-actions", { front: `state: draft\n${front}` });
    const line = reviewText({ front: `state: draft\n${front}` })
      .text.split("\n")
      .findIndex((text) => text.includes('owner: ""'));
    expect(found).toMatchObject({ line: line + 1, severity: "todo" });
    expect(found?.message.match(/`\w+`/g)).toEqual(["owner", "due", "why", "options", "recommendation", "to"].map((name) => `\`${name}\``));
    expect(found?.remedy).toMatch(/^write owner: .* · due: .* · why: .* · options: .* · recommendation: .* · to: /);
  });
});

describe("a tactic is a definition of done, too", () => {
  const vague = "Reduce token usage of summaries";
  it.each([
    ["a tactic", actionOf("optimize", { title: vague, tactic: "Summarize after 15 messages instead of 10" }), 0],
    ["a tactic that says nothing", actionOf("optimize", { title: vague, tactic: "improve things" }), 1],
    ["no tactic", actionOf("optimize", { title: vague }, "tactic"), 1],
    ["a title that decides nothing, whatever the tactic", actionOf("optimize", { title: "Maybe optimize something" }), 1],
  ])("%s", (_, action, count) => {
    expect(messages("definition-of-done", { front: actions(action) })).toHaveLength(count);
  });
});

describe("earlier actions", () => {
  const about = (name: string) => actions(actionOf("escalate", { about: name }));
  const overdue = previous("open", "2026-11-23");
  it.each<[string, Example, number]>([
    ["dropped with a reason", { front: previous("dropped", "2026-11-23", ", reason: Harborline left on 20 November") }, 0],
    ["escalated by its id in other letters", { front: `${about("2026-w46-1")}\n${overdue}` }, 0],
    [
      "escalated by what it is about",
      { front: `${about("OpenAI/Inference")}\n${overdue}`, earlier: [earlierAction("optimize", { about: "openai/inference" })] },
      0,
    ],
    [
      "an escalation about another thing",
      { front: `${about("forecast")}\n${overdue}`, earlier: [earlierAction("optimize", { about: "openai/inference" })] },
      1,
    ],
    ["an escalation about nothing", { front: `${actions(actionOf("escalate"))}\n${overdue}`, earlier: [earlierAction("optimize")] }, 1],
    [
      "an escalation that was dropped",
      { front: `${actions(actionOf("escalate", { about: "2026-W46-1", status: "dropped" }))}\n${overdue}` },
      1,
    ],
  ])("%s", (_, example, count) => {
    expect(messages("previous", example)).toHaveLength(count);
  });

  it("one more of an owner counts while it is open", () => {
    const three = ["1", "2", "3"].map((n) => actionOf("investigate", { id: `2026-W47-${n}` }));
    const earlier = [earlierAction("optimize")];
    const told = (list: object[]) => messages("load", { front: actions(...list), earlier }).length;
    expect([told(three), told(three.map((action, n) => (n === 2 ? { ...action, status: "done" } : action)))]).toEqual([1, 0]);
  });
});

it("too many open actions are remarked at the owner's first open one", () => {
  const list = [
    actionOf("investigate", { owner: "@hubot" }),
    actionOf("investigate", { id: "2026-W47-2", status: "done" }),
    actionOf("investigate", { id: "2026-W47-3" }),
  ];
  const earlier = [{ front: actions(...["1", "2", "3"].map((n) => actionOf("optimize", { id: `2026-W46-${n}` }))) }];
  expect(messages("load", { front: actions(...list), earlier })).toEqual([
    expect.stringContaining("@octocat owns 4 open actions (2026-W46-1, 2026-W46-2, 2026-W46-3, 2026-W47-3)"),
  ]);
  const silenced = 'silenced: [{ rule: load, at: 2026-W47-3, reason: "All four are one afternoon of work" }]';
  expect(messages("load", { front: `${actions(...list)}\n${silenced}`, earlier })).toEqual([]);
});

describe("a forecast far over plan", () => {
  const fired = (rest: string, keys = 'pace: "20000.00", triggers: [forecast]') => `figures: { verdict: escalate, ${keys} }\n${rest}`;
  it.each<[string, string, number]>([
    ["an escalation", fired(actions(actionOf("escalate"))), 0],
    ["one that was dropped", fired(actions(actionOf("escalate", { status: "dropped", reason: "No time" }))), 1],
    ["the trigger did not fire by the settings of its day", fired(none, 'pace: "20000.00", triggers: []'), 0],
    ["no plan is stated", fired(none, 'pace: "20000.00", plan: null, triggers: [forecast]'), 0],
    ["no pace is stated", fired(none, "pace: null, triggers: [forecast]"), 0],
  ])("%s", (_, front, count) => {
    expect(messages("escalation", { front })).toHaveLength(count);
    // Of a forecast that is to be escalated the pacing does not speak as well.
    if (front.includes("[forecast]")) expect(messages("pacing", { front })).toEqual([]);
  });

  it("an escalation with one option is remarked at that one", () => {
    const front = `actions:\n  - ${JSON.stringify(actionOf("optimize"))}\n  - ${JSON.stringify(actionOf("escalate", { id: "2026-W47-2", options: ["wait"] }))}`;
    const [found] = own("escalation", { front });
    const lines = reviewText({ front }).text.split("\n");
    expect(found?.message).toContain("2026-W47-2 has one option");
    expect(lines.slice((found?.line ?? 0) - 2, found?.line).map((line) => line.trim())).toEqual(["options:", "- wait"]);
  });
});

describe("pacing", () => {
  const over = 'figures: { verdict: investigate, pace: "18000.00" }';
  const up = (rest: string, keys = 'last7: "4800.01"') => `figures: { verdict: investigate, ${keys} }\n${rest}`;
  it.each<[string, string, number]>([
    ["an investigation", up(actions(actionOf("investigate"))), 0],
    ["an escalation", up(actions(actionOf("escalate"))), 0],
    ["something else", up(actions(actionOf("optimize"))), 1],
    ["no week before", up(none, 'last7: "4800.01", prior7: null'), 0],
  ])("a week that is up is answered by: %s", (_, front, count) => {
    expect(messages("pacing", { front })).toHaveLength(count);
  });

  it.each<[string, string, string, string]>([
    ["no action is needed", none, "outcome:", "over the plan of $16,000.00 (+12.5 %), but the outcome is no-action-needed"],
    ["no action is about it", actions(actionOf("optimize")), "- id:", "over the plan of $16,000.00 (+12.5 %), and no action is about it"],
  ])("a month over plan is remarked where it is said that %s", (_, rest, key, message) => {
    const example = { front: `${rest}\n${over}` };
    const line = reviewText(example)
      .text.split("\n")
      .findIndex((text) => text.includes(key));
    expect(own("pacing", example)).toMatchObject([
      { line: line + 1, message: expect.stringMatching(/^\$18,000.00 at current pace/) as string },
    ]);
    expect(messages("pacing", example)[0]).toContain(message);
  });

  it.each([
    ["2026-11-15", 0],
    ["2026-11-17", 1],
  ])("a rise that began on %s answers for the month, though the week after it fell", (since, count) => {
    const about = `openai/inference@${since}`;
    const front = `${over.replace(" }", ', deltas: { openai/inference: "-200.00" } }')}\n${actions(actionOf("optimize", { about }))}`;
    expect(messages("pacing", { front, anomaly: "", since })).toHaveLength(count);
  });

  it.each<[string, string, number]>([
    ["-200.00", "openai/inference@2026-11-17", 1],
    ["200.00", "openai/inference@2026-11-17", 0],
    ["-200.00", "openai", 0],
    ["0.00", "openai/inference", 0],
  ])("a delta of %s answers for the month, by an action about %s", (change, about, count) => {
    const front = `${over.replace(" }", `, deltas: { openai/inference: "${change}" } }`)}\n${actions(actionOf("optimize", { about }))}`;
    expect(messages("pacing", { front })).toHaveLength(count);
  });
});
