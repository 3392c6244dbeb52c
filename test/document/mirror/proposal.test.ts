import { expect, it } from "vitest";
import { progressOf } from "../../../src/document/mirror/progress.ts";
import { proposalBody } from "../../../src/document/mirror/proposal.ts";
import { toldBy } from "../../../src/document/mirror/told.ts";
import { fileText } from "../file.ts";

const bodyOf = (text: string) =>
  proposalBody({ sections: [], answered: [], text, path: "2026-W47.md", place: "services/ai/reviews/2026/2026-W47.md" });
const action = (id: string, title: string, more = "status: open") =>
  `{ id: ${id}, decision: investigate, title: "${title}", owner: "@hubot", due: 2026-12-04, ${more} }`;

it("the body shows the people's actions, outcome and state as the file has them", () => {
  const actions = `[${action("2026-W47-1", "Ask @octocat")}, ${action("2026-W47-2", "Look", "status: done")}]`;
  const body = bodyOf(fileText({ actions, outcome: "actions", state: "held" }));
  expect(body).toContain("`services/ai/reviews/2026/2026-W47.md`");
  expect(body).toContain("As the file stood at this run: held; attendees");
  expect(body).toContain("outcome actions; next review 2026-11-30.");
  expect(body).toMatch(/- 2026-W47-1 · investigate: Ask @\u200Boctocat – @\u200Bhubot – 2026-12-04\n- 2026-W47-2 .*– 2026-12-04 – done$/m);
});

it.each<[string, Record<string, string>, string]>([
  ["the two owners", {}, "draft; attendees @\u200Boctocat, @\u200Bhubot; outcome not decided yet; next review 2026-11-30."],
  [
    "others, too",
    { attendees: '{ engineering: "@octocat", product: "", others: ["@octocat"] }' },
    "attendees @\u200Boctocat, (nobody), @\u200Boctocat; outcome",
  ],
  ["no actions", { outcome: "no-action-needed" }, "outcome no-action-needed; next review 2026-11-30.\n\nNo actions."],
])("who and what is decided is told: %s", (_, front, words) => expect(bodyOf(fileText(front))).toContain(words));

it("what people left blank in an action is said", () => {
  const body = bodyOf(fileText({ actions: "[{ id: 2026-W47-1, decision: investigate, title: , owner: , due: , status: open }]" }));
  expect(body).toMatch(/^- 2026-W47-1 · investigate: \(no title\) – \(nobody\) – \(no date\)$/m);
});

it("the summary may point to the escalations: they stand behind the actions", () => {
  const zone = { name: "escalations", text: "## Escalations\n\n- `forecast`: over plan." };
  const sections = [{ name: "escalations", head: null, items: [{ zone, prompts: "" }], end: "" }];
  const body = proposalBody({ sections, answered: [], text: fileText({}), path: "2026-W47.md", place: "2026-W47.md" });
  expect(body).toMatch(/## Actions and owners[^]*\n\n## Escalations\n\n- `forecast`: over plan\.$/);
});

it("a front matter that is not sound yet leaves the rest of the body standing", () => {
  const body = bodyOf(fileText({ outcome: "perhaps" }));
  expect(body).toContain("The front matter of the file cannot be read yet: `overpace check` says what to mend.");
  expect(body).toContain("3 still to decide");
});

it.each<[string, string[], string]>([
  ["nothing", [], "3 deltas and anomalies: 3 still to explain, 3 still to decide."],
  ["prompts alone", ["- **Why:** <!-- what happened -->\n- **Decision:** <!-- leave-as-is -->"], "3 still to explain, 3 still to decide."],
  ["one", ["- **Why:** a launch\n- **Decision:** leave-as-is"], "2 still to explain, 2 still to decide."],
  ["an action in place of a cause", ["", "", "- **Decision:** 2026-W47-1"], "2 still to explain, 2 still to decide."],
  ["a decision without a cause", ["- **Decision:** leave-as-is"], "3 still to explain, 2 still to decide."],
  [
    "all",
    ["- **Why:** a\n- **Decision:** b", "- **Why:** a\n- **Decision:** b", "- **Cause:** a\n- **Decision:** b"],
    "3 deltas and anomalies: all explained, all decided.",
  ],
])("answered: %s", (_, answers, words) => {
  expect(bodyOf(fileText({ actions: `[${action("2026-W47-1", "Look")}]` }, answers))).toContain(words);
});

it.each<[string, string, string]>([
  ["nothing below it", "- **Status:** <!-- open | closed -->", "2 deltas and anomalies: 2 still to explain"],
  ["a new answer below it", "- **Status:** closed", "3 deltas and anomalies: 3 still to explain"],
])("an anomaly that an earlier review answered counts with %s", (_, below, words) => {
  const answer = { anomaly: "aws/ec2@2026-11-18", review: "2026-W46", status: "closed", cause: "a", resolution: "b", actions: [] } as const;
  const text = fileText({}, ["", "", below]);
  expect(proposalBody({ sections: [], answered: [answer], text, path: "2026-W47.md", place: "2026-W47.md" })).toContain(words);
});

it("nothing asked is nothing to count", () => {
  expect(progressOf("Prose.\n", "a.md", { actions: new Set(), answered: new Set(), asksDeltas: true })).toEqual({
    asked: 0,
    decided: 0,
    explained: 0,
  });
});

const figures = (more: string) =>
  fileText({ figures: `{ generator: overpace, zones: {}, currency: EUR, last7: "120.00", prior7: "100.00", ${more} }` });
it.each([
  [
    "with a plan",
    figures('verdict: escalate, pace: "123346.00", plan: "100000.00", pacePercent: 23.35'),
    "escalate",
    "2026-W47: EUR 120.00 (+20.0 %), pace 23.3 % over plan – escalate",
  ],
  [
    "without one",
    figures('verdict: good, pace: "123346.00", plan: null, pacePercent: null'),
    "good",
    "2026-W47: EUR 120.00 (+20.0 %), no plan for the month – good",
  ],
])("what a file tells, %s", (_, text, verdict, headline) => {
  expect(toldBy(text, "a.md")).toEqual({ verdict, headline });
});

it.each([
  ["other figures", figures('verdict: fine, pace: "1.00", plan: null')],
  ["none", fileText()],
  ["no review", "# Notes\n"],
])("a file with %s tells nothing", (_, text) => expect(toldBy(text, "a.md")).toBeNull());
