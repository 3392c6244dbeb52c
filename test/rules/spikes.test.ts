import { describe, expect, it } from "vitest";
import type { Example } from "../../src/rules/engine/rule.ts";
import { findingsOf } from "./support.ts";

const messages = (rule: string, example: Example) =>
  findingsOf(example)
    .filter((finding) => finding.rule === rule)
    .map(({ message }) => message);

const none = "outcome: no-action-needed\nactions: []";

describe("a delta or anomaly that is unexplained after a full cycle", () => {
  const investigate = (due: string) =>
    `actions: [{ id: 2026-W46-1, decision: investigate, title: "Find the cause of the rise of inference", owner: "@octocat", due: ${due}, status: open }]`;
  const handed = "- **Why:**\n- **Decision:** 2026-W46-1";
  const carried = 'previous: [{ id: 2026-W46-1, status: open, due: 2026-12-04, reason: "Logs are missing" }]';
  it.each([
    ["due on the review date", "2026-11-23", handed, 1],
    ["due a day later", "2026-11-24", handed, 0],
    ["nothing was handed to it", "2026-11-23", undefined, 0],
  ])("%s", (_, due, delta, count) => {
    const earlier = [{ front: investigate(due), ...(delta && { delta }) }];
    expect(messages("escalation", { front: carried, earlier })).toHaveLength(count);
  });

  it("is nobody's where the delta names another action", () => {
    const two = investigate("2026-11-23").replace(
      "}]",
      '}, { id: 2026-W46-2, decision: investigate, title: Find it, owner: "@octocat", due: 2026-11-30, status: open }]',
    );
    const earlier = [{ front: two, delta: handed.replace("W46-1", "W46-2") }];
    expect(messages("escalation", { front: carried, earlier })).toEqual([]);
  });

  it("is not answered by a waiver of before its cycle passed", () => {
    const waiver = 'waivers: [{ trigger: unexplained-spike, by: "@hubot", reason: "Logs are gone" }]';
    const front = `${investigate("2026-11-23")}\n${waiver}`;
    expect(messages("escalation", { front: carried, earlier: [{ front, delta: handed }] })).toHaveLength(1);
  });

  it("counts what is about an item, and an anomaly until it is closed", () => {
    const about = investigate("2026-11-23").replace("owner:", "about: openai/inference, owner:");
    expect(messages("escalation", { front: carried, earlier: [{ front: about }] })).toHaveLength(1);
    const anomaly = (status: string) =>
      `- **Status:** ${status}\n- **Cause:** A looping agent\n- **Resolution:** Stopped\n- **Decision:** 2026-W46-1`;
    const front = investigate("2026-11-23");
    expect(messages("escalation", { front: carried, earlier: [{ front, anomaly: anomaly("open") }] })).toHaveLength(1);
    expect(messages("escalation", { front: carried, earlier: [{ front, anomaly: anomaly("closed") }] })).toEqual([]);
  });

  it("is not asked for twice, and is not asked for by the rule on earlier actions as well", () => {
    const front = investigate("2026-11-16").replaceAll("W46", "W45");
    const first = { front, delta: handed.replace("W46", "W45") };
    const waiver = 'waivers: [{ trigger: unexplained-spike, by: "@hubot", reason: "Logs are gone" }]';
    const still = `${none}\nprevious: [{ id: 2026-W45-1, status: open, due: 2026-11-16 }]`;
    expect(messages("escalation", { front: still, earlier: [first, { front: still }] })).toHaveLength(1);
    expect(messages("previous", { front: still, earlier: [first, { front: still }] })).toEqual([]);
    const waived = [first, { front: `${still}\n${waiver}` }];
    expect(messages("escalation", { front: still, earlier: waived })).toEqual([]);
    expect(messages("previous", { front: still, earlier: waived })).toEqual([
      "2026-W45-1 was due by this review (2026-11-16) and is still open",
    ]);
  });

  it("a waiver is not called useless when the earlier reviews are not at hand", () => {
    const waiver = 'waivers: [{ trigger: unexplained-spike, by: "@hubot", reason: "Logs are gone" }]';
    expect(messages("waiver", { front: `${carried}\n${waiver}` })).toEqual([]);
    expect(messages("waiver", { front: waiver })).toEqual(["unexplained-spike is waived, but it has not fired"]);
    const fired = (delta: string) => [{ front: investigate("2026-11-23"), delta }];
    expect(messages("waiver", { front: `${carried}\n${waiver}`, earlier: fired(handed) })).toEqual([]);
    expect(
      messages("waiver", { front: `${carried}\n${waiver}`, earlier: fired(handed.replace("2026-W46-1", "leave-as-is")) }),
    ).toHaveLength(1);
  });

  const list = (key: string, ...entries: readonly string[]) => `${key}: [${entries.join(", ")}]`;
  const escalate = (id: string, about: string) =>
    `{ id: ${id}, decision: escalate, title: "Decide who changes the retries", ${about}owner: "@octocat", due: 2026-11-25, why: "The worker belongs to another group", options: [lend a person, accept the cost], recommendation: lend a person, to: "@ada", status: open }`;
  const open = (id: string) => `{ id: ${id}, status: open, due: 2026-12-04, reason: "Logs are missing" }`;

  it.each([
    ["the investigation", "about: 2026-W46-1, ", 0],
    ["its trigger", "about: unexplained-spike, ", 0],
    ["the delta that was handed to it", "about: openai/inference, ", 0],
    ["another trigger", "about: forecast, ", 1],
    ["nothing, where one trigger fired", "", 0],
  ])("is answered by an escalation about it: one about %s", (_, about, count) => {
    const front = `${list("actions", escalate("2026-W47-1", about))}\n${carried}`;
    expect(messages("escalation", { front, earlier: [{ front: investigate("2026-11-23"), delta: handed }] })).toHaveLength(count);
  });

  it("is answered by an escalation about the provider that the investigation was about", () => {
    const earlier = [{ front: investigate("2026-11-23").replace("owner:", "about: OpenAI, owner:"), delta: handed }];
    const front = (about: string) => `${list("actions", escalate("2026-W47-1", `about: ${about}, `))}\n${carried}`;
    expect(messages("escalation", { front: front("openai"), earlier })).toEqual([]);
    expect(messages("escalation", { front: front("anthropic"), earlier })).toHaveLength(1);
  });

  it("an escalation that names nothing is about the forecast where that fired too", () => {
    const figures = 'figures: { verdict: escalate, pace: "20000.00", triggers: [forecast] }';
    const front = `${list("actions", escalate("2026-W47-1", ""))}\n${carried}\n${figures}`;
    const earlier = [{ front: investigate("2026-11-23"), delta: handed }];
    expect(messages("escalation", { front, earlier })).toEqual([expect.stringMatching(/^2026-W46-1, which was to explain/)]);
  });

  it("an escalation about what was to be explained does not answer for the forecast as well", () => {
    const figures = 'figures: { verdict: escalate, pace: "20000.00", triggers: [forecast] }';
    const front = `${list("actions", escalate("2026-W47-1", "about: openai/inference, "))}\n${carried}\n${figures}`;
    const earlier = [{ front: investigate("2026-11-23"), delta: handed }];
    expect(messages("escalation", { front, earlier })).toEqual([expect.stringMatching(/^\$20,000.00 at current pace is 25.0 % over/)]);
  });

  it("an escalation that names nothing answers none of two", () => {
    const one = (id: string) =>
      `{ id: ${id}, decision: investigate, title: "Find the cause of the rise", owner: "@octocat", due: 2026-11-23, status: open }`;
    const ids = ["2026-W46-1", "2026-W46-2"];
    const earlier = [{ front: list("actions", ...ids.map(one)), delta: `- **Why:**\n- **Decision:** ${ids.join(", ")}` }];
    const front = `${list("actions", escalate("2026-W47-1", ""))}\n${list("previous", ...ids.map(open))}`;
    expect(messages("escalation", { front, earlier })).toHaveLength(2);
  });

  it.each([
    ["an escalation about it", escalate("2026-W46-1", "about: 2026-W45-1, "), 0],
    [
      "an escalation about it that was dropped",
      escalate("2026-W46-1", "about: 2026-W45-1, ").replace("status: open", "status: dropped"),
      1,
    ],
    ["an escalation about something else", escalate("2026-W46-1", "about: forecast, "), 1],
    [
      "an action about it that escalates nothing",
      '{ id: 2026-W46-1, decision: investigate, title: "Ask for the logs of the worker", about: 2026-W45-1, owner: "@octocat", due: 2026-12-18, status: open }',
      1,
    ],
  ])("stays answered, or open, after a review with %s", (_, action, count) => {
    const first = { front: investigate("2026-11-16").replaceAll("W46", "W45"), delta: handed.replace("W46", "W45") };
    const before = list("previous", open("2026-W45-1"));
    const front = `${none}\n${before}`;
    expect(messages("escalation", { front, earlier: [first, { front: `${list("actions", action)}\n${before}` }] })).toHaveLength(count);
  });
});
