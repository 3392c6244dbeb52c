import { describe, expect, it } from "vitest";
import { folderWith } from "../../support/world.ts";
import { type CheckLab, checkIn, checkLab, eventOf, linksIn, permissions, writes } from "./check-lab.ts";
import { branch, review } from "./lab.ts";

/** A review in which nothing is left to decide, as people would leave it. */
async function complete({ text, push }: CheckLab): Promise<void> {
  const draft = await text();
  const held = draft
    .replace(/^state: draft.*$/m, "state: held")
    .replace(/^minutes:.*$/m, "minutes: 25")
    .replace(/^outcome:.*$/m, "outcome: no-action-needed");
  await push({ [review]: held });
}

describe("a pull request of the repository itself", () => {
  it("gets one check run on its head and one comment, each line with a link to its place", async () => {
    const made = await checkLab();
    const { code, err } = await made.check();
    expect({ code, err }).toMatchObject({ code: 1, err: "" });
    const [run] = made.runs();
    expect(made.runs()).toHaveLength(1);
    expect(run).toMatchObject({
      name: "overpace",
      headSha: made.github.repo("acme/app").head(branch),
      conclusion: "action_required",
      output: { title: "2 things to decide" },
    });
    const links = linksIn(run?.output.summary ?? "");
    expect(links).toHaveLength(2);
    const lines = (await made.text()).split("\n");
    for (const link of links) {
      expect(link).toMatch(new RegExp(`/acme/app/blob/${run?.headSha ?? ""}/${review}\\?plain=1#L\\d+$`));
      expect((await fetch(link)).status).toBe(200);
      expect(lines[Number(/\d+$/.exec(link)?.[0]) - 1]).toMatch(/^(?:outcome|minutes):/);
    }
    const [comment, ...others] = await made.comments();
    expect(others).toEqual([]);
    expect(comment?.body).toMatch(/^<!-- overpace:check 2026-W47 -->\n### What is left to decide\n/);
    expect(linksIn(comment?.body ?? "")).toEqual(links);
    console.info(`first check: ${made.github.requests.length} requests`);
    expect(made.github.requests.length).toBeLessThanOrEqual(5);
  });

  it("run again nothing is sent", async () => {
    const made = await checkLab();
    await made.check();
    const before = await made.github.snapshot();
    made.github.forget();
    expect(await made.check()).toMatchObject({ code: 1, err: "" });
    expect(writes(made)).toEqual([]);
    expect(await made.github.snapshot()).toEqual(before);
    console.info(`check with nothing new: ${made.github.requests.length} requests`);
    expect(made.github.requests.length).toBeLessThanOrEqual(3);
  });

  it("a commit that changes no finding: a check run of its own, the comment stays as it is", async () => {
    const made = await checkLab();
    await made.check();
    await made.push({ "notes.md": "later\n" });
    made.github.forget();
    await made.check();
    expect(writes(made)).toEqual(["POST /repos/acme/app/check-runs"]);
    expect(made.runs().map(({ headSha }) => headSha)[1]).toBe(made.github.repo("acme/app").head(branch));
  });

  it("when people have decided, the comment says so in its place", async () => {
    const made = await checkLab();
    await made.check();
    const [{ id } = { id: 0 }] = await made.comments();
    await complete(made);
    expect(await made.check()).toMatchObject({ code: 0, err: "" });
    const comments = await made.comments();
    expect(comments).toEqual([expect.objectContaining({ id, body: expect.stringContaining("### Nothing is left to decide") })]);
    expect(made.runs()[1]).toMatchObject({ conclusion: "success", output: { title: "Complete" }, annotations: [] });
  });

  it("with nothing ever left to decide there is no comment", async () => {
    const made = await checkLab();
    await complete(made);
    expect(await made.check()).toMatchObject({ code: 0, err: "" });
    expect(await made.comments()).toEqual([]);
    expect(made.runs()).toHaveLength(1);
  });

  it("a comment that a person deleted comes back with the next run that leaves something to decide", async () => {
    const made = await checkLab();
    await made.check();
    const [{ id } = { id: 0 }] = await made.comments();
    await made.github.as("octocat").request("DELETE", `/repos/acme/app/issues/comments/${id}`);
    await made.check();
    expect(await made.comments()).toHaveLength(1);
  });

  it("its comment is found among 150 others, one of a stranger with its marker included", async () => {
    const made = await checkLab();
    const strange = "<!-- overpace:check 2026-W47 -->\nmine";
    await made.github.as("stranger").comment("acme/app", 1, strange);
    for (let n = 0; n < 120; n++) await made.github.as("octocat").comment("acme/app", 1, `talk ${n}`);
    await made.check();
    for (let n = 0; n < 30; n++) await made.github.as("octocat").comment("acme/app", 1, `more ${n}`);
    await complete(made);
    made.github.forget();
    await made.check();
    const comments = await made.comments();
    expect(comments).toHaveLength(152);
    expect(comments[0]?.body).toBe(strange);
    expect(comments[121]?.body).toContain("### Nothing is left to decide");
    expect(writes(made)).toEqual(["POST /repos/acme/app/check-runs", expect.stringMatching(/^PATCH .*\/issues\/comments\/\d+$/)]);
    expect(made.github.requests.some(({ path }) => path.includes("/search"))).toBe(false);
  });

  it("without a review gets a check run and no comment", async () => {
    const made = await checkLab();
    const repo = made.github.repo("acme/app");
    const head = await repo.commit("work", { "src/a.ts": "1\n" }, { from: "main" });
    await made.github.as("octocat").request("POST", "/repos/acme/app/pulls", { title: "Work", head: "work", base: "main" });
    expect(await checkIn(made.github, await repo.files("work"), eventOf(2, head, "acme/app"))).toMatchObject({ code: 0, err: "" });
    expect(made.runs()).toEqual([expect.objectContaining({ headSha: head, conclusion: "success" })]);
    expect((await repo.pulls()).find(({ number }) => number === 2)?.comments).toEqual([]);
  });
});

it.each([
  ["nobody has anything to do", ""],
  [
    "somebody is named",
    '\n  - { id: 2026-W47-1, decision: investigate, title: "Find out which customer drives the rise", owner: "@hubot", due: 2026-11-30, status: open }',
  ],
])("reviews outside of the repository are checked, and that the result is not shown is said: %s", async (_, actions) => {
  const made = await checkLab();
  const text = (await made.text()).replace(/^actions:.*$/m, actions === "" ? "actions: []" : `actions:${actions}`);
  const reviews = folderWith({ "2026/2026-W47.md": text });
  const event = eventOf(1, made.github.repo("acme/app").head(branch) ?? "", "acme/app");
  const { code, out, err } = await checkIn(made.github, {}, event, {}, ["--reviews", reviews]);
  expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining("to decide") as string });
  expect(err).toMatch(
    /^warning: the check result could not be shown: \S+ is outside the repository; name a folder of the repository with --reviews$/m,
  );
  expect(writes(made)).toEqual([]);
});

describe("whom issues can be assigned to", () => {
  const action = (number: number, owner: string) =>
    `\n  - { id: 2026-W47-${number}, decision: investigate, title: "Find out which customer drives the rise", owner: "${owner}", due: 2026-11-30, status: open }`;
  const owned = async ({ text, push }: CheckLab, ...owners: string[]) => {
    const actions = owners.map((owner, index) => action(index + 1, owner)).join("");
    await push({ [review]: (await text()).replace(/^actions:.*$/m, `actions:${actions}`) });
  };
  const asked = ({ github }: CheckLab) => github.requests.filter(({ path }) => path.includes("/assignees/")).map(({ path }) => path);

  it("is asked once for each person of the review, and who cannot is told", async () => {
    const made = await checkLab();
    await owned(made, "@octocat", "@monalisa", "@Octocat");
    const { out, err } = await made.check();
    expect({ out, err }).toMatchObject({
      out: expect.stringContaining("2026-W47-2: @monalisa cannot be assigned an issue of this repository"),
      err: "",
    });
    expect(out.match(/cannot be assigned/g)).toHaveLength(1);
    expect(asked(made)).toEqual(["/repos/acme/app/assignees/octocat", "/repos/acme/app/assignees/monalisa"]);
    expect(made.runs()[0]?.output.summary).toContain("monalisa cannot be assigned");
  });

  it("is not asked for a review that the pull request does not bring", async () => {
    const made = await checkLab();
    await owned(made, "@monalisa");
    const repo = made.github.repo("acme/app");
    const files = await repo.files(branch);
    const head = await repo.commit("work", { "src/a.ts": "1\n" }, { from: "main" });
    await made.github.as("octocat").request("POST", "/repos/acme/app/pulls", { title: "Work", head: "work", base: "main" });
    const { out } = await checkIn(made.github, files, eventOf(2, head, "acme/app"));
    expect(out).not.toContain("cannot be assigned");
    expect(asked(made)).toEqual([]);
  });

  it("refused: one warning, and all else goes on", async () => {
    const made = await checkLab();
    await owned(made, "@octocat", "@monalisa");
    made.github.failures.failWhen({ path: /\/assignees\// }, "502", 9);
    const { out, err } = await made.check();
    expect(out).not.toContain("cannot be assigned");
    expect(err.split("\n").filter((line) => line.startsWith("warning: "))).toEqual([
      expect.stringContaining("whom issues can be assigned to is not known"),
    ]);
    expect(made.runs()).toHaveLength(1);
  });
});

describe("a pull request of a fork", () => {
  it.each([["another repository", "stranger/app"] as const, ["a repository that is gone", null] as const])(
    "%s: exit code and output alone, no request",
    async (_, from) => {
      const made = await checkLab();
      const head = made.github.repo("acme/app").head(branch) ?? "";
      const files = await made.github.repo("acme/app").files(branch);
      const { code, out, err } = await checkIn(made.github, files, eventOf(1, head, from), { GITHUB_TOKEN: "" });
      expect({ code, out, err }).toMatchObject({ code: 1, err: "", out: expect.stringContaining("to decide") });
      expect(made.github.requests).toEqual([]);
    },
  );
});

describe("what a workflow can get wrong", () => {
  it.each<[string, unknown, string]>([
    ["no event", undefined, "GITHUB_EVENT_PATH is not set"],
    ["an event of another kind", { ref: "refs/heads/main", head_commit: {} }, "is no pull request"],
    ["an event that is no JSON", "{", "is no pull request"],
    ["an event with another sha", eventOf(1, "main; rm -rf /", "acme/app"), "is no pull request"],
  ])("%s: refused before anything is checked", async (_, event, words) => {
    const made = await checkLab();
    const { code, out, err } = await checkIn(made.github, {}, event);
    expect({ code, out, err }).toMatchObject({ code: 2, out: "", err: expect.stringContaining(words) });
    expect(err).toContain("on: pull_request");
    expect(made.github.requests).toEqual([]);
  });

  it("no repository: refused, and the pull request not taken for one of a fork", async () => {
    const made = await checkLab();
    const { code, out, err } = await checkIn(made.github, {}, eventOf(1, "0".repeat(40), "acme/app"), { GITHUB_REPOSITORY: "" });
    expect({ code, out, err }).toMatchObject({ code: 2, out: "", err: expect.stringContaining("GITHUB_REPOSITORY does not name") });
    expect(made.github.requests).toEqual([]);
  });

  it.each([
    [
      "checks",
      "the check result could not be posted: the token lacks a permission (403): give the job permissions: { checks: write }",
      0,
      1,
    ],
    ["pull_requests", "pull request #1 could not", 1, 0],
  ] as const)("without the permission %s: a warning that names it, and all else", async (area, words, runs, comments) => {
    const made = await checkLab();
    const { [area]: _, ...rest } = permissions;
    const token = made.github.token({ actions: "acme/app", permissions: rest });
    const { code, err } = await made.check({ GITHUB_TOKEN: token });
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining(words) });
    expect(err).toContain(area === "checks" ? "checks: write" : "pull-requests: write");
    expect(err.split("\n").filter((line) => line.startsWith("warning: "))).toHaveLength(1);
    expect(made.runs()).toHaveLength(runs);
    expect(await made.comments()).toHaveLength(comments);
  });

  it("reading alone: one warning each for the check run and the comment", async () => {
    const made = await checkLab();
    const token = made.github.token({ actions: "acme/app", permissions: { contents: "read", checks: "read", pull_requests: "read" } });
    const { code, err } = await made.check({ GITHUB_TOKEN: token });
    expect(code).toBe(1);
    expect(err).toMatch(/checks: write[^]*pull-requests: write/);
  });

  it("a person's token: check results are for apps, the comment is made and found again", async () => {
    const made = await checkLab();
    const env = { GITHUB_TOKEN: made.github.token({ user: "octocat" }) };
    expect((await made.check(env)).err).toContain("from apps alone (403)");
    await made.check(env);
    expect(await made.comments()).toHaveLength(1);
  });

  it("a conversation that is locked", async () => {
    const made = await checkLab();
    const pull = (await made.github.repo("acme/app").pulls())[0];
    if (pull) pull.locked = true;
    const env = { GITHUB_TOKEN: made.github.token({ user: "stranger" }) };
    expect((await made.check(env)).err).toContain("its conversation is locked");
  });

  it("nobody there: two warnings, the exit code of the check", async () => {
    const made = await checkLab();
    const { code, err } = await made.check({ GITHUB_API_URL: "http://127.0.0.1:9" });
    expect(code).toBe(1);
    expect(err).toMatch(/^warning: [^\n]*GitHub does not answer \(500\)/);
  });
});
