import { expect, it } from "vitest";
import { type FileVersion, actionHistory } from "../../../src/document/actions/changes.ts";
import type { ActionSource } from "../../../src/document/actions/track.ts";
import type { Action, CarriedAction } from "../../../src/document/front-matter/schema.ts";
import { actionOf } from "../../rules/action-text.ts";

const id = "2026-W44-1";
const week = (review: string, end: string, part: Partial<ActionSource>): ActionSource => ({
  review,
  period: { end },
  state: "held",
  next: "2026-11-16",
  actions: [],
  previous: [],
  ...part,
});
const own = (more: object = {}, state: "held" | "draft" = "held") =>
  week("2026-W44", "2026-11-02", { state, actions: [actionOf("investigate", { id, title: "Find the cause", ...more }) as Action] });
const none = week("2026-W44", "2026-11-02", {});
const later = (entry: Partial<CarriedAction>) =>
  week("2026-W45", "2026-11-09", { previous: [{ id, status: "open", due: "2026-11-30", ...entry }] });

/** One file that a commit changed, from what stood there to what stands there. */
function version(
  before: FileVersion["before"],
  after: FileVersion["after"],
  more: { isBoundary?: boolean; isTaken?: boolean } = {},
): FileVersion {
  const { review } = [after, ...before].find((one) => one !== null && one !== "unreadable") as ActionSource;
  const commit = { id: "1", author: "octocat", day: "2026-11-02", isBoundary: more.isBoundary ?? false };
  return { commit, file: `${review}.md`, review, before, after, isTaken: more.isTaken ?? false };
}

/** `owner: @octocat → @hubot` of each change. */
const told = (...versions: FileVersion[]) =>
  actionHistory(versions).changes.map(({ kind, from, to, reason, isSlip }) =>
    [kind, from === null && to === null ? "" : `: ${from} → ${to}`, reason === null ? "" : ` (${reason})`, isSlip ? " later" : ""].join(""),
  );
const begun = ["created: null → Find the cause", "decided"];
const first = version([null], own());

it.each<[string, FileVersion[], string[]]>([
  ["a draft", [version([null], own({}, "draft"))], ["created: null → Find the cause"]],
  ["a draft that is held", [version([null], own({}, "draft")), version([own({}, "draft")], own())], begun],
  ["without a title", [version([null], own({ title: "" }))], ["created", "decided"]],
  ["another owner", [first, version([own()], own({ owner: "@hubot" }))], [...begun, "owner: @octocat → @hubot"]],
  ["the same again", [first, version([own()], own())], begun],
  [
    "removed, and back",
    [first, version([own()], none), version([none], own())],
    [...begun, "removed: Find the cause → null", "restored: null → Find the cause"],
  ],
  [
    "removed without a title",
    [version([null], own({ title: "" })), version([own({ title: "" })], none)],
    ["created", "decided", "removed"],
  ],
  [
    "an unreadable file",
    [first, version([own()], "unreadable"), version(["unreadable"], own({ owner: "@hubot" }))],
    [...begun, "owner: @octocat → @hubot"],
  ],
  [
    "a reason stands beside date and status alone",
    [first, version([null], later({ due: "2026-12-04", status: "done", issue: 4, reason: "Waits" }))],
    [...begun, "due: 2026-11-30 → 2026-12-04 (Waits) later", "status: open → done (Waits)", "issue: null → #4"],
  ],
  [
    "a date that comes nearer is no slip",
    [first, version([null], later({ due: "2026-11-20" }))],
    [...begun, "due: 2026-11-30 → 2026-11-20"],
  ],
  [
    "nor is one of a draft",
    [version([null], own({}, "draft")), version([own({}, "draft")], own({ due: "2026-12-04" }, "draft"))],
    ["created: null → Find the cause", "due: 2026-11-30 → 2026-12-04"],
  ],
  ["where a clone ends, what is there is seen", [version([null], own(), { isBoundary: true })], ["seen: null → Find the cause"]],
  ["a merge that took one side", [first, version([own(), own({ owner: "@hubot" })], own({ owner: "@hubot" }), { isTaken: true })], begun],
  [
    "a merge of two changes",
    [first, version([own({ owner: "@hubot" }), own({ due: "2026-12-04" })], own({ owner: "@hubot", due: "2026-12-04" }))],
    begun,
  ],
  [
    "a merge that decides otherwise",
    [first, version([own(), own({ owner: "@hubot" })], own({ owner: "@mona" }))],
    [...begun, "owner: @octocat → @mona"],
  ],
  [
    "of a merge what differs from both sides",
    [first, version([own(), own({ due: "2026-12-04" })], own({ owner: "@mona", due: "2026-12-04" }))],
    [...begun, "owner: @octocat → @mona"],
  ],
])("a history: %s", (_, versions, changes) => expect(told(...versions)).toEqual(changes));
