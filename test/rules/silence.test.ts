import { describe, expect, it } from "vitest";
import { findingsOf } from "./support.ts";
import { processorMs } from "../support/processor.ts";

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
    ["three words without content", vague, "definition-of-done", "2026-W47-1", "as it is", "error silenced: ", 2],
    ["a pointer", vague, "definition-of-done", "2026-W47-1", "see the thread in Slack", "error silenced: ", 2],
    ["nothing at all", "reason:", "explanation", "openai/inference", sound, "warning silenced: this silences nothing", 1],
  ])("%s silences nothing and is remarked", (_, front, rule, at, reason, message, count) => {
    const found = said(`${front}\n${silenced(rule, at, reason)}`);
    expect(found).toHaveLength(count);
    expect(found).toContainEqual(expect.stringContaining(message));
  });

  it("says where, and what to write instead", () => {
    const found = findingsOf({ front: `${vague}\n${silenced("definition-of-done", "2026-W47-9", sound)}` });
    const remark = found.find(({ rule }) => rule === "silenced");
    expect(remark).toMatchObject({ severity: "warning", remedy: "write at: 2026-W47-1, or remove the entry" });
    expect(remark?.line).toBeGreaterThan(1);
  });

  it("takes no longer for many entries and many remarks than for each alone", () => {
    const entries = Array.from({ length: 500 }, (_, n) => ({ rule: "readable-alone", at: `notes${n}`, reason: sound.slice(0, 20) }));
    const example = { front: JSON.stringify({ silenced: entries }), notes: "see Slack\n".repeat(15_000) };
    const took = processorMs(() => expect(findingsOf(example).length).toBeGreaterThan(15_000));
    expect(took).toBeLessThan(4_000);
  });
});
