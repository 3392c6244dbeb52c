import { describe, expect, it } from "vitest";
import { write } from "../../support/world.ts";
import { type Lab, branch, costs, lab, ready, review } from "./lab.ts";

const repo = ({ github }: Lab) => github.repo("acme/app");
const bodyOf = async (made: Lab) => (await repo(made).pulls())[0]?.body ?? "";
const edit = async (made: Lab, change: (text: string) => string) =>
  repo(made).commit(branch, { [review]: change((await repo(made).read(review, branch)) ?? "") }, { by: "octocat" });

/** Costs that rise in the last week, so that there is something to explain. */
async function risen(): Promise<Lab> {
  const made = await lab();
  write(made.folder, { "costs/a.csv": costs(22, 900) });
  await made.run();
  return made;
}

const action =
  'actions: [{ id: 2026-W47-7, decision: optimize, title: Cache prompts, tactic: caching, owner: "@hubot", due: 2026-12-01, status: open }]';

describe("the body of the pull request follows the file", () => {
  const held = (text: string) =>
    text
      .replace(/^actions:.*\n(?: {2}.*\n)*/m, `${action}\n`)
      .replace(/^outcome:.*$/m, "outcome: actions")
      .replaceAll(/^- \*\*Decision:\*\*.*$/gm, "- **Decision:** 2026-W47-7");

  it("also where no figure moved, and it is written once", async () => {
    const made = await risen();
    expect(await bodyOf(made)).toMatch(/still to explain, \d+ still to decide\.\*\*/);
    await edit(made, held);
    expect((await made.run()).json).toMatchObject({ state: "unchanged" });
    const body = await bodyOf(made);
    expect(body).toContain("- 2026-W47-7 · optimize: Cache prompts – @\u200Bhubot – 2026-12-01");
    expect(body).toContain("outcome actions");
    expect(body).toContain("all explained, all decided.");
    made.github.forget();
    await made.run();
    expect(made.github.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    expect(made.github.requests.length).toBeLessThanOrEqual(8);
  });

  it("and where figures move: their words and the new figures", async () => {
    const made = await risen();
    await edit(made, held);
    write(made.folder, { "costs/a.csv": costs(22, 950) });
    expect((await made.run()).json).toMatchObject({ state: "refreshed" });
    expect(await bodyOf(made)).toMatch(/→[^]*2026-W47-7 · optimize: Cache prompts/);
  });

  it("a front matter in the making empties nothing", async () => {
    const made = await risen();
    await edit(made, (text) => text.replace(/^outcome:.*$/m, "outcome: perhaps"));
    expect((await made.run()).json).toMatchObject({ state: "unchanged" });
    expect(await bodyOf(made)).toMatch(/## 1 Pacing[^]*The front matter of the file cannot be read yet/);
  });
});

describe("what is said of a review that is left alone", () => {
  const leftAlone = { state: "left-alone", id: "2026-W47", path: review, pr: expect.stringContaining("/pull/1") };
  /** Costs and plan that would lead to another verdict today. */
  const otherwise = (made: Lab) =>
    write(made.folder, { "costs/a.csv": costs(22, 9000), "config/plan.yaml": 'currency: USD\nmonths: { "2026-11": 100 }\n' });
  const closed = (made: Lab) => made.github.as("octocat").closePull("acme/app", 1);
  const merged = async (made: Lab) => {
    await ready(made, 1);
    await made.github.as("octocat").merge("acme/app", 1, "squash");
  };

  it.each([
    ["closed", closed, false],
    ["closed, its branch deleted", closed, true],
    ["merged", merged, false],
    ["merged, its branch deleted", merged, true],
  ])("%s: the verdict of its file, whatever costs, plan and checkout say now", async (_, end, deleted) => {
    const made = await lab();
    const first = await made.run();
    expect(first.json).toMatchObject({ verdict: "good" });
    await end(made);
    if (deleted) await repo(made).deleteBranch(branch);
    otherwise(made);
    const { code, err, json } = await made.run();
    expect({ code, err, json }).toMatchObject({ code: 0, err: "", json: { ...leftAlone, verdict: "good", title: first.json["title"] } });
  });

  it("no source has to be readable for that", async () => {
    const made = await lab();
    await made.run();
    await closed(made);
    write(made.folder, { "costs/a.csv": "not a cost export\n" });
    expect(await made.run()).toMatchObject({ code: 0, err: "", json: { ...leftAlone, verdict: "good" } });
  });

  it("the file deleted on the branch: computed from its ledger file; that one gone too and no source readable: null", async () => {
    const made = await lab();
    await made.run();
    await repo(made).commit(branch, { [review]: null }, { by: "octocat" });
    otherwise(made);
    write(made.folder, { "config/plan.yaml": 'currency: USD\nmonths: { "2026-11": 3000 }\n' });
    expect((await made.run()).json).toMatchObject({ ...leftAlone, verdict: "good" });
    await repo(made).commit(branch, { "reviews/ledger/2026-11-23.2026-W47.csv": null }, { by: "octocat" });
    write(made.folder, { "costs/a.csv": "not a cost export\n" });
    expect(await made.run()).toMatchObject({ code: 0, json: { ...leftAlone, verdict: null, title: "2026-W47" } });
  });
});
