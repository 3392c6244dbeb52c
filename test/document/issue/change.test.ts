import { describe, expect, it } from "vitest";
import type { Issue } from "../../../src/core/issue.ts";
import { type Answers, type Wanted, goneChange, issueChange, newIssue, questionsOf, wantedOf } from "../../../src/document/issue/change.ts";
import { titleHash, writtenBy } from "../../../src/document/issue/machine-part.ts";
import { changed, id, issueOf, latestOf, wanted } from "./support.ts";

const edited = { content: "edited", pack: "- **Due:** 2026-12-18" };
const yes: Answers = { later: true, assignable: true, reason: null };
const no: Answers = { later: false, assignable: false, reason: null };
const done = { status: "done", closedAt: "2026-11-25T10:00:00Z" } as const;
const dropped = { ...done, status: "dropped" } as const;
/** What overpace has written into an issue that it made for this. */
const issueFor = (part: Partial<Wanted>, people: Partial<Issue> = {}) => issueOf(people, wanted(part));
const unmarked = { body: "All mine now." };

/** What is changed besides the text, and what is remembered for the next run, which must then change nothing. */
function changeOf(want: Partial<Wanted>, issue: Issue, answers: Answers) {
  const change = issueChange(wanted(want), issue, answers);
  const after = changed(issue, change);
  expect(issueChange(wanted(want), after, { ...answers, reason: null })).toBeNull();
  const { body: _, ...rest } = change ?? {};
  return { change: change && rest, written: writtenBy(after.body, id), after };
}

describe("issueChange", () => {
  it.each<[string, Partial<Wanted>, Issue, Answers, object | null]>([
    ["nothing new", {}, issueOf(), yes, null],
    ["an edit: its text alone", edited, issueOf(), yes, {}],
    ["done in the file", { ...edited, status: "done" }, issueOf(), no, { status: "done" }],
    ["dropped in the file", { ...edited, status: "dropped" }, issueOf(), no, { status: "dropped" }],
    ["done in the file, closed by people before", { ...edited, status: "done" }, issueOf(dropped), yes, {}],
    ["done in the file, reopened by people since", { status: "done" }, issueFor({ status: "done" }), yes, null],
    ["closed by people, the file as it was", {}, issueOf(done), yes, null],
    ["closed by people, then the file was edited", edited, issueOf(done), yes, { status: "open" }],
    ["the file was edited, then closed by people", edited, issueOf(done), no, {}],
    ["closed by the file, which takes it back", edited, issueFor({ status: "done", content: "done" }, done), no, { status: "open" }],
    ["closed, without anything known of it", edited, issueOf({ ...done, ...unmarked }), no, {}],
    ["the same, edited since", edited, issueOf({ ...done, ...unmarked }), { ...no, later: true }, { status: "open" }],
  ])("%s", (_, want, issue, answers, change) => {
    expect(changeOf(want, issue, answers).change).toEqual(change);
  });

  it.each<[string, string, Partial<Issue>, object, string]>([
    ["the same", "Find the cause", {}, {}, "Find the cause"],
    ["a new one in the file", "Find out why", {}, { title: "Find out why" }, "Find out why"],
    ["people's own stays, and the one that overpace wrote is remembered", "Find out why", { title: "Ours" }, {}, "Find the cause"],
    ["people's own that the file says, too", "Find out why", { title: "Find out why" }, {}, "Find out why"],
  ])("title: %s", (_, title, people, change, remembered) => {
    const result = changeOf({ ...edited, title }, issueOf(people), yes);
    expect(result).toMatchObject({ change, written: { title: titleHash(remembered) } });
    expect(result.change).toEqual(change);
  });

  it("title: without anything known of the issue it is people's", () => {
    expect(changeOf({ title: "Find out why" }, issueOf({ ...unmarked }), no)).toMatchObject({ change: {}, written: { title: "" } });
  });

  it.each<[string, string | null, readonly string[], boolean, object, string | null, boolean]>([
    ["the same", "octocat", ["octocat"], true, {}, "octocat", false],
    ["the same in other letters", "OctoCat", ["octocat"], true, {}, "octocat", false],
    ["the same, whom people have taken off", "octocat", [], true, {}, "octocat", false],
    ["another", "hubot", ["octocat"], true, { assignees: ["hubot"] }, "hubot", false],
    ["another, assigned in other letters", "hubot", ["OctoCat"], true, { assignees: ["hubot"] }, "hubot", false],
    ["another, who cannot be assigned", "hubot", ["octocat"], false, { assignees: [] }, null, true],
    ["none any more", null, ["octocat"], false, { assignees: [] }, null, false],
    ["another, but people assigned somebody else", "hubot", ["triager"], true, {}, "hubot", false],
    ["another, but people added somebody", "hubot", ["octocat", "triager"], true, {}, "hubot", false],
    ["another, but people took the first off", "hubot", [], true, {}, "hubot", false],
  ])("assignee: %s", (_, login, assignees, assignable, change, assignee, noted) => {
    const result = changeOf({ ...edited, login }, issueOf({ assignees }), { ...yes, assignable });
    expect(result).toMatchObject({ change, written: { assignee } });
    expect(result.change).toEqual(change);
    expect(result.after.body.includes("`hubot` cannot be assigned here")).toBe(noted);
  });

  it.each<[string, readonly string[], boolean, object, string | null, boolean]>([
    ["still not", [], false, {}, null, true],
    ["now they can", [], true, { assignees: ["octocat"] }, "octocat", false],
    ["people have assigned somebody else", ["triager"], false, {}, "octocat", false],
  ])("an owner who could not be assigned: %s", (_, assignees, assignable, change, assignee, noted) => {
    const issue = issueOf({ assignees }, wanted(), false);
    const { change: all, written, after } = changeOf({}, issue, { ...no, assignable });
    expect(all ?? {}).toEqual(change);
    expect(written).toMatchObject({ assignee });
    expect(after.body.includes("`octocat` cannot be assigned here")).toBe(noted);
  });

  it.each<[string, Partial<Wanted>, Issue, string | null, string | undefined]>([
    ["said", {}, issueOf(dropped), "The launch\nis off", "The launch is off"],
    ["not said", {}, issueOf(dropped), null, ""],
    ["of an issue that is done: none is asked for", {}, issueOf(done), "The launch is off", undefined],
    ["of one that the file dropped: none is asked for", { status: "dropped", ...edited }, issueOf(dropped), "Off", undefined],
    ["forgotten when the issue is opened again", edited, issueOf(dropped), "The launch is off", undefined],
  ])("the reason of people's dropping: %s", (_, want, issue, reason, kept) => {
    const later = want.status === undefined && want.content !== undefined;
    expect(changeOf(want, issue, { ...no, later, reason }).written?.reason).toBe(kept);
  });

  it("the reason of people's dropping: is kept, shown, and gone once they open the issue again or the file says so itself", () => {
    const asked = changeOf({}, issueOf(dropped), { ...no, reason: "The *launch* is off" });
    expect(asked.after.body).toContain("\n\nDropped here: The \\*launch\\* is off\n\noverpace keeps");
    const opened = changeOf({}, { ...asked.after, status: "open", closedAt: null }, no);
    expect(opened.written?.reason).toBeUndefined();
    expect(opened.after.body).not.toContain("Dropped here");
    const moved = changeOf(edited, asked.after, no);
    expect(moved.written?.reason).toBe("The *launch* is off");
    const said = changeOf({ ...edited, status: "dropped" }, asked.after, no);
    expect(said.written?.reason).toBeUndefined();
    expect(said.after.body).not.toContain("Dropped here");
  });

  it("people's text stays to the byte, and line breaks alone are no change", () => {
    const people = (body: string) => `Before.\r\n${body.replaceAll("\n", "\r\n")}\r\nAfter.`;
    const issue = issueOf();
    const theirs = { ...issue, body: people(issue.body) };
    expect(issueChange(wanted(), theirs, yes)).toBeNull();
    expect(issueChange(wanted(edited), theirs, yes)?.body).toBe(people(issueChange(wanted(edited), issue, yes)?.body ?? ""));
  });
});

describe("questionsOf", () => {
  const nothing = { later: false, assignable: null, reason: false };
  it.each<[string, Partial<Wanted>, Issue, object]>([
    ["an open issue as it was written", {}, issueOf(), nothing],
    ["an edit of an open one", edited, issueOf(), nothing],
    ["an edit of one that people finished", edited, issueOf(done), { ...nothing, later: true }],
    ["one that people finished", {}, issueOf(done), nothing],
    ["one that people dropped", {}, issueOf(dropped), { ...nothing, reason: true }],
    ["the same, done in the file since", { ...edited, status: "done" }, issueOf(dropped), nothing],
    ["one that the file closed", edited, issueFor({ status: "dropped" }, dropped), nothing],
    ["nothing known of a closed one", {}, issueOf({ ...dropped, ...unmarked }), { assignable: null, later: true, reason: true }],
    ["another owner", { login: "hubot" }, issueOf(), { ...nothing, assignable: "hubot" }],
    ["another owner, but people assigned somebody", { login: "hubot" }, issueOf({ assignees: ["triager"] }), nothing],
    ["no owner", { login: null }, issueOf(), nothing],
    ["an owner who could not be assigned", {}, issueOf({}, wanted(), false), { ...nothing, assignable: "octocat" }],
  ])("%s", (_, want, issue, questions) => {
    expect(questionsOf(wanted(want), issue)).toEqual(questions);
  });

  it("asks for the reason of a dropping once, whether or not one was given", () => {
    const issue = issueOf(dropped);
    expect(questionsOf(wanted(), changed(issue, issueChange(wanted(), issue, no))).reason).toBe(false);
  });
});

describe("newIssue", () => {
  it.each<[string, string | null, boolean, readonly string[], boolean]>([
    ["its owner is assigned", "octocat", true, ["octocat"], false],
    ["who cannot be is named", "octocat", false, [], true],
    ["nobody", null, false, [], false],
  ])("%s", (_, login, assignable, assignees, noted) => {
    const made = newIssue(wanted({ login }), assignable);
    expect(made).toMatchObject({ title: "Find the cause", assignees });
    expect(made.body).toMatch(/^<!-- overpace:action 2026-W47-1 -->\n[^]*\n- \*\*Due:\*\* 2026-11-30\n[^]*\n<!-- \/overpace:action -->\n$/);
    expect(made.body.includes("cannot be assigned here")).toBe(noted);
    expect(writtenBy(made.body, id)).toEqual({
      content: "as decided",
      status: "open",
      title: titleHash("Find the cause"),
      assignee: assignees[0] ?? null,
    });
  });
});

describe("wantedOf", () => {
  const link = () => "https://example.com";
  it.each([
    ["two\nlines", "two lines"],
    [" a\u2028\u2029\u0007b ", "a b"],
    ["", "2026-W47-1 (no title)"],
    ["\n", "2026-W47-1 (no title)"],
    ["x".repeat(256), "x".repeat(256)],
    ["x".repeat(257), `${"x".repeat(255)}…`],
    ["\u{1F600}".repeat(256), "\u{1F600}".repeat(256)],
  ])("title %j", (title, expected) => {
    expect(wantedOf(latestOf({ title }), link).title).toBe(expected);
  });

  it.each([
    [{ owner: "@octocat" }, "octocat"],
    [{ owner: "hubot" }, "hubot"],
    [{ owner: "@acme/platform" }, null],
    [{ decision: "escalate", to: "@hubot", options: [] }, "hubot"],
    [{ decision: "escalate", to: "", options: [] }, "octocat"],
  ])("login of %j", (part, login) => {
    expect(wantedOf(latestOf({ why: "", recommendation: "", ...part }), link).login).toBe(login);
  });
});

describe("goneChange", () => {
  const says = { status: "dropped", body: expect.stringContaining(`No review on the default branch holds the action ${id} any more`) };
  it.each<[string, Issue, object | null]>([
    ["an open issue", issueOf(), says],
    ["one that people finished", issueOf(done), null],
    ["one that people dropped", issueOf(dropped), null],
    ["one without anything known of it", issueOf(unmarked), says],
  ])("%s", (_, issue, change) => {
    expect(goneChange(id, issue)).toEqual(change);
  });

  it("leaves an issue that people opened again; the action's return opens one, with its title, assignee and people's text", () => {
    const issue = issueOf({ body: `${issueOf().body}\nOurs.\n` });
    const gone = changed(issue, goneChange(id, issue));
    expect(goneChange(id, { ...gone, status: "open" })).toBeNull();
    expect(questionsOf(wanted(), gone)).toEqual({ later: false, assignable: null, reason: false });
    expect(changed(gone, issueChange(wanted(), gone, no))).toEqual(issue);
  });
});
