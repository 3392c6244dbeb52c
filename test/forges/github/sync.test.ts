import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { reviewOf, syncLab, type SyncLab } from "./sync-lab.ts";

const repo = "acme/app";
const w47 = reviewOf("2026-11-23");
const files = (...reviews: { path: string; text: string }[]) => Object.fromEntries(reviews.map(({ path, text }) => [path, text]));
const writes = ({ github }: SyncLab) => github.requests.filter(({ method }) => method !== "GET");
const issues = ({ github }: SyncLab) => github.repo(repo).issues();
const issue = (lab: SyncLab, number = 1) => {
  const found = issues(lab).find((one) => one.number === number);
  if (!found) throw new Error(`there is no issue ${number}`);
  return found;
};
const edit = (lab: SyncLab, change: object, number = 1) =>
  lab.github.as("hubot").request("PATCH", `/repos/${repo}/issues/${number}`, change);
/** A second run, which must write nothing. */
async function again(lab: SyncLab) {
  lab.github.forget();
  const result = await lab.run();
  expect(writes(lab)).toEqual([]);
  return result;
}

describe("an open action of a held review", () => {
  it("becomes an issue with all that is asked, and the second run writes nothing", async () => {
    const lab = await syncLab();
    const review = reviewOf("2026-11-23", {
      actions: [
        {
          decision: "optimize",
          title: "Raise the summarization threshold from 10 to 15 messages",
          due: "2026-12-04",
          more: 'about: openai/inference, tactic: "Change SUMMARIZE_AFTER for @all tenants <b>now</b>", effect: { cost: -130 }',
        },
      ],
    });
    const ran = await lab.push(files(review));
    expect(ran).toMatchObject({
      code: 0,
      err: "",
      json: { created: 1, updated: 0, closed: 0, unchanged: 0, problems: [], issues: [{ id: "2026-W47-1", issue: 1, state: "open" }] },
    });
    expect(issue(lab)).toMatchObject({ title: "Raise the summarization threshold from 10 to 15 messages", state: "open" });
    expect(issue(lab).labels.map(({ name }) => name)).toEqual(["overpace", "overpace:action"]);
    expect(issue(lab).assignees.map(({ login }) => login)).toEqual(["octocat"]);
    const body = lab.bodyOf(1);
    expect(body.split("\n")[0]).toBe("<!-- overpace:action 2026-W47-1 -->");
    expect(body).toContain("<!-- /overpace:action -->");
    expect(body).toContain(`/acme/app/blob/main/reviews/2026/2026-W47.md?plain=1#L10`);
    expect(review.text.split("\n")[9]).toContain("id: 2026-W47-1");
    expect(body).toContain("**Answers:** OpenAI · Inference: +$650.00 (+28.0 %)");
    expect(body).toContain("**Due:** 2026-12-04");
    expect(body).toContain("-$130.00 a week");
    expect(body).not.toMatch(/@(?:all|octocat)|<b>/);
    expect(lab.github.requests.length).toBeLessThanOrEqual(7);
    expect((await again(lab)).json).toMatchObject({ created: 0, unchanged: 1 });
    expect(lab.github.requests).toHaveLength(2);
  });

  it("is left out while its review is a draft, and when it was done before", async () => {
    const lab = await syncLab();
    const draft = reviewOf("2026-11-30", { state: "draft" });
    const ran = await lab.push(files(reviewOf("2026-11-23", { actions: [{ status: "done" }] }), draft));
    expect(ran.json).toMatchObject({ created: 0, issues: [] });
    expect(issues(lab)).toEqual([]);
  });

  it("an owner who cannot be assigned: created without, said in the issue and in the problems, assigned once they have access", async () => {
    const lab = await syncLab();
    const ran = await lab.push(files(reviewOf("2026-11-23", { actions: [{ owner: "@stranger" }] })));
    expect(ran.json).toMatchObject({ created: 1, problems: [expect.stringContaining("stranger cannot be assigned")] });
    expect(issue(lab).assignees).toEqual([]);
    expect(lab.bodyOf(1)).toContain("`stranger` cannot be assigned here");
    expect((await again(lab)).json["problems"]).toHaveLength(1);
    lab.github.repo(repo).data.roles.set("stranger", "write");
    expect((await lab.run()).json).toMatchObject({ updated: 1, problems: [] });
    expect(issue(lab).assignees.map(({ login }) => login)).toEqual(["stranger"]);
    expect(lab.bodyOf(1)).not.toContain("cannot be assigned");
  });

  it("a title of 300 letters and hostile words: 256 of them, and nothing that GitHub would act on", async () => {
    const lab = await syncLab();
    const hostile = "\u{1F600}".repeat(300);
    const tactic = "x <!-- /overpace:action --> closes #7 @hubot";
    const review = reviewOf("2026-11-23", {
      actions: [{ title: hostile, decision: "optimize", more: `tactic: ${JSON.stringify(tactic)}, about: "-->"` }],
    });
    expect((await lab.push(files(review))).json).toMatchObject({ created: 1, problems: [] });
    expect(Array.from(issue(lab).title)).toHaveLength(256);
    expect(lab.bodyOf(1).match(/^<!-- .overpace:action -->$/gm)).toHaveLength(1);
    expect(lab.bodyOf(1)).not.toMatch(/@hubot|#7/);
    await again(lab);
  });

  it("an existing label in another case is taken", async () => {
    const lab = await syncLab();
    await lab.github.as("octocat").request("POST", `/repos/${repo}/labels`, { name: "Overpace:Action", color: "ff0000" });
    await lab.push(files(w47));
    expect(issue(lab).labels.map(({ name }) => name)).toContain("Overpace:Action");
    await again(lab);
  });

  it("a token that may not set labels and assignees is said", async () => {
    const lab = await syncLab();
    await lab.github.repo(repo).commit("main", files(w47));
    await lab.pull();
    const { json, code } = await lab.runAs(["--publish", "github", "--json"], { GITHUB_TOKEN: lab.github.token({ user: "reader" }) });
    expect({ code, json }).toMatchObject({
      code: 0,
      json: {
        created: 1,
        problems: expect.arrayContaining([expect.stringContaining("made without its labels"), expect.stringContaining("was not assigned")]),
      },
    });
    expect(lab.bodyOf(1)).toContain("`octocat` cannot be assigned here");
  });

  it("--dry-run writes nothing and says what would be", async () => {
    const lab = await syncLab();
    expect((await lab.push(files(w47), "--dry-run")).json).toMatchObject({ created: 1, issues: [{ id: "2026-W47-1", issue: null }] });
    expect(issues(lab)).toEqual([]);
    const { out } = await lab.runAs(["--publish", "github", "--dry-run"], {});
    expect(out).toBe(
      "2026-W47-1 would be created: Find the customer that drives the rise\nIssues of actions: 1 created, 0 updated, 0 closed, 0 unchanged (nothing was written)\n",
    );
  });
});

describe("a later edit of the action", () => {
  const edited = reviewOf("2026-11-23", { actions: [{ title: "Find out why", owner: "@hubot", due: "2026-12-18" }] });

  it("changes the machine-owned part, title and assignee; people's text and labels stay, whatever their line breaks", async () => {
    const lab = await syncLab();
    await lab.push(files(w47));
    const body = `Before.\r\n${lab.bodyOf(1).replaceAll("\n", "\r\n")}\r\nSeen at #7, @hubot.\r\n`;
    await edit(lab, { body, labels: ["overpace", "overpace:action", "cost"] });
    await again(lab);
    expect((await lab.push(files(edited))).json).toMatchObject({ updated: 1 });
    expect(issue(lab)).toMatchObject({ title: "Find out why" });
    expect(lab.bodyOf(1)).toMatch(/^Before\.\r\n<!-- overpace:action 2026-W47-1 -->\r\n[^]*\r\nSeen at #7, @hubot\.\r\n$/);
    expect(lab.bodyOf(1)).toContain("2026-12-18");
    expect(issue(lab).labels.map(({ name }) => name)).toContain("cost");
    expect(issue(lab).assignees.map(({ login }) => login)).toEqual(["hubot"]);
    await again(lab);
  });

  it("leaves a title and an assignee of people as they are", async () => {
    const lab = await syncLab();
    await lab.push(files(w47));
    await edit(lab, { title: "Ours", assignees: ["triager"] });
    await again(lab);
    expect((await lab.push(files(edited))).json).toMatchObject({ updated: 1 });
    expect(issue(lab).title).toBe("Ours");
    expect(issue(lab).assignees.map(({ login }) => login)).toEqual(["triager"]);
    expect(lab.bodyOf(1)).toContain("Find out why");
    await again(lab);
  });

  it("a new date in `previous` of a newer review is one, and so is done", async () => {
    const lab = await syncLab();
    await lab.push(files(w47));
    const carried = (entry: string) => reviewOf("2026-11-30", { actions: [], previous: [entry] });
    await lab.push(files(carried('{ id: 2026-W47-1, status: open, due: 2026-12-14, reason: "waits for the vendor", issue: 1 }')));
    expect(lab.bodyOf(1)).toContain("**Due:** 2026-12-14");
    expect(
      (await lab.push(files(carried("{ id: 2026-W47-1, status: done, due: 2026-12-14, reason: null, issue: 1 }")))).json,
    ).toMatchObject({ closed: 1 });
    expect(issue(lab)).toMatchObject({ state: "closed", stateReason: "completed" });
    await again(lab);
  });
});

it("a number that people changed in a file is said: the issue is known by its marker", async () => {
  const lab = await syncLab();
  await lab.push(files(w47));
  await lab.push(files(reviewOf("2026-11-23", { actions: [{ more: "issue: 7" }] })));
  const { json } = await again(lab);
  expect(json["problems"]).toEqual(["2026-W47-1: the reviews say that its issue is #7, it is #1: correct `issue` there"]);
});

describe("people close and reopen", () => {
  it.each([
    ["completed", "done"],
    ["not_planned", "dropped"],
  ] as const)("closed as %s stays closed: %s", async (reason, state) => {
    const lab = await syncLab();
    await lab.push(files(w47));
    await lab.github.as("hubot").comment(repo, 1, "No longer needed: the launch is off");
    await lab.github.as("hubot").closeIssue(repo, 1, reason);
    const problems = [
      `2026-W47-1: issue #1 is closed as ${reason.replace("_", " ")}, the reviews say open: the next review says ${state} under previous`,
    ];
    expect((await lab.run()).json).toMatchObject({ closed: 0, issues: [{ state }], problems });
    expect(issue(lab)).toMatchObject({ state: "closed", stateReason: reason });
    expect(lab.bodyOf(1).includes("Dropped here: No longer needed: the launch is off")).toBe(reason === "not_planned");
    await again(lab);
  });

  it("an edit of the file made later reopens, one made before does not", async () => {
    const lab = await syncLab({ git: true });
    await lab.push(files(w47));
    const edited = reviewOf("2026-11-23", { actions: [{ due: "2026-12-18" }] });
    // The edit comes first, but sync runs only after the closing.
    await lab.github.repo(repo).commit("main", files(edited));
    await lab.github.as("hubot").comment(repo, 1, "done");
    await lab.github.as("hubot").closeIssue(repo, 1);
    await lab.pull();
    await lab.run();
    expect(issue(lab)).toMatchObject({ state: "closed" });
    expect(lab.bodyOf(1)).toContain("2026-12-18");
    await again(lab);
    lab.github.setTime("2026-12-01T09:00:00Z");
    expect((await lab.push(files(reviewOf("2026-11-23", { actions: [{ due: "2026-12-20" }] })))).json).toMatchObject({ updated: 1 });
    expect(issue(lab)).toMatchObject({ state: "open", stateReason: "reopened" });
    await again(lab);
  });

  it("what the file closed and people reopened stays open until the file is edited", async () => {
    const lab = await syncLab();
    await lab.push(files(w47));
    await lab.push(files(reviewOf("2026-11-23", { actions: [{ status: "dropped", more: "reason: too dear" }] })));
    expect(issue(lab)).toMatchObject({ state: "closed", stateReason: "not_planned" });
    expect(lab.bodyOf(1)).toContain("dropped – too dear");
    await lab.github.as("hubot").reopenIssue(repo, 1);
    expect((await again(lab)).json).toMatchObject({
      issues: [{ state: "open" }],
      problems: [
        "2026-W47-1: issue #1 is open, the reviews say dropped: set its status under previous of the next review, or close the issue",
      ],
    });
  });
});

describe("an action that is no longer in any file", () => {
  it("revert closes as not planned, revert of the revert reopens", async () => {
    const lab = await syncLab({ git: true });
    await lab.push(files(w47));
    expect((await lab.push({ [w47.path]: null })).json).toMatchObject({ closed: 1, issues: [{ id: "2026-W47-1", state: "dropped" }] });
    expect(issue(lab)).toMatchObject({ state: "closed", stateReason: "not_planned" });
    expect(lab.bodyOf(1)).toContain("No review on the default branch holds the action 2026-W47-1 any more");
    await again(lab);
    expect((await lab.push(files(w47))).json).toMatchObject({ updated: 1 });
    expect(issue(lab)).toMatchObject({ state: "open" });
    expect(lab.bodyOf(1)).toContain("**Due:** 2026-11-30");
    await again(lab);
  });

  it("closed by people before it was deleted: left as they left it", async () => {
    const lab = await syncLab();
    const two = reviewOf("2026-11-23", { actions: [{ n: 1 }, { n: 2, title: "Another" }] });
    await lab.push(files(two));
    await lab.github.as("hubot").closeIssue(repo, 2);
    const before = lab.bodyOf(2);
    expect((await lab.push(files(w47))).json).toMatchObject({ closed: 0 });
    expect(lab.bodyOf(2)).toBe(before);
  });

  it("a file that cannot be read, or a wrong folder, closes nothing", async () => {
    const lab = await syncLab();
    await lab.push(files(w47));
    const broken = await lab.push({ [w47.path]: w47.text.replace("state: held", "state: [") });
    expect(broken.json).toMatchObject({ closed: 0, problems: [expect.stringContaining("2026-W47.md cannot be read")] });
    const bare = await syncLab();
    await bare.push(files(w47));
    const wrong = await bare.run("--reviews", "elsewhere");
    expect(wrong.json).toMatchObject({ closed: 0, problems: [expect.stringContaining("no review below elsewhere")] });
    expect(issue(bare).state).toBe("open");
  });
});

describe("what git can do to files", () => {
  it("a renamed file changes the link alone", async () => {
    const lab = await syncLab();
    await lab.push(files(w47));
    const ran = await lab.push({ [w47.path]: null, "reviews/2026/the review of november.md": w47.text });
    expect(ran.json).toMatchObject({ updated: 1, closed: 0, created: 0 });
    expect(lab.bodyOf(1)).toContain("/blob/main/reviews/2026/the%20review%20of%20november.md?plain=1#L10");
    await again(lab);
  });

  it.each(["squash", "merge", "rebase"] as const)("%s of two reviews in one push: an issue each", async (method) => {
    const lab = await syncLab();
    await lab.github.repo(repo).commit("work", files(w47), { message: "One" });
    await lab.github.repo(repo).commit("work", files(reviewOf("2026-11-30")), { message: "Two" });
    const octocat = lab.github.as("octocat");
    await octocat.request("POST", `/repos/${repo}/pulls`, { title: "Both", head: "work", base: "main" });
    await octocat.merge(repo, 1, method);
    await lab.pull();
    expect((await lab.run()).json).toMatchObject({ created: 2, issues: [{ id: "2026-W47-1" }, { id: "2026-W48-1" }] });
    await again(lab);
  });

  it("another branch than the default one is refused", async () => {
    const lab = await syncLab({ git: true });
    await lab.pull();
    execFileSync("git", ["-C", lab.folder, "checkout", "--quiet", "-b", "work"]);
    expect(await lab.run()).toMatchObject({ code: 2, err: expect.stringContaining("the default branch main is not what is checked out") });
  });
});
