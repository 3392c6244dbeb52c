import { describe, expect, it } from "vitest";
import { options as acme, serve, weekly as permissions } from "../../support/github/lab.ts";
import type { RepoOptions } from "../../support/github/setup.ts";
import { filesIn, overpace } from "../../support/world.ts";
import { type Lab, branch, lab, review } from "./lab.ts";

/** A refusal is one problem: what, then what to do. */
async function refused({ run }: Lab, words: string | RegExp, remedy: string | RegExp): Promise<void> {
  const { code, out, err } = await run();
  expect({ code, out }).toEqual({ code: 3, out: "" });
  const lines = err.trimEnd().split("\n");
  expect(lines).toEqual([expect.stringMatching(/^error: /), expect.stringMatching(/^ {2}do: /)]);
  expect(lines[0]).toMatch(words);
  expect(lines[1]).toMatch(remedy);
}

const pullsOf = ({ github }: Lab) => github.repo("acme/app").pulls();

describe("repositories", () => {
  it("an empty one", async () => {
    const { files: _, ...empty } = acme().repos["acme/app"] ?? {};
    const github = await serve({ ...acme(), repos: { "acme/app": empty } });
    const made = await lab({}, { GITHUB_API_URL: github.url, GITHUB_TOKEN: github.token({ actions: "acme/app", permissions }) });
    await refused(made, "acme/app has no commit on main yet", "push a first commit");
    expect(github.requests.length).toBeLessThanOrEqual(8);
    expect(github.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  it("a default branch that is not main", async () => {
    const made = await lab({ defaultBranch: "trunk" });
    expect((await made.run()).json).toMatchObject({ state: "created" });
    expect((await pullsOf(made))[0]?.pull).toMatchObject({ baseRef: "trunk", headRef: branch });
    expect((await made.run()).json).toMatchObject({ state: "unchanged" });
  });

  it("a protected default branch: nothing is pushed to it", async () => {
    const made = await lab({ protection: { main: { approvals: 1, checks: ["test"], strict: true } } });
    expect((await made.run()).json).toMatchObject({ state: "created" });
  });

  it("a rule that refuses overpace's branch; allowed later, the run goes on", async () => {
    const made = await lab({ protection: { [branch]: {} } });
    await refused(made, "a rule of the repository refuses the branch", /overpace\/\* \(Settings → Rules or Branches\)/);
    expect(await pullsOf(made)).toEqual([]);
    made.github.repo("acme/app").data.protection.clear();
    expect((await made.run()).json).toMatchObject({ state: "created" });
  });

  it("a fork's branch and pull request of the same name are ignored, open or closed", async () => {
    const server = { ...acme(), repos: { ...acme().repos, "stranger/app": { forkOf: "acme/app" } } };
    const github = await serve(server);
    const made = await lab({}, { GITHUB_API_URL: github.url, GITHUB_TOKEN: github.token({ actions: "acme/app", permissions }) });
    await github.repo("stranger/app").commit(branch, { [review]: "not ours\n" });
    const stranger = github.as("stranger");
    await stranger.request("POST", "/repos/acme/app/pulls", { title: "2026-W47", head: `stranger:${branch}`, base: "main" });
    const { json } = await made.run();
    expect(json).toMatchObject({ state: "created", pr: expect.stringContaining("/pull/2") });
    await stranger.closePull("acme/app", 1);
    expect((await made.run()).json).toMatchObject({ state: "unchanged", pr: expect.stringContaining("/pull/2") });
  });

  it("another case of its name", async () => {
    const made = await lab({}, { GITHUB_REPOSITORY: "ACME/App" });
    expect((await made.run()).json).toMatchObject({ state: "created" });
    expect((await made.run()).json).toMatchObject({ state: "unchanged" });
  });

  it("no draft pull requests: a plain one", async () => {
    const made = await lab({ drafts: false });
    expect(await made.run()).toMatchObject({ code: 0, err: "" });
    expect((await pullsOf(made))[0]?.pull?.draft).toBe(false);
  });

  it("the label in another case is the label", async () => {
    const made = await lab();
    await made.github.as("boss").request("POST", "/repos/acme/app/labels", { name: "OverPace", color: "00ff00" });
    expect(await made.run()).toMatchObject({ code: 0, err: "" });
    expect(made.github.repo("acme/app").data.labels.map(({ name }) => name)).toEqual(["OverPace"]);
    const before = await made.github.snapshot();
    expect((await made.run()).json).toMatchObject({ state: "unchanged" });
    expect(await made.github.snapshot()).toEqual(before);
  });
});

describe("reviewers", () => {
  const everybody = { octocat: "write", hubot: "write" } as const;
  it.each<[string, RepoOptions, string]>([
    ["without access", { roles: { ...everybody, hubot: "none" } }, "they need access to the repository"],
    ["unknown", { roles: { octocat: "write" } }, "they need access to the repository"],
  ])("%s: a warning with what to do, once, and the other is asked", async (_, options, words) => {
    const made = await lab(options);
    const { code, err, json } = await made.run();
    expect({ code, json }).toMatchObject({ code: 0, json: { state: "created" } });
    expect(err).toMatch(/^warning: @hubot could not be asked for a review: [^\n]*\n$/);
    expect(err).toContain(words);
    expect((await pullsOf(made))[0]?.pull?.reviewers.map(({ login }) => login)).toEqual(["octocat"]);
    expect(await made.run()).toMatchObject({ code: 0, err: "" });
  });

  it("the author of the pull request: a warning", async () => {
    const made = await lab();
    const mine = await lab({}, { GITHUB_API_URL: made.github.url, GITHUB_TOKEN: made.github.token({ user: "octocat" }) });
    const { code, err } = await mine.run();
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringMatching(/^warning: @octocat could not be asked for a review: the token is theirs/),
    });
  });
});

describe("tokens and addresses", () => {
  const lacking = (given: typeof permissions) => async () => {
    const github = await serve(acme());
    return lab({}, { GITHUB_API_URL: github.url, GITHUB_TOKEN: github.token({ actions: "acme/app", permissions: given }) });
  };
  it.each([
    ["contents: read", lacking({ ...permissions, contents: "read" })],
    ["no contents", lacking({ pull_requests: "write" })],
    ["pull requests: read", lacking({ ...permissions, pull_requests: "read" })],
    ["no pull requests", lacking({ contents: "write" })],
  ])("%s", async (_, make) => refused(await make(), "the token lacks a permission", "contents: write, pull-requests: write"));

  it("the limit used up", async () => {
    const github = await serve(acme());
    const token = github.token({ actions: "acme/app", permissions, limit: 5 });
    await refused(await lab({}, { GITHUB_API_URL: github.url, GITHUB_TOKEN: token }), "rate limit is used up", "run again in an hour");
  });

  it.each(["http://127.0.0.1:9", "not an address"])("nobody at %s", async (url) =>
    refused(await lab({}, { GITHUB_API_URL: url }), "GitHub does not answer", "check GITHUB_API_URL"),
  );

  it("a base address with a slash at its end is the same", async () => {
    const github = await serve(acme());
    const made = await lab({}, { GITHUB_API_URL: `${github.url}/`, GITHUB_TOKEN: github.token({ actions: "acme/app", permissions }) });
    expect((await made.run()).code).toBe(0);
  });

  it("a folder outside the repository is refused", async () => {
    const made = await lab();
    const { code, err } = await made.run("--reviews", "../elsewhere");
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining("outside the repository") });
  });

  const token = (github: Lab["github"]) => github.token({ actions: "acme/app", permissions });
  it.each<[string, (value: string) => string]>([
    ["good", (value) => value],
    ["followed by a line break", (value) => `${value}\n`],
    ["broken by a line break", (value) => `${value.slice(0, 90)}\n${value.slice(90)}`],
    ["with a strange letter", (value) => `${value}é`],
    ["revoked", (value) => `${value}x`],
  ])("a token of about 520 characters, %s, stands nowhere", async (how, change) => {
    const { github } = await lab();
    const value = token(github);
    expect(value.length).toBeGreaterThan(480);
    const made = await lab({}, { GITHUB_API_URL: github.url, GITHUB_TOKEN: change(value) });
    const { code, out, err } = await made.run();
    const all = [out, err, JSON.stringify(filesIn(made.folder)), JSON.stringify(await github.snapshot())].join("\n");
    expect(code).toBe(how === "good" || how === "followed by a line break" ? 0 : how === "revoked" ? 3 : 2);
    for (const part of [value, value.slice(0, 60), value.slice(100, 160), value.slice(-40)]) expect(all).not.toContain(part);
  });

  it("also not when pull requests are refused in text form", async () => {
    const made = await lab({ actionsMayCreatePulls: false });
    const value = token(made.github);
    const env = { GITHUB_TOKEN: value, GITHUB_REPOSITORY: "acme/app", GITHUB_API_URL: made.github.url };
    const { out, err } = await overpace(made.folder, ["weekly", "--publish", "github", "--as-of", "2026-11-23"], { env });
    expect(out + err).not.toContain(value.slice(0, 40));
  });
});
