import { describe, expect, it } from "vitest";
import { type SyncLab, reviewOf, syncLab } from "./sync-lab.ts";

const repo = "acme/app";
const w47 = reviewOf("2026-11-23");
const later = reviewOf("2026-11-23", { actions: [{ owner: "@hubot", due: "2026-12-18" }] });
const two = reviewOf("2026-11-23", { actions: [{ n: 1 }, { n: 2, title: "Another" }] });
const files = (...reviews: { path: string; text: string }[]) => Object.fromEntries(reviews.map(({ path, text }) => [path, text]));
const issues = ({ github }: SyncLab) => github.repo(repo).issues();
const issue = (lab: SyncLab) => issues(lab)[0];

/** Brings files into the checkout without a run. */
async function bring(lab: SyncLab, given: Readonly<Record<string, string | null>>): Promise<void> {
  await lab.github.repo(repo).commit("main", given, { message: "Review" });
  await lab.pull();
}

describe("--dry-run", () => {
  it.each<[string, Readonly<Record<string, string | null>>, string]>([
    ["a later date and another owner", files(later), "would be updated"],
    ["done", files(reviewOf("2026-11-23", { actions: [{ status: "done" }] })), "would be closed"],
    ["an action that no review holds any more", files(reviewOf("2026-11-23", { actions: [] })), "would be closed"],
  ])("%s: the issue that stands is left as it is, and what would become of it said", async (_, given, what) => {
    const lab = await syncLab();
    await lab.push(files(w47));
    const before = structuredClone(issues(lab));
    await bring(lab, given);
    const { code, out } = await lab.runAs(["--publish", "github", "--dry-run"], {});
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(new RegExp(`^2026-W47-1 #1 ${what}: .*\n.*\\(nothing was written\\)\n$`)) as string,
    });
    expect(issues(lab)).toEqual(before);
  });
});

describe("what the code host refuses", () => {
  it("a change: it is said, the issue counts as unchanged, and the others go on", async () => {
    const lab = await syncLab();
    await lab.push(files(w47));
    await bring(lab, files(later));
    const { code, json } = await lab.runAs(["--publish", "github", "--json"], {
      GITHUB_TOKEN: lab.github.token({ actions: repo, permissions: { contents: "read", issues: "read", metadata: "read" } }),
    });
    expect({ code, json }).toMatchObject({
      code: 3,
      json: { updated: 0, unchanged: 1, problems: [expect.stringMatching(/^2026-W47-1: issue #1 could not be changed: .*issues: write/)] },
    });
    expect(issue(lab)?.assignees.map(({ login }) => login)).toEqual(["octocat"]);
  });

  it("an assignee and a label, without a word or with one: what is missing is said", async () => {
    const lab = await syncLab();
    await bring(lab, files(w47));
    const asReader = async () => {
      const { json } = await lab.runAs(["--publish", "github", "--json"], { GITHUB_TOKEN: lab.github.token({ user: "reader" }) });
      return json["problems"];
    };
    await asReader();
    await bring(lab, files(later));
    expect(await asReader()).toContain("2026-W47-1: hubot was not assigned to issue #1: the token may not assign");
    expect(issue(lab)?.assignees).toEqual([]);
    const labelled = await syncLab();
    await labelled.push(files(w47));
    await bring(labelled, files(two));
    const { json } = await labelled.runAs(["--publish", "github", "--json"], { GITHUB_TOKEN: labelled.github.token({ user: "reader" }) });
    expect(json).toMatchObject({
      created: 1,
      problems: expect.arrayContaining([
        expect.stringMatching(/^the numbers of new issues could not be kept with the label: .*403/),
      ]) as string[],
    });
  });
});

describe("whose issue it is", () => {
  it("an owner who is no person: an issue that nobody is assigned to, and nobody is asked about", async () => {
    const lab = await syncLab();
    const { json } = await lab.push(files(reviewOf("2026-11-23", { actions: [{ owner: "the team" }] })));
    expect(json).toMatchObject({ created: 1, problems: [] });
    expect(issue(lab)?.assignees).toEqual([]);
    expect(lab.github.requests.filter(({ path }) => path.includes("/assignees/"))).toEqual([]);
  });

  it("an owner of several actions: asked about once", async () => {
    const lab = await syncLab();
    await lab.push(files(two));
    expect(lab.github.requests.filter(({ path }) => path.includes("/assignees/"))).toHaveLength(1);
  });

  it("a file that gives an action the number of another's issue: that one stays the other's", async () => {
    const lab = await syncLab();
    await lab.push(files(w47));
    const before = lab.bodyOf(1);
    const wrong = reviewOf("2026-11-23", { actions: [{ n: 1 }, { n: 2, title: "Another", more: "issue: 1" }] });
    expect((await lab.push(files(wrong))).json).toMatchObject({ created: 1, updated: 0, unchanged: 1 });
    expect(lab.bodyOf(1)).toBe(before);
    expect(issues(lab).map(({ title }) => title)).toEqual(["Find the customer that drives the rise", "Another"]);
  });

  it("without git, which knows when a file changed, every edit reopens what a person closed", async () => {
    const lab = await syncLab();
    await lab.push(files(w47));
    await lab.github.as("hubot").closeIssue(repo, 1);
    expect((await lab.run()).json).toMatchObject({ issues: [{ state: "done" }] });
    expect((await lab.push(files(later))).json).toMatchObject({ updated: 1, issues: [{ state: "open" }] });
    expect(issue(lab)?.state).toBe("open");
  });
});

describe("the label remembers numbers", () => {
  const described = async (lab: SyncLab) =>
    lab.github.repo(repo).data.labels.find(({ name }) => name === "overpace:action")?.description ?? "";
  const forget = (lab: SyncLab) => lab.github.as("boss").request("PATCH", `/repos/${repo}/labels/overpace:action`, { description: "" });

  it.each([
    ["that no review says yet", [{}], [], "overpace actions: 2026-W47-1#1"],
    ["but for a dry run", [{}], ["--dry-run"], ""],
    ["not those that a review says", [{ more: "issue: 1" }], [], ""],
    ["not those of actions that are done", [{ status: "done" }], [], ""],
  ])("%s", async (_, actions, words, text) => {
    const lab = await syncLab();
    await lab.push(files(w47));
    await forget(lab);
    await lab.push(files(reviewOf("2026-11-23", { actions })), ...words);
    expect(await described(lab)).toBe(text);
  });
});

describe("on a terminal", () => {
  it("what was done is told, what could not be is a warning, and what is as it was is only counted", async () => {
    const lab = await syncLab();
    await lab.push(files(w47));
    await bring(lab, files(two, reviewOf("2026-11-30", { actions: [{ owner: "@stranger", title: "A third" }] })));
    expect(await lab.runAs(["--publish", "github"], {})).toMatchObject({
      code: 0,
      out: "2026-W47-2 #2 created: Another\n2026-W48-1 #3 created: A third\nIssues of actions: 2 created, 0 updated, 0 closed, 1 unchanged\n",
      err: expect.stringMatching(/^warning: 2026-W48-1: stranger cannot be assigned to issues: .*\n$/) as string,
    });
  });
});
