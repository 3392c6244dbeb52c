import { describe, expect, it } from "vitest";
import { acme, actions, client } from "../../support/github/lab.ts";
import { write } from "../../support/world.ts";
import { type CheckLab, checkLab, permissions, writes } from "./check-lab.ts";
import { branch, costs, lab, review } from "./lab.ts";

const headOf = ({ github }: Pick<CheckLab, "github">) => github.repo("acme/app").head(branch) ?? "";

/** So many more review files, each with its open points. */
async function moreReviews({ text, push }: CheckLab, count: number): Promise<void> {
  const draft = await text();
  const ids = Array.from({ length: count }, (_, n) => `${2000 + Math.floor(n / 50)}-W${String((n % 50) + 1).padStart(2, "0")}`);
  await push(Object.fromEntries(ids.map((id) => [`reviews/${id.slice(0, 4)}/${id}.md`, draft.replaceAll("2026-W47", id)])));
}

describe("many annotations", () => {
  it("go out fifty at a time, and are counted beyond three hundred", { timeout: 120_000 }, async () => {
    const made = await checkLab();
    await moreReviews(made, 170);
    await made.check();
    const [run] = made.github.repo("acme/app").data.checkRuns;
    expect(run).toMatchObject({ status: "completed", annotations: { length: 300 } });
    expect(run?.output.summary).toMatch(/The first 300 of \d+ stand beside the lines/);
    expect(run?.annotations[0]?.path).toContain("reviews/2000/");
    expect(writes(made).filter((line) => line.includes("check-runs"))).toHaveLength(6);
  });

  it("cut in between, the next run adds what is missing", { timeout: 120_000 }, async () => {
    const made = await checkLab();
    await moreReviews(made, 60);
    made.github.failures.failWhen({ method: "PATCH", path: /check-runs/ }, "secondary-limit", 5);
    expect((await made.check()).err).toContain("rate limit");
    const { checkRuns } = made.github.repo("acme/app").data;
    expect(checkRuns).toEqual([expect.objectContaining({ status: "in_progress", conclusion: null })]);
    made.github.failures.clear();
    made.github.failures.failWhen({ method: "PATCH", path: /check-runs/ }, "lost-answer");
    expect((await made.check()).err).toBe("");
    expect(checkRuns).toHaveLength(1);
    const keys = checkRuns[0]?.annotations.map((one) => `${one.path}:${one.start_line}:${one.title}`) ?? [];
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeGreaterThan(120);
    made.github.forget();
    await made.check();
    expect(writes(made)).toEqual([]);
  });
});

describe("a check run that stands there already", () => {
  const of = (made: CheckLab) => made.github.repo("acme/app").data.checkRuns;

  it("of the weekly run, saying the same: left alone", async () => {
    const made = await checkLab({ posted: true });
    // The weekly run of the lab knows no other server than the usual one.
    await made.check({ GITHUB_SERVER_URL: "" });
    expect(of(made)).toHaveLength(1);
    expect(writes(made)).toEqual(["POST /repos/acme/app/issues/1/comments"]);
  });

  it("of a job of the same name: not touched", async () => {
    const made = await checkLab();
    await actions(made.github).checks.create({ ...acme, name: "overpace", head_sha: headOf(made), external_id: "5f2c", status: "queued" });
    await made.check();
    expect(of(made)).toEqual([
      expect.objectContaining({ externalId: "5f2c", status: "queued" }),
      expect.objectContaining({ conclusion: "action_required" }),
    ]);
  });

  it("of another app: one of its own, once", async () => {
    const made = await checkLab();
    const token = made.github.token({ app: "other", permissions });
    const other = { ...acme, name: "overpace", head_sha: headOf(made), external_id: "overpace:old", conclusion: "success" as const };
    await client(made.github, token).checks.create(other);
    await made.check();
    expect((await made.check()).err).toBe("");
    expect(of(made).map(({ conclusion }) => conclusion)).toEqual(["success", "action_required"]);
  });

  const stale = { path: "a.md", start_line: 1, end_line: 1, annotation_level: "failure" as const, message: "old" };
  it.each([
    ["that says something else: brought up to date", [], 1],
    ["with an annotation that no longer holds: superseded", [stale], 2],
  ])("%s", async (_, annotations, count) => {
    const made = await checkLab();
    const output = { title: "old", summary: "old", annotations };
    const old = { ...acme, name: "overpace", head_sha: headOf(made), external_id: "overpace:old", conclusion: "failure" as const, output };
    await actions(made.github).checks.create(old);
    await made.check();
    expect(of(made)).toHaveLength(count);
    expect(of(made).at(-1)).toMatchObject({ conclusion: "action_required", annotations: { length: 2 } });
    made.github.forget();
    await made.check();
    expect(writes(made)).toEqual([]);
  });
});

describe("the weekly run", () => {
  it("posts the result of what it proposes, on its commit", async () => {
    const made = await lab();
    await made.run();
    const { checkRuns } = made.github.repo("acme/app").data;
    expect(checkRuns).toEqual([
      expect.objectContaining({
        headSha: headOf(made),
        conclusion: "action_required",
        annotations: expect.objectContaining({ length: 2 }),
      }),
    ]);
    expect(checkRuns[0]?.annotations[0]).toMatchObject({ path: review });
    write(made.folder, { "costs/a.csv": costs(22, 160) });
    await made.run();
    expect(checkRuns.map(({ headSha }) => headSha)).toEqual([expect.any(String), headOf(made)]);
    expect(new Set(checkRuns.map(({ headSha }) => headSha)).size).toBe(2);
  });

  it("with nothing new posts it where it is missing, and only there", async () => {
    const made = await lab();
    await made.run();
    const { checkRuns } = made.github.repo("acme/app").data;
    checkRuns.length = 0;
    expect((await made.run()).json).toMatchObject({ state: "unchanged" });
    expect(checkRuns).toHaveLength(1);
    await made.run();
    expect(checkRuns).toHaveLength(1);
  });

  it("without the permission: a warning that names it, the review all the same", async () => {
    const made = await lab();
    const token = made.github.token({ actions: "acme/app", permissions: { contents: "write", pull_requests: "write" } });
    const other = await lab({}, { GITHUB_TOKEN: token, GITHUB_API_URL: made.github.url });
    const { code, err, json } = await other.run();
    expect({ code, json }).toMatchObject({ code: 0, json: { state: "created" } });
    expect(err).toBe(
      "warning: the check result could not be posted: the token lacks a permission (403): give the job permissions: { checks: write }\n",
    );
  });
});
