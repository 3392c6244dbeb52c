import { afterEach, describe, expect, it, vi } from "vitest";
import { type SyncLab, reviewOf, syncLab } from "./sync-lab.ts";

const repo = "acme/app";
const w47 = reviewOf("2026-11-23");
const files = (...reviews: { path: string; text: string }[]) => Object.fromEntries(reviews.map(({ path, text }) => [path, text]));
const stateOf = ({ github }: SyncLab) => github.repo(repo).issues()[0]?.state;

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("files that say something else of an action, or nothing", () => {
  it.each([
    ["in the making", (text: string) => text.replace("state: held", "state: [")],
    ["not UTF-8", (text: string) => Buffer.from(`${text}\u00e9`, "latin1")],
  ])("a file that cannot be read (%s) leaves the issues of earlier actions that it answers as they are", async (_, spoil) => {
    const lab = await syncLab({ git: true });
    await lab.push(files(w47));
    const w48 = reviewOf("2026-11-30", { previous: ["{ id: 2026-W47-1, status: done, due: 2026-11-30, reason: null, issue: 1 }"] });
    await lab.push(files(w48));
    expect(stateOf(lab)).toBe("closed");
    await lab.github.repo(repo).commit("main", { [w48.path]: spoil(w48.text) }, { message: "Half an edit" });
    await lab.pull();
    expect((await lab.run()).json).toMatchObject({
      updated: 0,
      closed: 0,
      problems: [expect.stringContaining("2026-W48.md cannot be read")],
    });
    expect(stateOf(lab)).toBe("closed");
    expect((await lab.push(files(w48))).json).toMatchObject({ updated: 0, closed: 0, problems: [] });
  });

  it("a draft that was merged says in each run that its actions do not count, until it is held", async () => {
    const lab = await syncLab({ git: true });
    const draft = reviewOf("2026-11-23", { state: "draft", actions: [{ n: 1 }, { n: 2, status: "done" }] });
    const said =
      "reviews/2026/2026-W47.md came in as a draft, so its 1 open action has no issue and no later review carries it: write state: held";
    expect((await lab.push(files(draft))).json).toMatchObject({ created: 0, problems: [said] });
    expect((await lab.push(files(reviewOf("2026-11-23", { state: "draft", actions: [] })))).json).toMatchObject({ problems: [] });
    expect((await lab.push(files(w47))).json).toMatchObject({ created: 1, problems: [] });
  });

  it("several open actions of such a draft are counted; keys that people left blank hold none", async () => {
    const lab = await syncLab({ git: true });
    const draft = reviewOf("2026-11-23", { state: "draft", actions: [{ n: 1 }, { n: 2 }] });
    const blank = reviewOf("2026-11-30", { actions: [], state: "draft" });
    const blanked = { [blank.path]: blank.text.replace("actions: []", "actions:").replace("previous: []", "previous:") };
    const { json } = await lab.push({ ...files(draft), ...blanked });
    expect(json["problems"]).toEqual([
      "reviews/2026/2026-W47.md came in as a draft, so its 2 open actions have no issues and no later review carries them: write state: held",
    ]);
  });

  it("a copy kept elsewhere says nothing beside the review in its place", async () => {
    const lab = await syncLab();
    await lab.push({ "reviews/archive/2026-W47.md": w47.text, "reviews/old/2026/2026-W47.md": w47.text, [w47.path]: w47.text });
    expect(lab.bodyOf(1)).toContain("/blob/main/reviews/2026/2026-W47.md?plain=1");
    const done = w47.text.replace("status: open", "status: done");
    expect((await lab.push({ [w47.path]: done })).json).toMatchObject({ closed: 1 });
    expect((await lab.run()).json).toMatchObject({ updated: 0, closed: 0, unchanged: 1 });
  });

  it("of two copies, none of them in its place, the one with the name of a review counts", async () => {
    const lab = await syncLab();
    await lab.push({ "reviews/archive/2026-W47.md": w47.text, "reviews/the review.md": w47.text });
    expect(lab.bodyOf(1)).toContain("/blob/main/reviews/archive/2026-W47.md?plain=1");
  });

  it("a file that cannot be read holds up no action that it does not name, and one that is no review is passed over", async () => {
    const lab = await syncLab();
    await lab.push(files(w47));
    const broken = reviewOf("2026-11-30").text.replace("state: held", "state: [");
    const edited = reviewOf("2026-11-23", { actions: [{ due: "2026-12-18" }] });
    const given = { "reviews/2026/2026-W48.md": broken, "reviews/README.md": "# About\n" };
    expect((await lab.push({ ...given, ...files(edited) })).json).toMatchObject({
      updated: 1,
      problems: [expect.stringContaining("2026-W48.md cannot be read")],
    });
  });

  it("an action that a newer review still carries keeps its issue when its own review is deleted, and so does one of a month", async () => {
    const lab = await syncLab();
    await lab.push(files(w47));
    await lab.github.as("boss").request("POST", `/repos/${repo}/issues`, {
      title: "Of October",
      body: lab.bodyOf(1).replaceAll("2026-W47-1", "2026-10-1"),
      labels: ["overpace:action"],
    });
    const w48 = reviewOf("2026-11-30", {
      actions: [],
      previous: ["{ id: 2026-W47-1, status: open, due: 2026-12-14, reason: later, issue: 1 }"],
    });
    expect((await lab.push({ [w47.path]: null, ...files(w48) })).json).toMatchObject({ updated: 0, closed: 0 });
    expect(
      lab.github
        .repo(repo)
        .issues()
        .map(({ state }) => state),
    ).toEqual(["open", "open"]);
  });

  it("without git, and in a clone whose owner git does not trust, a draft is not held to have come in", async () => {
    const draft = reviewOf("2026-11-30", { state: "draft" });
    const lab = await syncLab();
    expect((await lab.push(files(w47, draft))).json).toMatchObject({ created: 1, problems: [] });
    const cloned = await syncLab({ git: true });
    await cloned.pull();
    vi.stubEnv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    expect(await cloned.run()).toMatchObject({ code: 0 });
  });
});
