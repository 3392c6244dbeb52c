import { describe, expect, it } from "vitest";
import { processorMs } from "../support/processor.ts";
import { findingsOf } from "./support.ts";

const vague =
  'actions: [{ id: 2026-W47-1, decision: investigate, title: "Look into the OpenAI thing", owner: "@octocat", due: 2026-11-30, status: open }]';
const teamOwned =
  'actions: [{ id: 2026-W47-1, decision: investigate, title: "Find out which customer drives the rise", owner: the team, due: 2026-11-30, status: open }]';
const silenced = (rule: string, at: string, reason: string) =>
  `silenced: [{ rule: ${rule}, at: ${at}, reason: ${JSON.stringify(reason)} }]`;
const said = (front: string) => findingsOf({ front }).map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`);
const sound = "The thing is our name for issue 4512, where done is defined";

describe("silenced", () => {
  it("takes a matter of judgement away, with a reason", () => {
    expect(said(vague)).toEqual([expect.stringContaining("error definition-of-done: 2026-W47-1: the title")]);
    expect(said(`${vague}\n${silenced("definition-of-done", "2026-W47-1", sound)}`)).toEqual([]);
    expect(said(`${vague}\n${silenced("definition-of-done", "2026-w47-1", sound)}`)).toEqual([]);
  });

  it("takes a warning away, whatever the rule", () => {
    const far = teamOwned.replace("the team", '"@octocat"').replace("2026-11-30", "2027-05-01");
    expect(said(far)).toEqual([expect.stringContaining("warning due: ")]);
    expect(said(`${far}\n${silenced("due", "2026-W47-1", "The contract ends on that day")}`)).toEqual([]);
  });

  it.each([
    ["an unknown rule", vague, "definition-of-don", "2026-W47-1", sound, "error silenced: there is no rule `definition-of-don`", 2],
    [
      "no matter of judgement",
      teamOwned,
      "one-person",
      "2026-W47-1",
      sound,
      "error silenced: what `one-person` remarks is no matter of judgement",
      2,
    ],
    [
      "another item",
      vague,
      "definition-of-done",
      "2026-W47-2",
      sound,
      "warning silenced: this silences nothing: `definition-of-done` has no remark at `2026-W47-2`",
      2,
    ],
    ["a full stop", vague, "definition-of-done", "2026-W47-1", ".", 'error silenced: "." is no reason', 2],
    ["ok", vague, "definition-of-done", "2026-W47-1", "ok", 'error silenced: "ok" is no reason', 2],
    ["two words", vague, "definition-of-done", "2026-W47-1", "known thing", "error silenced: ", 2],
    ["two words that say something", vague, "definition-of-done", "2026-W47-1", "Harborline – pays –", "error silenced: ", 2],
    ["three words without content", vague, "definition-of-done", "2026-W47-1", "as it is", "error silenced: ", 2],
    ["a pointer", vague, "definition-of-done", "2026-W47-1", "see the thread in Slack", "error silenced: ", 2],
    ["nothing at all", "reason:", "explanation", "openai/inference", sound, "warning silenced: this silences nothing", 1],
  ])("%s silences nothing and is remarked", (_, front, rule, at, reason, message, count) => {
    const found = said(`${front}\n${silenced(rule, at, reason)}`);
    expect(found).toHaveLength(count);
    expect(found).toContainEqual(expect.stringContaining(message));
  });

  it("three words are a reason", () => {
    expect(said(`${vague}\n${silenced("definition-of-done", "2026-W47-1", "Harborline pays upfront")}`)).toEqual([]);
  });

  it("takes away the warning about an item, not the error about the same one", () => {
    const id = "2026-W46-1";
    const investigate = `actions: [{ id: ${id}, decision: investigate, title: "Find the cause of the rise of inference", owner: "@octocat", due: 2026-11-23, effect: { percent: -20 }, status: open }]`;
    const earlier = [{ front: investigate, delta: `- **Why:**\n- **Decision:** ${id}` }];
    const front = `previous: [{ id: ${id}, status: open, due: 2026-12-04, reason: "Logs are missing" }]\nfigures: { verdict: escalate, pace: "19200.00", triggers: [forecast] }`;
    const found = (more: string) =>
      findingsOf({ front: `${front}\n${more}`, earlier }).map(({ severity, message }) => `${severity} ${message.slice(0, 30)}`);
    const errors = [
      expect.stringMatching(/^error .19,200.00 at current/),
      expect.stringMatching(/^error 2026-W46-1, which was to/),
    ] as string[];
    const warning = expect.stringMatching(/^warning the effect of 2026-W46-1/) as string;
    expect(found("").toSorted()).toEqual([...errors, warning]);
    expect(found(silenced("escalation", id, "The slice is named in the runbook")).toSorted()).toEqual(errors);
  });

  it("says where, and what to write instead", () => {
    const found = findingsOf({ front: `${vague}\n${silenced("definition-of-done", "2026-W47-9", sound)}` });
    const remark = found.find(({ rule }) => rule === "silenced");
    expect(remark).toMatchObject({ severity: "warning", remedy: "write at: 2026-W47-1, or remove the entry" });
    expect(remark?.line).toBeGreaterThan(1);
    const nothing = findingsOf({ front: silenced("definition-of-done", "2026-W47-1", sound) });
    expect(nothing).toMatchObject([{ rule: "silenced", remedy: "remove the entry" }]);
  });

  it("takes no longer for many entries and many remarks than for each alone", () => {
    const entries = Array.from({ length: 500 }, (_, n) => ({ rule: "readable-alone", at: `notes${n}`, reason: sound.slice(0, 20) }));
    const example = { front: JSON.stringify({ silenced: entries }), notes: "see Slack\n".repeat(15_000) };
    const took = processorMs(() => expect(findingsOf(example).length).toBeGreaterThan(15_000));
    expect(took).toBeLessThan(4_000);
  });
});
