import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixReview } from "../../../src/document/fix/fix.ts";
import { isLogin, respelled } from "../../../src/document/fix/spelling.ts";
import { splitDocument } from "../../../src/document/front-matter/split.ts";
import { goldenOf } from "../../scenarios/scenario.ts";
import { propertyTime, runs } from "../support.ts";

const settings = { sprint: { start: "2026-11-16", weeks: 2 }, held: true };
const head = "period: { start: 2026-11-16, end: 2026-11-23 }\nstate: draft\nnext: 2026-11-30\n";
const file = (yaml: string, body = "Body\n") => `---\n${head}${yaml}---\n${body}`;
const fix = (text: string, more = {}) => fixReview(text, "r.md", { ...settings, ...more });

describe("values of the front matter", () => {
  const rows: [string, string, string][] = [
    ["a weekday", "actions:\n  - due: Friday   # c\n", "actions:\n  - due: 2026-11-27   # c\n"],
    ["quotes stay", "actions:\n  - due: 'Fri'\n  - due: \"fri\"\n", "actions:\n  - due: '2026-11-27'\n  - due: \"2026-11-27\"\n"],
    ["sprints", "actions: [{ due: this sprint }, {due: next sprint}]\n", "actions: [{ due: 2026-11-29 }, {due: 2026-12-13}]\n"],
    [
      "the next review, carried",
      "previous:\n  - { id: a, due: next review, reason: x }\n",
      "previous:\n  - { id: a, due: 2026-11-30, reason: x }\n",
    ],
    ["a date over two lines", "actions:\n  - due: 4 Dec\n      2026\n", "actions:\n  - due: 2026-12-04\n"],
    ["an owner", "actions:\n  - owner: octocat\n    to: 'hubot'\n", "actions:\n  - owner: \"@octocat\"\n    to: '@hubot'\n"],
    ["an owner with a reserved @", "actions:\n  - owner: @octocat # c\n", 'actions:\n  - owner: "@octocat" # c\n'],
    [
      "attendees",
      'attendees: { engineering: octocat, product: @hubot, others: [mona, "@x", ops] }\n',
      'attendees: { engineering: "@octocat", product: "@hubot", others: ["@mona", "@x", ops] }\n',
    ],
    ["what became of an action", "previous:\n  - { id: a, status: Done }\n", "previous:\n  - { id: a, status: done }\n"],
    ["the product owner alone", "attendees: { product: hubot }\n", 'attendees: { product: "@hubot" }\n'],
    ["a waiver", "waivers: [{ by: mona, reason: 'no' }]\n", "waivers: [{ by: \"@mona\", reason: 'no' }]\n"],
    ["JSON-like flow", 'waivers: [{"by":"mona"},{"by":mona}]\n', 'waivers: [{"by":"@mona"},{"by":"@mona"}]\n'],
    [
      "spellings",
      "outcome: No action needed\nactions:\n  - decision: Revise_Forecast\n    status: OPEN\n",
      "outcome: no-action-needed\nactions:\n  - decision: revise-forecast\n    status: open\n",
    ],
  ];
  it.each(rows)("%s", (_, before, after) => {
    const shapes = [(text: string) => text, (text: string) => text.replaceAll("\n", "\r\n"), (text: string) => `\uFEFF${text}`];
    for (const shape of shapes) {
      const fixed = fix(shape(file(before)));
      expect(fixed.text).toBe(shape(file(after)));
      expect(fixed.findings).toEqual([]);
      expect(fix(fixed.text)).toEqual({ text: fixed.text, changes: [], findings: [] });
    }
  });

  it.each([
    ["a team", "actions:\n  - owner: the team\n"],
    ["a reserved @ before nobody, or a group", "actions:\n  - owner: @me\n  - owner: @acme/platform\n"],
    ["a group", "actions:\n  - owner: engineering\n  - owner: platform-team\n  - owner: TBD\n"],
    ["a name of two words", "actions:\n  - owner: Mona Lisa\n"],
    ["a block of lines", "actions:\n  - owner: |\n      mona\n    due: >\n      Friday\n"],
    ["a number", "actions:\n  - owner: 12345\n    due: 20261204\n"],
    ["prose", "reason: Friday\nactions:\n  - title: friday\n    reason: octocat\n    tactic: Optimize.\n"],
    ["an ambiguous date", "actions:\n  - due: 04/12/2026\n"],
    ["a map where a list stands", "actions: { due: Friday }\nattendees: [octocat]\n"],
    ["what is no YAML", "actions: [\n  - due: Friday\n"],
    ["keys of objects", "constructor: { due: Friday }\n__proto__: { owner: mona }\n"],
    ["nothing", ""],
  ])("leaves alone: %s", (_, yaml) => expect(fix(file(yaml))).toEqual({ text: file(yaml), changes: [], findings: [] }));

  it("says where and what it changed, in the order of the file", () => {
    expect(fix(file('actions:\n  - owner: "octocat"\n    due: Friday\n')).changes).toEqual([
      { line: 6, key: "owner", from: "octocat", to: "@octocat" },
      { line: 7, key: "due", from: "Friday", to: "2026-11-27" },
    ]);
  });

  it("says so of all that it changes, wherever it stands", () => {
    const body = "<!-- overpace:delta a/b -->\n<!-- /overpace:delta -->\n- **Expected:** Yes.\n";
    const yaml = "outcome: Actions\nactions:\n  - due: Friday\n    owner: @octocat\n  - owner: mona\nwaivers:\n  - by: @hubot\n";
    expect(fix(file(yaml, body)).changes).toEqual([
      { line: 5, key: "outcome", from: "Actions", to: "actions" },
      { line: 7, key: "due", from: "Friday", to: "2026-11-27" },
      { line: 8, key: "login", from: "@octocat", to: '"@octocat"' },
      { line: 9, key: "owner", from: "mona", to: "@mona" },
      { line: 11, key: "login", from: "@hubot", to: '"@hubot"' },
      { line: 15, key: "expected", from: "Yes.", to: "yes" },
    ]);
  });

  it("says so in the order of a line", () => {
    const { changes } = fix(file("actions: [{ status: Open, owner: mona, due: Friday }, { to: hubot, due: fri }]\n"));
    expect(changes.map(({ key }) => key)).toEqual(["status", "owner", "due", "to", "due"]);
  });

  it("mends the state of a review that it is to mend", () => {
    const text = file("").replace("state: draft", "state: Held.");
    expect(fix(text).text).toBe(text.replace("Held.", "held"));
    const draft = text.replace("Held.", "Draft");
    expect(fix(draft, { held: false }).text).toBe(draft.replace("Draft", "draft"));
  });

  it("says what must be configured for a sprint, and where, and mends the rest", () => {
    const fixed = fix(file("actions:\n  - due: this sprint\n    owner: octocat\n"), { sprint: null });
    expect(fixed.findings).toMatchObject([{ rule: "fix", severity: "error", line: 6, column: 10 }]);
    expect(fixed.findings[0]?.remedy).toContain("schedule: { sprint:");
    expect(fixed.text).toBe(file('actions:\n  - due: this sprint\n    owner: "@octocat"\n'));
  });

  it("says that the next review is not known", () => {
    const text = file("actions:\n  - due: next review\n").replace("next: 2026-11-30", "next: soon");
    expect(fix(text)).toMatchObject({ text, findings: [{ remedy: expect.stringContaining("next: 2026-11-30") as string }] });
  });

  it("knows no weekday without a review date", () => {
    const text = file("actions:\n  - due: Friday\n").replace("end: 2026-11-23", "end: never");
    expect(fix(text).text).toBe(text);
  });

  it.each(["held", "Held", "holding", "[]"])("leaves a review alone that is %s, unless it is named", (state) => {
    const text = file("actions:\n  - due: Friday\n").replace("state: draft", `state: ${state}`);
    expect(fix(text, { held: false }).text).toBe(text);
    expect(fix(text, { held: true }).text).not.toBe(text);
  });
});

describe("answers", () => {
  const body = (expected: string, decision: string, status = "open") =>
    `<!-- overpace:delta a/b -->\n<!-- /overpace:delta -->\n- **Expected:** ${expected}\n- **Why:** Yes.\n- **Decision:** ${decision}\n\n` +
    `<!-- overpace:anomaly a/b@2026-11-17 -->\n<!-- /overpace:anomaly -->\n* **Status:** ${status}\n\n<!-- overpace:end anomalies -->\n<!-- /overpace:end -->\n- **Expected:** Yes.\n`;
  const withActions = "actions: [{ id: 2026-W47-1 }]\n";

  it.each([
    [body("Yes.", "Leave as is", "Closed"), body("yes", "leave-as-is", "closed")],
    [body("NO <!-- yes | no | partly -->", "leave_as_is."), body("no <!-- yes | no | partly -->", "leave-as-is")],
    [body("Yes.\n\nFinance asked.", "Leave as is\n\n### Notes"), body("yes\n\nFinance asked.", "leave-as-is\n\n### Notes")],
    [body("  Partly", "2026-w47-1"), body("  partly", "2026-W47-1")],
    [body("No.", "").replace("- **Expected:**", "**Expected**:"), body("no", "").replace("- **Expected:**", "**Expected**:")],
  ])("are spelled as the list has them", (before, after) => {
    const fixed = fix(file(withActions, before));
    expect(fixed.text).toBe(file(withActions, after));
    expect(fix(fixed.text).changes).toEqual([]);
    expect(fix(file(withActions, before).replaceAll("\n", "\r\n")).text).toBe(file(withActions, after).replaceAll("\n", "\r\n"));
  });

  it("are left alone where the id of the action itself is misspelt", () => {
    const text = file("actions: [{ id: 2026-w47-1 }]\n", body("yes", "2026-W47-1"));
    expect(fix(text)).toMatchObject({ text, changes: [] });
  });

  it.each([
    ["an answer with a reason", body("Yes, the launch was planned", "Leave as is for now")],
    ["an answer that goes on", body("Yes.\n  It was planned.", "Leave as is\n  until the launch")],
    ["a comment in front", body("<!-- Yes. --> Yes.", "<!-- x --> Leave as is")],
    ["nothing", body("", "")],
    ["damaged zones", body("Yes.", "Leave as is").replace("<!-- /overpace:delta -->\n", "")],
  ])("stay as people wrote them: %s", (_, text) => expect(fix(file("", text)).text).toBe(file("", text)));
});

describe("words", () => {
  it.each(["octocat", "a", "mona-lisa", "x1", "A".repeat(39)])("%s is a login", (word) => expect(isLogin(word)).toBe(true));
  it.each(["", "-a", "a-", "a--b", "a b", "a_b", "@a", "A".repeat(40), "team", "Everyone", "TBD", "sre", "growth-team", "é"])(
    "%j is none",
    (word) => expect(isLogin(word)).toBe(false),
  );
  it("a word in its own spelling is not respelled", () => {
    expect(respelled("leave-as-is", ["leave-as-is"])).toBeNull();
    expect(respelled("Leave  as is.", ["leave-as-is"])).toBe("leave-as-is");
    expect(respelled("leave", ["leave-as-is"])).toBeNull();
  });
});

describe("under random files", () => {
  const scalar = fc.constantFrom(
    "Friday",
    "'fri'",
    '"next sprint"',
    "this sprint # c",
    "2026-12-04",
    "4 Dec 2026",
    "04/12/2026",
    "soon",
    "",
    "|\n        Friday",
    "octocat",
    "@octocat",
    '"@octocat"',
    "the team",
    "'mona'",
    "Done",
    "open",
    "Optimize",
    "~",
    "[x]",
    "{ a: Friday }",
    "5",
  );
  const item = fc.record({ due: scalar, owner: scalar, to: scalar, status: scalar, decision: scalar, title: scalar });
  const noise = fc.constantFrom("", "# note: Friday\n", "\n", "   \n", "reason: Friday\n", "# @octocat\n");
  const made = fc.record({
    actions: fc.array(item, { maxLength: 3 }),
    previous: fc.array(item, { maxLength: 2 }),
    noise: fc.array(noise, { minLength: 4, maxLength: 4 }),
    crlf: fc.boolean(),
    bom: fc.boolean(),
    sprint: fc.boolean(),
  });

  it(
    "only the values that it names change, and a second run changes nothing",
    () => {
      fc.assert(
        fc.property(made, ({ actions, previous, noise, crlf, bom, sprint }) => {
          const block = (name: string, items: typeof actions) =>
            items.length === 0
              ? ""
              : `${name}:\n${items
                  .map(
                    (one) =>
                      `  - id: a\n${Object.entries(one)
                        .map(([key, value]) => `    ${key}: ${value}\n`)
                        .join("")}`,
                  )
                  .join("")}`;
          const lines = `${noise[0]}${block("actions", actions)}${noise[1]}${block("previous", previous)}${noise[2]}`;
          const text = `${bom ? "\uFEFF" : ""}${crlf ? file(lines).replaceAll("\n", "\r\n") : file(lines)}`;
          const fixed = fix(text, { sprint: sprint ? settings.sprint : null });
          const [before, after] = [text.split("\n"), fixed.text.split("\n")];
          expect(after.length).toBe(before.length);
          const changed = new Map(fixed.changes.map((change) => [change.line, change]));
          for (const [index, line] of before.entries()) {
            const change = changed.get(index + 1);
            if (!change) expect(after[index]).toBe(line);
            else {
              const at = line.indexOf(change.from);
              expect(after[index]?.startsWith(line.slice(0, at).replace(/["']$/, ""))).toBe(true);
              expect(after[index]?.endsWith(line.slice(at + change.from.length).replace(/^["']/, ""))).toBe(true);
            }
          }
          expect(fix(fixed.text, { sprint: sprint ? settings.sprint : null }).text).toBe(fixed.text);
        }),
        runs(300),
      );
    },
    propertyTime,
  );

  it("a review as overpace writes it holds nothing to mend", () => {
    for (const name of ["worked-example", "hostile-names", "sprints-and-allocation"]) {
      const { review } = goldenOf(name);
      expect(fix(review)).toEqual({ text: review, changes: [], findings: [] });
      expect(splitDocument(review, "r.md").data).toBeTruthy();
    }
  });
});
