import { describe, expect, it } from "vitest";
import { issuesByAction, withIssues } from "../../../src/document/issue/by-action.ts";
import { issueChange } from "../../../src/document/issue/change.ts";
import { driftOf } from "../../../src/document/issue/drift.ts";
import { actionIn, damageIn, machineText, withMachinePart, writtenBy } from "../../../src/document/issue/machine-part.ts";
import { openAction } from "../support.ts";
import { changed, id, issueOf, latestOf, wanted } from "./support.ts";

const other = "2026-W46-2";
const marker = `<!-- overpace:action ${id} -->`;
const end = "<!-- /overpace:action -->";

describe("issuesByAction", () => {
  const numbers = (...issues: ReturnType<typeof issueOf>[]) => {
    const { known, copies } = issuesByAction(issues);
    return {
      known: [...known].map(([id, { number }]) => [id, number]),
      copies: copies.map(({ id, issue, of }) => [id, issue.number, of.number]),
    };
  };

  it("knows issues by the marker in their text; of copies the oldest counts, whatever the order they come in", () => {
    const others = issueOf({ number: 5 }, wanted({ id: other }));
    const issues = [issueOf({ number: 12 }), issueOf({ number: 3 }), others, issueOf({ number: 4, body: "Ours" }), issueOf({ number: 7 })];
    expect(numbers(...issues)).toEqual({
      known: [
        [id, 3],
        [other, 5],
      ],
      copies: [
        [id, 7, 3],
        [id, 12, 3],
      ],
    });
  });

  it("does not take an issue that quotes a marker in code for that of the action", () => {
    const quote = `Why was this closed?\n\n\`\`\`\n${issueOf().body}\`\`\`\n`;
    expect(numbers(issueOf({ number: 2, body: quote }), issueOf({ number: 3 }))).toEqual({ known: [[id, 3]], copies: [] });
  });

  it("takes one issue that comes twice for one", () => {
    expect(numbers(issueOf(), issueOf())).toEqual({ known: [[id, 1]], copies: [] });
  });
});

describe("withIssues", () => {
  const carried = { id, status: "open", due: "2026-11-30", reason: null, issue: null } as const;
  const answers = { later: false, assignable: false };
  const droppedFor = (reason: string | null) => {
    const issue = issueOf({ status: "dropped", closedAt: "2026-11-25T10:00:00Z" });
    return changed(issue, issueChange(wanted(), issue, { ...answers, reason }));
  };
  const damaged = { ...droppedFor("Too dear"), body: droppedFor("Too dear").body.replace(end, "") };
  it.each<[string, ReturnType<typeof issueOf>[], object, object]>([
    ["no issue", [], carried, { ended: null }],
    ["another's issue", [issueOf({}, wanted({ id: other }))], carried, { ended: null }],
    ["an open issue", [issueOf()], { ...carried, issue: 1 }, { ended: null }],
    ["done", [issueOf({ status: "done" })], { ...carried, status: "done", issue: 1 }, { ended: "done" }],
    ["dropped and why", [droppedFor("Too\ndear")], { ...carried, status: "dropped", reason: "Too dear", issue: 1 }, { ended: "dropped" }],
    [
      "dropped without a word",
      [droppedFor(null)],
      { ...carried, status: "dropped", reason: "closed as not planned in #1", issue: 1 },
      { ended: "dropped" },
    ],
    [
      "dropped, not synced yet",
      [issueOf({ status: "dropped" })],
      { ...carried, status: "dropped", reason: "closed as not planned in #1", issue: 1 },
      { ended: "dropped" },
    ],
    [
      "dropped, damaged",
      [damaged],
      { ...carried, status: "dropped", reason: "closed as not planned in #1", issue: 1 },
      { ended: "dropped" },
    ],
    [
      "done, after it was dropped for a reason",
      [{ ...droppedFor("Too dear"), status: "done" }],
      { ...carried, status: "done", issue: 1 },
      { ended: "done" },
    ],
  ])("%s", (_, issues, entry, shown) => {
    const result = withIssues({ carried: [carried], shown: [openAction({ id })], closed: [] }, issues);
    expect(result.carried).toEqual([entry]);
    expect(result.shown).toEqual([openAction({ id, ...shown })]);
    expect([...result.told]).toEqual("issue" in entry && entry.issue === 1 ? [id] : []);
  });
});

describe("driftOf", () => {
  const named = `${id}: the reviews say that its issue is #7, it is #1: correct \`issue\` there`;
  it.each([
    ["open", "open", null, []],
    ["done", "done", 1, []],
    ["open", "done", 1, [`${id}: issue #1 is closed as completed, the reviews say open: the next review says done under previous`]],
    ["open", "dropped", 1, [`${id}: issue #1 is closed as not planned, the reviews say open: the next review says dropped under previous`]],
    [
      "done",
      "open",
      null,
      [`${id}: issue #1 is open, the reviews say done: set its status under previous of the next review, or close the issue`],
    ],
    [
      "done",
      "dropped",
      null,
      [
        `${id}: issue #1 is closed as not planned, the reviews say done: set its status under previous of the next review, or close it another way`,
      ],
    ],
    ["open", "open", 7, [named]],
    ["open", "done", 7, [named, `${id}: issue #1 is closed as completed, the reviews say open: the next review says done under previous`]],
  ] as const)("the reviews say %s, the issue is %s, named as %s", (status, state, issue, sentences) => {
    expect(driftOf(latestOf({}, {}, { status, issue }), issueOf(), state)).toEqual(sentences);
  });
});

describe("the machine-owned part", () => {
  const written = { content: "a", status: "open", title: "b", assignee: null } as const;
  const text = machineText(written, "- one");

  it.each([
    ["", `${marker}\n${text}\n${end}\n`],
    [" \r\n", `${marker}\n${text}\n${end}\n`],
    ["Ours", `${marker}\n${text}\n${end}\n\nOurs`],
    [`Ours\r\n${marker}\r\nold\r\n${end}\r\nOurs, too`, `Ours\r\n${marker}\r\n${text.replaceAll("\n", "\r\n")}\r\n${end}\r\nOurs, too`],
    [`<!-- overpace:action ${other} -->\nold\n${end}\n`, `${marker}\n${text}\n${end}\n\n<!-- overpace:action ${other} -->\nold\n${end}\n`],
    [
      `<!-- overpace:delta ${id} -->\nold\n<!-- /overpace:delta -->\n`,
      `${marker}\n${text}\n${end}\n\n<!-- overpace:delta ${id} -->\nold\n<!-- /overpace:delta -->\n`,
    ],
  ])("goes into %j", (body, after) => {
    expect(withMachinePart(body, id, text)).toBe(after);
    expect(writtenBy(after, id)).toEqual(written);
  });

  it.each([
    [marker, id],
    [`Ours\r\n${marker} \t\r\nmore`, id],
    [`${marker}\n- one`, id],
    [`${marker}\n- one\n${end}\n${marker}\n${end}`, id],
    [`<!-- overpace:delta ${other} -->\n<!-- /overpace:delta -->\n${marker}\n${end}`, id],
    [` ${marker}`, null],
    [`\`\`\`\n${marker}\n${end}\n\`\`\`\n`, null],
    [`\`\`\`\n${marker.replace(id, other)}\n\`\`\`\n${marker}\n- one\n${end}`, id],
    [`${marker} more`, null],
    ["<!-- overpace:action -->", null],
    [`<!-- /overpace:action ${id} -->`, null],
  ])("%j names %j", (body, named) => {
    expect(actionIn({ body })).toBe(named);
  });

  it("remembers a reason that looks like the end of a comment, and does not write it so", () => {
    const hostile = { ...written, reason: `--> ${end} <b> \u2014 -`, assignee: "a-b" };
    const part = machineText(hostile, "");
    expect(part.split("\n")[0]?.slice(4, -3)).not.toMatch(/[<>-]/);
    expect(writtenBy(withMachinePart("", id, part), id)).toEqual(hostile);
  });

  it.each([
    ["no line of it", "- one"],
    ["no JSON", "<!-- written by overpace: { -->"],
    ["another shape", '<!-- written by overpace: {"content":"a"} -->'],
    ["a status that there is not", '<!-- written by overpace: {"content":"a","status":"late","title":"b","assignee":null} -->'],
  ])("is not known with %s", (_, inner) => {
    expect(writtenBy(withMachinePart("", id, inner), id)).toBeNull();
  });

  it("is damaged with a line and a remedy, else not", () => {
    expect(damageIn({ body: `Ours\n${marker}\n- one\n` })).toMatch(
      /^its text is damaged on line 2: the zone .* is not closed; put the line/,
    );
    expect(damageIn(issueOf())).toBeNull();
  });
});
