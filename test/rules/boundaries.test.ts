import { describe, expect, it } from "vitest";
import { alone, checkReview } from "../../src/rules/check.ts";
import { readReview } from "../../src/rules/engine/read.ts";
import type { Example } from "../../src/rules/engine/rule.ts";
import { processorMs } from "../support/processor.ts";
import { findingsOf, reviewText } from "./support.ts";

const own = (rule: string, example: Example) => findingsOf(example).filter((finding) => finding.rule === rule);
const messages = (rule: string, example: Example) => own(rule, example).map(({ message }) => message);

const none = "outcome: no-action-needed\nactions: []";
const figures = (verdict: string, keys: string) => `figures: { verdict: ${verdict}, ${keys} }`;

describe("pacing compares exact amounts with the thresholds of the settings", () => {
  it.each([
    ["pace at the threshold", 'pace: "17600.00"', {}, 0],
    ["a cent over it", 'pace: "17600.01"', {}, 1],
    ["at a threshold of 12.5 %", 'pace: "18000.00"', { pace: 12.5 }, 0],
    ["a cent over 12.5 %", 'pace: "18000.01"', { pace: 12.5 }, 1],
    ["pace 10 % under", 'pace: "14400.00"', {}, 0],
    ["a cent more under", 'pace: "14399.99"', {}, 1],
    ["under a looser threshold", 'pace: "14399.99"', { below: 30 }, 0],
    ["the week at the threshold", 'last7: "4800.00"', {}, 0],
    ["a cent over it", 'last7: "4800.01"', {}, 1],
    ["the week at a threshold of 50 %", 'last7: "6000.00"', { week: 50 }, 0],
    ["a week after nothing", 'last7: "6000.00", prior7: "0.00"', {}, 0],
    ["without a plan", 'pace: "99000.00", plan: null', {}, 0],
    ["a plan of 0", 'pace: "99000.00", plan: "0.00"', {}, 0],
    ["pace and week at once", 'pace: "17600.01", last7: "4800.01"', {}, 2],
    ["amounts that are none", 'pace: "1e9", last7: many', {}, 0],
  ])("%s", (_, keys, thresholds, count) => {
    const front = `${figures("investigate", keys)}\n${none}`;
    expect(messages("pacing", { front, known: { thresholds } })).toHaveLength(count);
  });

  it("today's settings ask nothing of a review that was good with those of its day", () => {
    const front = `${figures("good", 'pace: "17600.00"')}\n${none}`;
    expect(messages("pacing", { front, known: { thresholds: { pace: 5 } } })).toEqual([]);
  });

  it.each([
    ["an action that investigates", 'decision: investigate, title: "Find the missing provider"', 0],
    [
      "a new number for the month",
      'decision: revise-forecast, title: "Plan less", forecast: 14000, communication: "@hubot tells finance"',
      0,
    ],
    ["another action", 'decision: optimize, title: "Cap the retries", tactic: "Set MAX_RETRIES to 3"', 1],
  ])("a month under plan is answered by what looks for the reason, or takes it over: %s", (_, action, count) => {
    const actions = `actions: [{ id: 2026-W47-1, ${action}, owner: "@octocat", due: 2026-11-30, status: open }]`;
    expect(messages("pacing", { front: `${figures("check-data", 'pace: "14000.00"')}\n${actions}` })).toHaveLength(count);
  });

  it("a carried action whose review is not at hand may be what looks for the reason of a month under plan", () => {
    const front = `${figures("check-data", 'pace: "14000.00"')}\n${none}\nprevious: [{ id: 2026-W46-1, status: open, due: 2026-12-18 }]`;
    expect(messages("pacing", { front })).toEqual([]);
  });

  it("an action about a delta that fell is not about a month over plan", () => {
    const front = figures("investigate", 'pace: "18000.00", deltas: { openai/inference: "-200.00" }');
    expect(messages("pacing", { front })).toEqual([expect.stringContaining("and no action is about it")]);
  });

  it("a carried open action about what drives it goes on answering", () => {
    const action =
      'actions: [{ id: 2026-W46-1, decision: optimize, title: "Cap the retries", about: openai/inference, owner: "@octocat", due: 2026-12-18, tactic: "Set MAX_RETRIES to 3", status: open }]';
    const front = `${figures("investigate", 'pace: "18000.00"')}\n${none}\nprevious: [{ id: 2026-W46-1, status: STATUS, due: 2026-12-18 }]`;
    const earlier = [{ front: action }];
    expect(messages("pacing", { front: front.replace("STATUS", "open"), earlier })).toEqual([]);
    expect(messages("pacing", { front: front.replace("STATUS", "done"), earlier })).toHaveLength(1);
  });

  it("stands where the decision is missing, as a todo while the review is a draft", () => {
    const front = `${figures("investigate", 'pace: "18000.00"')}\n${none}\nstate: draft`;
    expect(own("pacing", { front })).toMatchObject([{ severity: "todo", line: 12 }]);
  });
});

const escalated = (rest: string, pace = "19200.00") => `${figures("escalate", `pace: "${pace}", triggers: [forecast]`)}\n${rest}`;
const action = (rest: string) =>
  `{ id: 2026-W47-1, decision: optimize, title: "Summarize after 15 messages", about: openai/inference, owner: "@octocat", due: 2026-11-23, tactic: "Change SUMMARIZE_AFTER", status: open, ${rest} }`;

describe("the clear fix of a forecast that escalates", () => {
  it.each([
    ["an effect of one cent fixes what stands at 20 %", "19200.00", "effect: { cost: -0.01 }", true],
    ["and not a cent more", "19200.01", "effect: { cost: -0.01 }", false],
    ["an effect on a dropped action does not count", "19200.00", "effect: { cost: -500 }, status: dropped, reason: no time for it", false],
    ["a done action's does not either: it is in the pace", "19200.00", "effect: { cost: -500 }, status: done", false],
    ["due on the last day of the month it comes too late", "19200.00", "effect: { cost: -500 }, due: 2026-11-30", false],
    ["due a day before, a seventh of a week is left: $71.42", "19271.42", "effect: { cost: -500 }, due: 2026-11-29", true],
    ["and not $71.43", "19271.43", "effect: { cost: -500 }, due: 2026-11-29", false],
  ])("%s", (_, pace, rest, isFixed) => {
    const whole = action(rest)
      .replace(/status: open, (?=.*status:)/, "")
      .replace(/due: 2026-11-23, (?=.*due:)/, "");
    expect(messages("escalation", { front: escalated(`actions: [${whole}]`, pace) })).toHaveLength(isFixed ? 0 : 1);
  });

  it("counts the carried open actions of earlier reviews, by their new date", () => {
    const earlier = [{ front: `actions: [${action("effect: { cost: -500 }").replaceAll("2026-W47-1", "2026-W46-1")}]` }];
    const front = (due: string) => escalated(`previous: [{ id: 2026-W46-1, status: open, due: ${due}, reason: "Waits for a release" }]`);
    expect(messages("escalation", { front: front("2026-11-24"), earlier })).toEqual([]);
    expect(messages("escalation", { front: front("2026-11-30"), earlier })).toHaveLength(1);
  });

  it("says why an effect in percent counts as none", () => {
    const front = escalated(`actions: [${action("effect: { percent: -20 }")}]`);
    expect(own("escalation", { front })).toMatchObject([
      { severity: "error", message: expect.stringContaining("no open action states an effect") },
      {
        severity: "warning",
        message: expect.stringMatching(/^the effect of 2026-W47-1 is stated in percent and counts as none: what slices cost/),
      },
    ]);
    expect(messages("escalation", { front, known: { last7: { "Anthropic/Claude": 100 } } })[1]).toContain("openai/inference is no slice");
    const aboutless = front.replace("about: openai/inference, ", "");
    expect(messages("escalation", { front: aboutless, known: { last7: { "OpenAI/Inference": 2970 } } })[1]).toContain(
      "does not say in `about`",
    );
  });

  it.each(["openai/inference", "OpenAI/Inference", "OpenAI · Inference", "openai", "openai/inference@2026-11-17"])(
    "finds the slice of %s",
    (about) => {
      const front = escalated(`actions: [${action("effect: { percent: -20 }").replace("openai/inference", `"${about}"`)}]`);
      expect(messages("escalation", { front, known: { last7: { "OpenAI/Inference": 2970 } } })).toEqual([]);
    },
  );

  it("takes the threshold of the settings", () => {
    const front = escalated("", "19999.99");
    expect(messages("escalation", { front, known: { thresholds: { escalate: 25 } } })).toEqual([]);
    expect(messages("escalation", { front: escalated("", "20000.00"), known: { thresholds: { escalate: 25 } } })).toHaveLength(1);
  });
});

describe("one remark an item, on its first line", () => {
  it("names all that is missing below a delta", () => {
    const delta = "- **Expected:** mostly\n- **Why:** Launch on Monday.\n- **Decision:** 2026-W40-1";
    expect(own("explained", { delta })).toMatchObject([
      {
        message:
          'openai/inference: Expected says "mostly", it is one word: yes, no or partly; Decision names 2026-W40-1, which is no action of this review',
      },
    ]);
  });

  it("takes words as people write them", () => {
    const delta = "- **Expected:** Yes.\n- **Why:** Launch on Monday.\n- **Decision:** Leave as is";
    expect(messages("explained", { delta })).toEqual([]);
    expect(messages("explained", { delta: delta.replace("Leave as is", "`2026-w47-1`") })).toEqual([]);
    expect(messages("explained", { delta: delta.replace("Leave as is", "2026-W47-1 and 2026-W47-1") })).toEqual([]);
  });

  it.each([
    ["and", 'Decision says "and", it is leave-as-is or the id of an action'],
    [", ,", 'Decision says ", ,", it is leave-as-is or the id of an action'],
    ["2026-W47-1 and see", 'Decision says "2026-W47-1 and see", it is leave-as-is or the id of an action'],
  ])("takes no word for an action that is none: %s", (decision, fault) => {
    const delta = `- **Expected:** yes\n- **Why:** Launch on Monday.\n- **Decision:** ${decision}`;
    expect(messages("explained", { delta })).toEqual([`openai/inference: ${fault}`]);
  });

  it("what is seen may stand behind Why where one of several actions finds the cause", () => {
    const action = (id: string, decision: string) => `{ id: ${id}, ${decision}, owner: "@octocat", due: 2026-11-30, status: open }`;
    const finding = action("2026-W47-2", 'decision: investigate, title: "Find the cause of the rise of inference"');
    const other = action("2026-W47-1", 'decision: optimize, title: "Cap the retries", tactic: "Set MAX_RETRIES to 3"');
    const delta = (ids: string) => `- **Expected:** no\n- **Why:** Usage went up.\n- **Decision:** ${ids}`;
    const told = (ids: string) => messages("explanation", { front: `actions: [${other}, ${finding}]`, delta: delta(ids) });
    expect([told("2026-W47-1 and 2026-W47-2").length, told("2026-W47-1").length]).toEqual([0, 1]);
  });

  it("asks nothing of an item that the figures no longer list", () => {
    const { text, file } = reviewText({ anomaly: "- **Status:** open", delta: "- **Why:** Launch on Monday." });
    const kept = "\n\nThis item is kept because somebody wrote below it; the figures no longer list it.";
    const rules = (changed: string) => checkReview(changed, file).map(({ rule }) => rule);
    expect(rules(text)).toEqual(["explained", "anomalies"]);
    const retired = text.replace(/\n(### .*)$/gm, (_, heading: string) => `${heading} · no longer listed${kept}`);
    expect(rules(retired)).toEqual(["zones", "zones"]);
  });

  it("stands at the end of the zone when a prompt was taken out", () => {
    const [all] = own("explained", { delta: "- **Expected:** yes\n- **Why:** Launch on Monday.\n- **Decision:**" });
    const [out] = own("explained", { delta: "- **Expected:** yes\n- **Why:** Launch on Monday." });
    expect((all?.line ?? 0) - (out?.line ?? 0)).toBe(3);
  });
});

describe("the third alert", () => {
  const closed = (cause: string) =>
    `- **Status:** closed\n- **Cause:** ${cause}\n- **Resolution:** Stopped by hand.\n- **Decision:** leave-as-is`;
  it("counts reviews, not the weeks that one anomaly runs on", () => {
    const before = { anomaly: closed("A looping agent.") };
    expect(messages("third-alert", { ...before, earlier: [before] })).toEqual([]);
    expect(messages("third-alert", { ...before, earlier: [before, {}, before] })).toHaveLength(1);
    expect(messages("third-alert", { ...before, earlier: [before, before, before] })).toEqual([expect.stringContaining("the 4th alert")]);
  });

  it("is asked in the review that it begins in, not again while it runs on", () => {
    const anomaly = closed("A looping agent.");
    const week = (weeksAgo: number) => reviewText({ anomaly }, weeksAgo);
    const found = (texts: readonly string[]) => {
      const earlier = texts.flatMap((text) => readReview(text, "earlier.md").review ?? []);
      return checkReview(week(0).text, week(0).file, { ...alone, earlier }).filter(({ rule }) => rule === "third-alert");
    };
    const before = [week(3).text, week(2).text];
    expect(found(before)).toHaveLength(1);
    expect(found([...before, week(1).text.replaceAll("@2026-11-10", "@2026-11-17")])).toEqual([]);
  });

  it("can be silenced with a reason, as the causes may be different ones", () => {
    const before = { anomaly: closed("A looping agent.") };
    const front =
      'silenced: [{ rule: third-alert, at: "openai/inference@2026-11-17", reason: "Three different causes, each fixed where it arose" }]';
    expect(messages("third-alert", { ...before, front, earlier: [before, before] })).toEqual([]);
  });
});

describe("a stale number", () => {
  const moved = ["Last 7 days: $4,100.00 → $4,200.00", "Delta `openai/inference`: -$150.00 → -$200.00"];
  it.each([
    ["$4,100.00", 1],
    ["**4100.00**", 1],
    ["$4,100", 1],
    ["4,100 USD", 1],
    ["4,100 tickets", 0],
    ["$4,100.50", 0],
    ["$4.1k", 0],
    ["$14,100.00", 0],
    ["fell by $150.00", 1],
    ["$4,000.00", 0],
    ["$4,100.00, now $4,200.00", 0],
    ["+2.5 %", 1],
    ["2.5%", 1],
    ["2.5 % became 5.0 %", 0],
    ["2.50 %", 0],
  ])("%s: %d", (notes, count) => expect(messages("stale-number", { moved, notes })).toHaveLength(count));

  it("stands where the number stands", () => {
    expect(own("stale-number", { moved, notes: "It cost\nabout $4,100.00 in all." })).toMatchObject([{ severity: "warning", column: 7 }]);
  });

  const escalation = (more: string) =>
    `actions: [{ id: 2026-W47-1, decision: escalate, title: "Decide", owner: "@octocat", due: 2026-11-25, ${more}, status: open }]`;
  it.each([
    ["reason", 'reason: "It cost $4,100.00"'],
    ["actions", escalation('why: "It cost $4,100.00"')],
    ["options", escalation('options: ["no", "accept $4,100.00"]')],
    ["previous", 'previous: [{ id: 2026-W46-1, status: open, due: 2026-12-04, reason: "It cost $4,100.00" }]'],
    ["waivers", 'waivers: [{ trigger: forecast, by: "@hubot", reason: "It cost $4,100.00" }]'],
  ])("in the front matter stands at its own line: %s", (_, front) => {
    const example = { moved, front: `state: draft\n${front}` };
    const at = reviewText(example)
      .text.split("\n")
      .findIndex((line) => line.includes("$4,100.00"));
    expect(own("stale-number", example)).toMatchObject([{ line: at + 1 }]);
  });

  it("is quiet when the old number is the number of another figure now", () => {
    const other = ["Last 7 days: $4,000.00 → $4,200.00"];
    expect(messages("stale-number", { moved: other, notes: "The week before cost $4,000.00." })).toEqual([]);
  });

  it("takes linear time on what is no number", () => {
    const texts = ["1,".repeat(50_000), "1".repeat(100_000), "1,111".repeat(20_000), "USD ".repeat(25_000)];
    expect(processorMs(() => texts.forEach((text) => messages("stale-number", { moved, notes: text })))).toBeLessThan(3_000);
  });
});

it("an open action that a review does not list: the run lists it, but in a closed review people write it", () => {
  const front =
    'actions: [{ id: 2026-W46-1, decision: investigate, title: "Find the customer that drives the rise", owner: "@octocat", due: 2026-12-04, status: open }]';
  const remedies = (state: string) => own("previous", { front: `state: ${state}`, earlier: [{ front }] }).map(({ remedy }) => remedy);
  expect(remedies("draft")).toEqual(["run overpace weekly again, which lists it, then answer it"]);
  expect(remedies("held")).toEqual([
    "run overpace weekly again, which lists it, then answer it; a closed review it leaves alone: write there what became of it by then (previous: - { id: 2026-W46-1, status: …, due: … }), or silence this with the reason",
  ]);
});

it("an open action says how often it was carried", () => {
  const action =
    'actions: [{ id: 2026-W44-1, decision: optimize, title: "Cap the retries", owner: "@octocat", due: 2026-12-18, tactic: "Set MAX_RETRIES to 3", status: open }]';
  const front = `${none}\nprevious: [{ id: 2026-W44-1, status: open, due: 2026-12-18 }]`;
  const carried = (times: number) =>
    messages("previous", { front, earlier: [{ front: action }, ...Array.from({ length: times - 1 }, () => ({ front }))] });
  expect([1, 2, 3, 4].map(carried)).toEqual([
    [],
    ...["second", "third", "4th"].map((time) => [`2026-W44-1 is carried for the ${time} time and is still open`]),
  ]);
});

it("only an open action is too far away: of one that is done or dropped the date asks for nothing", () => {
  const front = (status: string) =>
    `actions: [{ id: 2026-W47-1, decision: investigate, title: "Find out which customer drives the rise", owner: "@octocat", due: 2027-02-23, reason: "Found on 20 November", status: ${status} }]`;
  expect(["open", "done", "dropped"].map((status) => messages("due", { front: front(status) }).length)).toEqual([1, 0, 0]);
});
