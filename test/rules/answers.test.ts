import { describe, expect, it } from "vitest";
import { alone, checkReview } from "../../src/rules/check.ts";
import { readReview } from "../../src/rules/engine/read.ts";
import type { Example } from "../../src/rules/engine/rule.ts";
import { actionOf, actionsYaml as actions } from "./action-text.ts";
import { findingsOf, reviewText } from "./support.ts";

/** What answers a delta or an anomaly, and what only looks like an answer: on both sides of each line. */

const messages = (rule: string, example: Example) =>
  findingsOf(example).flatMap((finding) => (finding.rule === rule ? [finding.message] : []));
const previous = (status: string, due = "2026-11-30", more = "") => `previous: [{ id: 2026-W46-1, status: ${status}, due: ${due}${more} }]`;
const none = "outcome: no-action-needed\nactions: []";
const earlierAction = (decision: string, more: object = {}): Example => ({
  front: actions(actionOf(decision, { id: "2026-W46-1", ...more })),
});

describe("a delta without a cause", () => {
  const asked = (why: string, expected = "") => `- **Expected:** ${expected}\n- **Why:** ${why}\n- **Decision:** 2026-W47-1`;
  const carried = asked("").replace("W47", "W46");
  it.each<[string, string, string, string | null]>([
    ["an escalation finds it", actions(actionOf("escalate")), asked(""), null],
    ["an investigation without a date finds it", actions(actionOf("investigate", {}, "due")), asked(""), null],
    ["an investigation that is done found it", actions(actionOf("investigate", { status: "done" })), asked(""), null],
    [
      "one that was dropped later, for a reason",
      actions(actionOf("investigate", { status: "dropped", reason: "Found on Friday" })),
      asked(""),
      null,
    ],
    [
      "one that was dropped",
      actions(actionOf("investigate", { status: "dropped" })),
      asked(""),
      "Why is not answered, and 2026-W47-1 is dropped",
    ],
    [
      "a new number does not",
      actions(actionOf("revise-forecast")),
      asked(""),
      "Why is not answered, and 2026-W47-1 is to revise-forecast, not to find it",
    ],
    ["a carried one, whatever it is", previous("open"), carried, null],
    ["a carried one that is done", previous("done"), carried, "Why is not answered, and 2026-W46-1 is done"],
    ["a carried one of after the next review", previous("open", "2026-12-01"), carried, "after the next review on 2026-11-30"],
  ])("%s", (_, front, delta, remark) => {
    const found = messages("explained", { front, delta });
    expect(found.filter((message) => !remark || !message.includes(remark))).toEqual([]);
    expect(found).toHaveLength(remark ? 1 : 0);
  });

  it.each<[string, Example, string[]]>([
    ["whether it was expected is asked of one that is explained", { delta: asked("Launch on Monday.") }, ["Expected is not answered"]],
    [
      "of one that nobody explains",
      { delta: asked("") },
      ["Expected is not answered; Why is not answered, and 2026-W47-1 is to optimize, not to find it"],
    ],
    [
      "a wrong word is a wrong word where the cause is to be found",
      { front: actions(actionOf("investigate")), delta: asked("", "mostly") },
      ['Expected says "mostly", it is one word: yes, no or partly'],
    ],
  ])("%s", (_, example, found) => {
    expect(messages("explained", example)).toEqual(found.map((text) => `openai/inference: ${text}`));
  });

  it.each<[string, Example, number]>([
    ["an escalation", { front: actions(actionOf("escalate")) }, 0],
    ["a new number", { front: actions(actionOf("revise-forecast")) }, 1],
    ["a carried action whose review is not at hand", { front: previous("open") }, 0],
    ["a carried action that optimizes", { front: previous("open"), earlier: [earlierAction("optimize")] }, 1],
    ["an action that there is not", { front: none }, 1],
  ])("what is seen may stand behind Why where its action finds the cause: %s", (_, example, count) => {
    const id = example.front?.startsWith("previous") ? "2026-W46-1" : "2026-W47-1";
    const delta = `- **Expected:** no\n- **Why:** Usage went up\n- **Decision:** ${id}`;
    expect(messages("explanation", { ...example, delta })).toHaveLength(count);
  });
});

describe("an anomaly", () => {
  const open = "- **Status:** open\n- **Cause:** A looping agent\n- **Decision:** 2026-W47-1";
  const closed = "- **Status:** closed\n- **Cause:** A looping agent\n- **Resolution:** Stopped by hand\n- **Decision:** leave-as-is";
  it.each<[string, string, string, number]>([
    ["an action that is done", open, actions(actionOf("optimize", { status: "done" })), 0],
    ["one dropped for a reason", open, actions(actionOf("optimize", { status: "dropped", reason: "Found on Friday" })), 0],
    ["one dropped without", open, actions(actionOf("optimize", { status: "dropped" })), 1],
    [
      "two, one of them alive",
      open.replace("-1", "-1 and 2026-W47-2"),
      actions(actionOf("optimize", { status: "dropped" }), actionOf("optimize", { id: "2026-W47-2" })),
      0,
    ],
    ["none: it is closed", closed, none, 0],
  ])("is owned by: %s", (_, anomaly, front, count) => {
    expect(messages("anomalies", { anomaly, front })).toHaveLength(count);
  });

  it.each<[string, string, number]>([
    ["closed", closed, 0],
    ["open", open, 1],
  ])("leaves no action needed when it is closed: %s", (_, anomaly, count) => {
    expect(messages("decision", { anomaly, front: none })).toHaveLength(count);
  });

  it.each<[string, string, string[]]>([
    ["closed, with an action that finds out", closed.replace("A looping agent", "unknown").replace("leave-as-is", "2026-W47-1"), ["Cause"]],
    ["open: the resolution is nobody's matter yet", `${open}\n- **Resolution:** fixed`, []],
    ["open, left as it is", open.replace("A looping agent", "unknown").replace("2026-W47-1", "leave-as-is"), ["Cause"]],
  ])("says what is known: %s", (_, anomaly, labels) => {
    expect(messages("known-cause", { anomaly }).map((message) => /: (Cause|Resolution) /.exec(message)?.[1])).toEqual(labels);
  });

  const since = "2026-11-14";
  it("that runs on is asked about again when the latest review left it open", () => {
    const left = { since, anomaly: "- **Status:** open\n- **Decision:** leave-as-is" };
    const sound = { since, anomaly: closed };
    const told = (...earlier: Example[]) => messages("anomalies", { since, anomaly: "", earlier }).length;
    expect([told(left, sound), told(sound, left), told(sound, sound)]).toEqual([0, 1, 0]);
  });
});

describe("the third alert of one cause", () => {
  const closed = (cause: string) =>
    `- **Status:** closed\n- **Cause:** ${cause}\n- **Resolution:** Stopped by hand.\n- **Decision:** leave-as-is`;
  const slices = ["groq/inference", "aws/compute", "openai/inference"];
  /** A review for each cause, each of another slice. */
  function told(causes: readonly string[], change = (text: string) => text) {
    const texts = causes.map((cause, index) => {
      const { text, file } = reviewText({ anomaly: closed(cause) }, causes.length - 1 - index);
      return { text: text.replaceAll(/openai\/inference(?=@)/g, slices[index % 3] ?? ""), file };
    });
    const last = texts.pop();
    const earlier = texts.flatMap(({ text, file }) => readReview(change(text), file).review ?? []);
    expect(earlier).toHaveLength(causes.length - 1);
    const found = last ? checkReview(last.text, last.file, { ...alone, earlier }) : [];
    return found.filter(({ rule }) => rule === "third-alert").map(({ message }) => message);
  }

  it.each<[string, string[], boolean]>([
    ["the same", ["A looping agent", "A looping agent", "A looping agent"], true],
    ["order, case, numbers and short words aside", ["A looping agent", "Agent 12 is looping", "looping: the AGENT, in CI"], true],
    ["words of four letters", ["loop runs", "runs loop", "loop runs"], true],
    ["words of three are short", ["bug job", "bug job", "bug job"], false],
    ["one word is none", ["Agents", "Agents", "Agents"], false],
    ["another word more", ["A looping agent", "A looping agent again", "A looping agent"], false],
    ["another cause once", ["A looping agent", "Nightly job twice", "A looping agent"], false],
    ["none", ["", "", ""], false],
  ])("%s", (_, causes, isThird) => {
    expect(told(causes)).toHaveLength(isThird ? 1 : 0);
  });

  it("one that runs on from review to review is one", () => {
    const runsOn = (text: string) => text.replaceAll(/\w+\/\w+@[\d-]+/g, "groq/inference@2026-11-03");
    const causes = Array.from({ length: 3 }, () => "A looping agent");
    expect([told(causes).length, told(causes, runsOn).length]).toEqual([1, 0]);
  });

  it("names the last three of those before it", () => {
    const [message] = told(Array.from({ length: 5 }, () => "A looping agent"));
    expect(message).toContain("the 5th alert of this slice or cause, after 2026-W44 and 2026-W45 and 2026-W46:");
  });

  it("a fall of the slice is another alert than its rise", () => {
    const same = (text: string) => text.replaceAll(/(?:groq|aws)\/\w+(?=@)/g, "openai/inference");
    const causes = ["One thing here", "Two other things", "Third matter"];
    expect(told(causes, same)).toHaveLength(1);
    expect(told(causes, (text) => same(text).replace(" up on Tue", " down on Tue"))).toEqual([]);
  });

  it("is answered by an open action, not by one that is done", () => {
    const before = { anomaly: closed("A looping agent.") };
    const named = { anomaly: closed("A looping agent.").replace("leave-as-is", "2026-W46-1"), earlier: [before, before] };
    expect(["open", "done"].map((status) => messages("third-alert", { ...named, front: previous(status) }).length)).toEqual([0, 1]);
  });
});

describe("answers in other forms than asked", () => {
  const delta = (lines: string) => findingsOf({ delta: lines }).filter(({ rule }) => rule === "explained");
  const cause = "- **Why:** Summaries launched on Monday (acme/app#812).";

  it.each([
    ["hyphens and spaces of a word processor", `- **Expected:**\u00A0yes\n${cause}\n- **Decision:** 2026\u2011W47\u20111`],
    ["a dash for a hyphen", `- **Expected:** yes\n${cause}\n- **Decision:** \u201Cleave\u2013as\u2013is\u201D`],
    ["spaces that do not break", `- **Expected:** yes\n${cause}\n- **Decision:** leave\u00A0as\u00A0\u00A0is`],
    ["a soft hyphen", `- **Expected:** yes\u200B\n${cause}\n- **Decision:** leave-\u00ADas-is`],
    [
      "a prompt that was copied and not filled in",
      `- **Expected:** yes\n${cause}\n- **Decision:** leave-as-is\n- **Expected:** <!-- yes -->`,
    ],
    ["two who say the same", `- **Expected:** yes\n${cause}\n- **Decision:** leave-as-is\n- **Expected:** yes`],
    [
      "two who say the same in another form",
      `- **Expected:** yes\n${cause}\n- **Decision:** leave-as-is\n- **Expected:** Yes.\n- **Decision:** Leave as is`,
    ],
    ["two who name the same action", `- **Expected:** yes\n${cause}\n- **Decision:** 2026-W47-1\n- **Decision:** 2026-W47-1`],
  ])("asks nothing: %s", (_, lines) => {
    expect(delta(lines)).toEqual([]);
  });

  it("names both lines where two people answered differently", () => {
    const [{ line = 0, message = "", remedy = "" } = {}] = delta(
      `- **Expected:** yes\n${cause}\n- **Decision:** leave-as-is\n\n- **Expected:** no\n- **Decision:** 2026-W47-1`,
    );
    const twice = (name: string, first: number, second: number) =>
      `${name} is answered twice and differently, on lines ${first} and ${second}`;
    expect(message).toBe(`openai/inference: ${twice("Expected", line, line + 4)}; ${twice("Decision", line + 2, line + 5)}`);
    expect(remedy).toBe("keep the answer that both agree on, and delete the other line");
    const [status] = findingsOf({ anomaly: "- **Status:** open\n- **Decision:** 2026-W47-1\n- **Status:** closed" });
    expect(status?.message).toContain("Status is answered twice and differently");
  });

  it.each([
    ["- Expected: yes", "Expected"],
    ["- **Expected: yes**", "Expected"],
    ["> **Expected:** yes", "Expected"],
  ])("says how %j is to be written, on its line", (form, name) => {
    const [good] = delta(`- **Expected:** maybe\n${cause}\n- **Decision:** leave-as-is`);
    const [found] = delta(`${form}\n${cause}\n- **Decision:** leave-as-is`);
    expect(found).toMatchObject({ line: good?.line, message: `openai/inference: ${name} is not answered` });
    expect(found?.remedy).toContain(`what stands on line ${found?.line} is not read as an answer: write the label as \`- **${name}:**\``);
  });
});
