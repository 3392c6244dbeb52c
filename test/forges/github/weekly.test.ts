import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { RepoOptions } from "../../support/github/setup.ts";
import { filesIn, folderWith, overpace, write } from "../../support/world.ts";
import { branch, costs, lab, ready, review } from "./lab.ts";

describe("a review that nobody knows yet", () => {
  it("becomes a branch with one signed commit, a draft pull request, a label, and two asked reviewers, in at most 15 requests", async () => {
    const { github, folder, run } = await lab();
    const main = github.repo("acme/app").head("main");
    const { code, err, json } = await run();
    expect({ code, err, json }).toMatchObject({
      code: 0,
      err: "",
      json: { id: "2026-W47", state: "created", path: review, pr: expect.stringContaining("/acme/app/pull/1") },
    });
    expect(Object.keys(await github.repo("acme/app").files(branch)).sort()).toEqual(
      ["README.md", "reviews/2026/2026-W47.md", "reviews/2026/2026-W47.svg", "reviews/ledger/2026-11-23.2026-W47.csv"].sort(),
    );
    expect(await github.repo("acme/app").log(branch)).toHaveLength(2);
    expect(github.repo("acme/app").head("main")).toBe(main);
    expect(Object.keys(filesIn(folder)).filter((name) => name.startsWith("reviews/"))).toEqual([]);
    const { body } = await github.as("octocat").request("GET", "/repos/acme/app/pulls/1");
    expect(body).toMatchObject({
      draft: true,
      title: "2026-W47: $700.00 (0.0 %), pace 0.0 % over plan – good",
      labels: [{ name: "overpace" }],
      requested_reviewers: [{ login: "octocat" }, { login: "hubot" }],
      commits: 1,
    });
    expect(github.requests.length).toBeLessThanOrEqual(15);
  });

  it("gives the same files as the folder forge", async () => {
    const { github, folder, run } = await lab();
    await run();
    await overpace(folder, ["weekly", "--as-of", "2026-11-23"]);
    const local = Object.entries(filesIn(folder)).filter(([name]) => name.startsWith("reviews/"));
    const remote = await github.repo("acme/app").files(branch);
    expect(local.map(([name]) => [name, remote[name]])).toEqual(local);
  });
});

describe("run again", () => {
  it("says unchanged and changes nothing, in at most 8 requests", async () => {
    const { github, run } = await lab();
    await run();
    const head = github.repo("acme/app").head(branch);
    github.forget();
    expect((await run()).json).toMatchObject({ state: "unchanged", pr: expect.stringContaining("/pull/1") });
    expect(github.repo("acme/app").head(branch)).toBe(head);
    expect(github.requests.length).toBeLessThanOrEqual(8);
    expect(github.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  it("refreshes on top of what people committed, and keeps every word of theirs", async () => {
    const { github, folder, run } = await lab();
    await run();
    const text = (await github.repo("acme/app").read(review, branch)) ?? "";
    await github.repo("acme/app").commit(branch, {
      [review]: text.replace("## Notes\n<!-- /overpace:notes -->\n", "## Notes\n<!-- /overpace:notes -->\n\nWe met on Monday.\n"),
    });
    write(folder, { "costs/a.csv": costs(22, 160) });
    expect((await run()).json).toMatchObject({ state: "refreshed" });
    const after = (await github.repo("acme/app").read(review, branch)) ?? "";
    expect(after).toContain("We met on Monday.");
    expect(after).toContain("- Last 7 days: $700.00 → $760.00");
    expect(await github.repo("acme/app").log(branch)).toHaveLength(4);
    const { body } = await github.as("octocat").request("GET", "/repos/acme/app/pulls/1");
    expect(body).toMatchObject({ title: expect.stringContaining("$760.00"), body: expect.stringContaining("$760.00") });
  });

  it("brings back the ledger file that somebody lost on the branch", async () => {
    const { github, run } = await lab();
    await run();
    const whole = await github.repo("acme/app").files(branch);
    await github.repo("acme/app").commit(branch, { "reviews/ledger/2026-11-23.2026-W47.csv": null });
    expect((await run()).json).toMatchObject({ state: "refreshed" });
    expect(await github.repo("acme/app").files(branch)).toEqual(whole);
    expect((await run()).json).toMatchObject({ state: "unchanged" });
  });

  it("starts over when the head moved between reading and writing", async () => {
    const { github, folder, run } = await lab();
    await run();
    write(folder, { "costs/a.csv": costs(22, 160) });
    let moved = false;
    github.failures.before({ method: "POST", path: /graphql/ }, async () => {
      if (moved) return;
      moved = true;
      const text = (await github.repo("acme/app").read(review, branch)) ?? "";
      await github.repo("acme/app").commit(branch, { [review]: `${text}\nAdded meanwhile.\n` });
    });
    expect((await run()).json).toMatchObject({ state: "refreshed" });
    expect(await github.repo("acme/app").read(review, branch)).toContain("Added meanwhile.");
  });

  it("makes the pull request of a branch that has none", async () => {
    const { github, run } = await lab();
    await github.repo("acme/app").commit(branch, {}, { from: "main" });
    expect((await run()).json).toMatchObject({ pr: expect.stringContaining("/pull/1") });
  });
});

describe("left alone", () => {
  it("a pull request that a person closed", async () => {
    const { github, run } = await lab();
    await run();
    await github.as("octocat").closePull("acme/app", 1);
    expect((await run()).json).toMatchObject({ state: "left-alone", reason: expect.stringContaining("a person closed") });
    expect(await github.repo("acme/app").pulls()).toHaveLength(1);
  });

  it("a merged one", async () => {
    const made = await lab();
    const { github, run } = made;
    await run();
    await ready(made, 1);
    await github.as("octocat").merge("acme/app", 1);
    expect(await github.repo("acme/app").read(review, "main")).not.toBeNull();
    expect((await run()).json).toMatchObject({ state: "left-alone", reason: expect.stringContaining("merged") });
  });
});

describe("what people can cause", () => {
  const said = async (repo: RepoOptions, env: Record<string, string>) => {
    const { run } = await lab(repo, env);
    const { code, err, out } = await run();
    expect(out).toBe("");
    return { code, err };
  };
  it.each([
    ["no token", {}, { GITHUB_TOKEN: "" }, 2, "GITHUB_TOKEN is not set"],
    ["no repository", {}, { GITHUB_REPOSITORY: "app" }, 2, "GITHUB_REPOSITORY does not name"],
    ["an unknown token", {}, { GITHUB_TOKEN: "ghs_1_a.b.c" }, 3, "does not accept the token"],
    ["another repository", {}, { GITHUB_REPOSITORY: "acme/none" }, 3, "knows no such repository"],
    [
      "pull requests by Actions switched off",
      { actionsMayCreatePulls: false },
      {},
      3,
      "Allow GitHub Actions to create and approve pull requests",
    ],
    ["an archived repository", { archived: true }, {}, 3, "is archived"],
  ])("%s", async (_, repo, env, code, words) => {
    const result = await said(repo, env as Record<string, string>);
    expect(result).toMatchObject({ code, err: expect.stringContaining(words) });
    expect(result.err).not.toContain("ghs_1");
  });

  it.each([
    ["a bracket left open", "state: draft", "state: [", 3],
    ["a key twice", "state: draft", "state: draft\nstate: draft", 3],
  ])("%s in the front matter on the branch: refused with the pull request it stands in", async (_, from, to, code) => {
    const { github, run } = await lab();
    await run();
    const text = (await github.repo("acme/app").read(review, branch)) ?? "";
    expect(text).toContain(from);
    await github.repo("acme/app").commit(branch, { [review]: text.replace(from, to) });
    const { err, ...result } = await run();
    expect(result).toMatchObject({ code });
    expect(err).toContain(`at: ${review}:6:1`);
    expect(err).toMatch(/\n {2}do: .*, on the branch of http\S+\/pull\/1\n/);
  });

  it("what cannot be read in the checkout is not looked for on the branch", async () => {
    const { folder, run } = await lab();
    await run();
    write(folder, { "reviews/ledger/2026-11-09.2026-W45.csv": "no ledger\n" });
    const { code, err } = await run();
    expect({ code, err }).toEqual({ code: expect.any(Number), err: expect.stringContaining("at: reviews/ledger/2026-11-09.2026-W45.csv") });
    expect(err).not.toContain("on the branch of");
  });

  it("the token stands nowhere in what is printed", async () => {
    const { github, folder } = await lab();
    const token = github.token({ actions: "acme/app", permissions: {} });
    const env = { GITHUB_TOKEN: token, GITHUB_REPOSITORY: "acme/app", GITHUB_API_URL: github.url };
    const result = await overpace(folder, ["weekly", "--publish", "github", "--as-of", "2026-11-23"], { env });
    expect(result.code).toBe(3);
    expect(result.out + result.err).not.toContain(token);
  });
});

it("puts the review into the summary of the job", async () => {
  const summary = `${folderWith({ "summary.md": "" })}/summary.md`;
  const { run } = await lab({}, { GITHUB_STEP_SUMMARY: summary });
  await run();
  expect(readFileSync(summary, "utf8")).toMatch(/^# 2026-W47: \$700\.00[^]*\/pull\/1[^]*## 1 Pacing[^]*## Actions and owners/);
});

it("and of one that is left alone why it is", async () => {
  const summary = `${folderWith({ "summary.md": "" })}/summary.md`;
  const { github, run } = await lab({}, { GITHUB_STEP_SUMMARY: summary });
  await run("--dry-run");
  expect(readFileSync(summary, "utf8")).toMatch(/^# 2026-W47: \$700\.00[^\n]*\n\n(?!null|undefined)/);
  await run();
  await github.as("octocat").closePull("acme/app", 1);
  writeFileSync(summary, "");
  await run();
  expect(readFileSync(summary, "utf8")).toMatch(/^# 2026-W47: \$700\.00.*\n\nhttp\S+\/pull\/1\n\n.*a person closed.*\n$/);
});
