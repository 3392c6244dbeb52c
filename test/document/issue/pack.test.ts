import { expect, it } from "vitest";
import type { LatestAction } from "../../../src/document/issue/latest.ts";
import { answererOf, loginOf, packText } from "../../../src/document/issue/pack.ts";
import { latestOf } from "./support.ts";

const link = (path: string, line: number) => `https://example.com/${path}#L${line}`;
const review = "in the review [2026-W47](https://example.com/reviews/2026/2026-W47.md#L10)";
const escalate = { decision: "escalate", to: "@hubot", why: "", options: [], recommendation: "" };
const head = [`- **Decision:** escalate, ${review}`, "- **Deliverable:** Find the cause", "- **To decide:** @hubot, by 2026-11-30"];
const raised = "- **Raised by:** @\u200Boctocat";
const figures = { pace: "19000.00", plan: "16000.00", last7: "4820.00", prior7: "3950.00" };
const forecast = "- **Forecast:** $19,000.00 for the month at the current pace";
const week = "; the last 7 days $4,820.00, +$870.00 on the 7 before";

it.each<[string, object, object, Partial<LatestAction>, readonly string[]]>([
  ["nothing but what must be", {}, {}, {}, []],
  ["a title that people left empty is left out", { title: " " }, {}, {}, []],
  ["a delta of the review", { about: "openai/inference" }, {}, {}, ["- **Answers:** OpenAI · Inference: +$650.00"]],
  ["another thing", { about: "Groq_x" }, {}, {}, ["- **Answers:** Groq\\_x"]],
  ["a tactic", { decision: "optimize", tactic: "Cache *it*" }, {}, {}, ["- **Tactic:** Cache \\*it\\*"]],
  ["no tactic", { decision: "optimize", tactic: "" }, {}, {}, []],
  ["a cost", { effect: { cost: -130.5 } }, { currency: "EUR" }, {}, ["- **Expected effect:** -EUR 130.50 a week"]],
  ["a cost of part of a cent", { effect: { cost: 0.006 } }, {}, {}, ["- **Expected effect:** +$0.01 a week"]],
  ["a share", { effect: { percent: -20 } }, {}, {}, ["- **Expected effect:** -20.0 % of what its slice cost in the last 7 days"]],
  [
    "a new forecast",
    { decision: "revise-forecast", forecast: 17900.5, communication: "In the channel" },
    { currency: "EUR" },
    {},
    ["- **New forecast:** EUR 17,900.50 for the month", "- **Communication:** In the channel"],
  ],
  [
    "a new forecast of nothing",
    { decision: "revise-forecast", forecast: 0, communication: "" },
    {},
    {},
    ["- **New forecast:** $0.00 for the month"],
  ],
  ["no new forecast yet", { decision: "revise-forecast", forecast: null, communication: "" }, {}, {}, []],
  ["done", {}, {}, { status: "done" }, ["- **Status in the reviews:** done"]],
  ["dropped and why", {}, {}, { status: "dropped", reason: "Too *dear*" }, ["- **Status in the reviews:** dropped – Too \\*dear\\*"]],
  ["open with a reason for its new date", {}, {}, { reason: "Waits" }, []],
])("of an action: %s", (_, part, figures, tracked, more) => {
  const action = { decision: "investigate", title: "Find the cause", ...part };
  const said = packText(latestOf(part, figures, tracked), link).split("\n");
  const sound = [
    `- **Decision:** ${action.decision}, ${review}`,
    "- **Deliverable:** Find the cause",
    "- **Owner:** @\u200Boctocat",
    "- **Due:** 2026-11-30",
  ];
  expect(said.filter((line) => !sound.includes(line))).toEqual(more);
  expect(said.filter((line) => sound.includes(line))).toEqual(
    sound.filter((line) => action.title !== " " || !line.includes("Deliverable")),
  );
});

it("of an action: all in order", () => {
  const part = { decision: "optimize", tactic: "Cache", about: "openai/inference", effect: { cost: -130 } };
  const said = packText(latestOf(part, {}, { due: "2026-12-18", status: "done" }), link);
  expect(said.match(/(?<=\*\*).*(?=:\*\*)/g)).toEqual([
    "Decision",
    "Deliverable",
    "Tactic",
    "Answers",
    "Owner",
    "Due",
    "Expected effect",
    "Status in the reviews",
  ]);
  expect(said).toContain("**Due:** 2026-12-18");
});

it.each<[string, object, object, readonly string[]]>([
  ["without figures", {}, {}, []],
  ["all figures", {}, figures, [`${forecast} against a plan of $16,000.00 (+18.8 %)${week}`]],
  ["no plan", {}, { ...figures, plan: null }, [`${forecast}${week}`]],
  ["a plan of nothing", {}, { ...figures, plan: "0.00" }, [`${forecast} against a plan of $0.00${week}`]],
  ["no last week", {}, { ...figures, last7: null }, [`${forecast} against a plan of $16,000.00 (+18.8 %)`]],
  ["no week before", {}, { ...figures, prior7: null }, [`${forecast} against a plan of $16,000.00 (+18.8 %)`]],
  ["no forecast", {}, { ...figures, pace: null }, []],
  [
    "what it brings",
    { about: "openai/inference", why: "A launch", options: ["Wait", "Cut"], recommendation: "Cut" },
    {},
    [
      "- **Answers:** OpenAI · Inference: +$650.00",
      "- **What changed:** A launch",
      "- **Options:**",
      "  1. Wait",
      "  2. Cut",
      "- **Recommendation:** Cut",
    ],
  ],
])("of an escalation: %s", (_, part, figures, more) => {
  expect(packText(latestOf({ ...escalate, ...part }, figures), link).split("\n")).toEqual([...head, ...more, raised]);
});

it.each([
  [12, ["  12. Option 12"]],
  [13, ["  12. Option 12", "  - 1 more in the review"]],
])("of %i options twelve are listed", (count, last) => {
  const options = Array.from({ length: count }, (_, index) => `Option ${index + 1}`);
  const said = packText(latestOf({ ...escalate, options }), link).split("\n");
  const listed = said.slice(said.indexOf("- **Options:**") + 1, said.indexOf(raised));
  expect(listed.slice(11)).toEqual(last);
});

it("names a team that decides, without calling it", () => {
  expect(packText(latestOf({ ...escalate, to: "@acme/leads" }), link)).toContain("**To decide:** @\u200Bacme/leads, by 2026-11-30");
});

it.each([
  ["@octocat", "octocat"],
  [" octocat ", "octocat"],
  ["a", "a"],
  ["1-a-2", "1-a-2"],
  ["@acme/platform", null],
  ["The Platform", null],
  ["-a", null],
  ["a_b", null],
  ["", null],
  ["a".repeat(39), "a".repeat(39)],
  ["a".repeat(40), null],
])("the login in %j is %j", (person, login) => {
  expect(loginOf(person)).toBe(login);
});

it("the owner answers for an action, of an escalation who decides", () => {
  const people = [{}, { ...escalate }, { ...escalate, to: "" }].map((part) => answererOf(latestOf(part).action));
  expect(people).toEqual(["@octocat", "@hubot", "@octocat"]);
});
