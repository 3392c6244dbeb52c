import { expect, it } from "vitest";
import { saidBy } from "../../../src/document/actions/said.ts";
import { actionOf } from "../../rules/action-text.ts";
import { latestOf } from "../issue/support.ts";

const plain = {
  title: "Cap agent runs at 25 steps",
  detail: null,
  decision: "investigate",
  about: null,
  owner: "@octocat",
  due: "2026-11-30",
  status: "open",
  effect: null,
  issue: null,
};

it.each<[string, object, object]>([
  ["an investigation", {}, {}],
  ["what it is about", { about: "openai" }, { about: "openai" }],
  ["a cost", { effect: { cost: -130.5 } }, { effect: "-130.5 a week" }],
  ["a share", { effect: { percent: -20 } }, { effect: "-20 % of the last 7 days" }],
  ["nothing yet", { title: "", owner: "" }, { title: null, owner: null }],
  ["a tactic", actionOf("optimize"), { decision: "optimize", detail: "Step limit in the loop" }],
  ["no tactic", actionOf("optimize", { tactic: "" }), { decision: "optimize", detail: null }],
  ["a new number", actionOf("revise-forecast"), { decision: "revise-forecast", detail: "17900; @hubot tells finance on Tuesday" }],
  [
    "a new number of 0 alone",
    actionOf("revise-forecast", { forecast: 0, communication: "" }),
    { decision: "revise-forecast", detail: "0" },
  ],
  ["no new number", actionOf("revise-forecast", { forecast: null, communication: "" }), { decision: "revise-forecast", detail: null }],
  [
    "an escalation",
    actionOf("escalate"),
    { decision: "escalate", detail: "The launch reached all users; cap free plans; raise the budget; Cap free plans; @hubot" },
  ],
  ["an empty one", actionOf("escalate", { why: "", options: [], recommendation: "", to: "" }), { decision: "escalate", detail: null }],
])("an action says: %s", (_, part, said) => {
  expect(saidBy(latestOf({ ...actionOf("investigate"), ...part }))).toEqual({ ...plain, ...said });
});

it("says date, status and issue as the latest review has them", () => {
  const latest = latestOf(actionOf("investigate", { due: "2026-11-24", issue: 3 }), {}, { due: "2026-12-18", status: "done", issue: 7 });
  expect(saidBy(latest)).toEqual({ ...plain, due: "2026-12-18", status: "done", issue: "#7" });
});
