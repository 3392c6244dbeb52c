import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { repositoryPath } from "../../../src/forges/github/place.ts";
import { gitEnv } from "../../support/github/git/run.ts";
import { options, serve, weekly as permissions } from "../../support/github/lab.ts";
import type { GitHub } from "../../support/github/server.ts";
import { folderWith, overpace } from "../../support/world.ts";
import { branch, files, review } from "./lab.ts";

/** A server whose repository holds these files, and more than one commit. */
async function serveFiles(content: Record<string, string>): Promise<GitHub> {
  const github = await serve(options({ files: content }));
  for (const word of ["one", "two", "three"]) await github.repo("acme/app").commit("main", { "README.md": `# ${word}\n` });
  return github;
}

const git = async (...words: string[]) => (await promisify(execFile)("git", words, { env: gitEnv() })).stdout.trim();

async function clone({ webUrl }: GitHub, ...words: string[]): Promise<string> {
  const folder = join(folderWith(), "checkout");
  await git("clone", "--quiet", ...words, `${webUrl}/acme/app`, folder);
  return folder;
}

async function run(
  github: GitHub,
  folder: string,
  words: readonly string[] = ["--as-of", "2026-11-23"],
  more: Record<string, string> = {},
) {
  const token = github.token({ actions: "acme/app", permissions });
  const env = { GITHUB_TOKEN: token, GITHUB_REPOSITORY: "acme/app", GITHUB_API_URL: github.url, ...more };
  const now = "2026-11-23T06:17:00Z";
  const result = await overpace(folder, ["weekly", "--publish", "github", "--json", ...words], { env, now });
  return { ...result, json: result.out === "" ? {} : (JSON.parse(result.out) as Record<string, unknown>) };
}

describe("history", () => {
  it("the newest commit is enough: a shallow clone gives what a full one gives, in a first, a second and a caught-up run", async () => {
    const ends = [];
    for (const [depth, commits] of [
      [[], "4"],
      [["--depth", "1"], "1"],
    ] as const) {
      const github = await serveFiles(files);
      const folder = await clone(github, ...depth);
      expect(await git("-C", folder, "rev-list", "--count", "HEAD")).toBe(commits);
      const said = [await run(github, folder, ["--as-of", "2026-11-02"]), await run(github, folder, []), await run(github, folder)];
      ends.push({ said: said.map(({ code, err, json }) => [code, err, json["state"], json["verdict"]]), end: await github.snapshot() });
    }
    expect(ends[0]?.said.map(([code, err, state]) => [code, err, state])).toEqual([
      [0, "", "created"],
      [0, "", "created"],
      [0, "", "unchanged"],
    ]);
    expect(ends[1]).toEqual(ends[0]);
  });
});

describe("a run below the root of the repository", () => {
  const inner = (folder: string) => Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));
  const made = [`2026/2026-W47.md`, "2026/2026-W47.svg", "ledger/2026-11-23.2026-W47.csv"];
  const broughtBy = async (github: GitHub) => {
    const { body } = await github.as("octocat").request("GET", "/repos/acme/app/pulls/1/files");
    return (body as { filename: string }[]).map(({ filename }) => filename).sort();
  };

  it.each<[string, string[], string, string]>([
    ["its own folder", [], "services/ai/reviews", "reviews/2026/2026-W47.md"],
    ["with a dot", ["--reviews", "./reviews/"], "services/ai/reviews", "reviews/2026/2026-W47.md"],
    ["a folder beside it", ["--reviews", "../costs"], "services/costs", "../costs/2026/2026-W47.md"],
  ])("%s: commits by the path from the root, and finds its files again", async (_, words, place, path) => {
    const github = await serveFiles(inner("services/ai"));
    const folder = join(await clone(github, "--depth", "1"), "services/ai");
    const { code, err, json } = await run(github, folder, ["--as-of", "2026-11-23", ...words]);
    expect({ code, err, json }).toMatchObject({ code: 0, err: "", json: { state: "created", path } });
    expect(await broughtBy(github)).toEqual(made.map((name) => `${place}/${name}`).sort());
    expect((await github.repo("acme/app").pulls())[0]?.body).toContain(`\`${place}/2026/2026-W47.md\``);
    const text = await github.repo("acme/app").read(`${place}/2026/2026-W47.md`, branch);
    expect(text).toContain("(2026-W47.svg)");
    expect((await run(github, folder, ["--as-of", "2026-11-23", ...words])).json).toMatchObject({ state: "unchanged" });
  });

  it("a folder named by its absolute path, inside and outside of the repository", async () => {
    const github = await serveFiles(inner("services/ai"));
    const root = await clone(github);
    const folder = join(root, "services/ai");
    const outside = await run(github, folder, ["--as-of", "2026-11-23", "--reviews", "../../../elsewhere"]);
    expect(outside).toMatchObject({ code: 2, err: expect.stringContaining("is outside the repository") });
    expect((await run(github, folder, ["--as-of", "2026-11-23", "--reviews", join(root, "reviews")])).json).toMatchObject({
      state: "created",
    });
    expect(await broughtBy(github)).toEqual(made.map((name) => `reviews/${name}`).sort());
  });

  it("a checkout without git, as in an image that has none: the job's workspace is the root", async () => {
    const github = await serveFiles({});
    const root = folderWith(inner("services/ai"));
    const { json } = await run(github, join(root, "services/ai"), undefined, { GITHUB_WORKSPACE: root });
    expect(json).toMatchObject({ state: "created" });
    expect(await broughtBy(github)).toEqual(made.map((name) => `services/ai/reviews/${name}`).sort());
  });

  it("a workspace elsewhere is no root", async () => {
    const github = await serveFiles({});
    await run(github, folderWith(files), undefined, { GITHUB_WORKSPACE: folderWith() });
    expect(await broughtBy(github)).toEqual(made.map((name) => `reviews/${name}`).sort());
  });

  it("the merged review of a sub-folder is known from its file", async () => {
    const github = await serveFiles(inner("services/ai"));
    const folder = join(await clone(github), "services/ai");
    await run(github, folder);
    const text = (await github.repo("acme/app").read(`services/ai/${review}`, branch)) ?? "";
    const other = await serveFiles({ ...inner("services/ai"), [`services/ai/${review}`]: text });
    expect((await run(other, join(await clone(other), "services/ai"))).json).toMatchObject({ state: "left-alone", verdict: "good" });
  });
});

describe("paths of the repository", () => {
  it.each<[string, string, string | null]>([
    ["", "reviews/2026/2026-W47.md", "reviews/2026/2026-W47.md"],
    ["", "./reviews//2026-W47.md", "reviews/2026-W47.md"],
    ["", "reviews\\2026\\2026-W47.md", "reviews/2026/2026-W47.md"],
    ["services\\ai", "reviews\\2026-W47.md", "services/ai/reviews/2026-W47.md"],
    ["services/ai", "..\\costs/2026-W47.md", "services/costs/2026-W47.md"],
    ["services/ai", "../../2026-W47.md", "2026-W47.md"],
    ["services/ai", "../../../2026-W47.md", null],
    ["", "../2026-W47.md", null],
    ["", "..", null],
    ["", "..reviews/2026-W47.md", "..reviews/2026-W47.md"],
    ["", "C:\\reviews\\2026-W47.md", null],
    ["", "/reviews/2026-W47.md", null],
    ["", "\\\\host\\reviews\\2026-W47.md", null],
  ])("in %j, %j is %j", (folder, path, place) => expect(repositoryPath(folder, path)).toBe(place));
});

describe("forge in overpace.yaml", () => {
  const withForge = (forge: string) =>
    folderWith({ ...files, "config/overpace.yaml": `${files["config/overpace.yaml"]}forge: ${forge}\n` });

  it("tokenEnv names the variable of the token; GITHUB_TOKEN is not looked at, and nothing is said of it", async () => {
    const github = await serveFiles({});
    const folder = withForge("{ type: github, tokenEnv: OVERPACE_TOKEN }");
    const token = github.token({ app: "overpace", permissions });
    const { code, err } = await run(github, folder, undefined, { GITHUB_TOKEN: "wrong", OVERPACE_TOKEN: token });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect((await github.repo("acme/app").pulls())[0]?.user.login).toBe("overpace[bot]");
  });

  it.each([{}, { OVERPACE_TOKEN: "" }, { OVERPACE_TOKEN: " \n" }])(
    "a named variable that is empty (%j): one sentence, and GITHUB_TOKEN is not used",
    async (env) => {
      const github = await serveFiles({});
      const { code, err } = await run(
        github,
        withForge("{ type: github, tokenEnv: OVERPACE_TOKEN }"),
        undefined,
        env as Record<string, string>,
      );
      expect({ code, err }).toEqual({
        code: 2,
        err: "error: OVERPACE_TOKEN is not set\n  do: put the token there, or take tokenEnv out of overpace.yaml to use GITHUB_TOKEN\n",
      });
      expect(github.requests).toEqual([]);
    },
  );

  it.each([
    "{ type: github, tokenEnv: ghp_0123456789abcdef }",
    "{ type: gitlab }",
    "{ tokenEnv: X }",
    "github",
    "{ type: github, labels: [] }",
  ])("%s is refused with its place; a token written there is not repeated", async (forge) => {
    const { code, out, err } = await overpace(withForge(forge), ["weekly", "--as-of", "2026-11-23"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/at: config\/overpace\.yaml:3:\d+/);
    expect(err).not.toContain("0123456789");
  });

  it("the folder forge needs no token", async () => {
    const folder = withForge("{ type: github, tokenEnv: OVERPACE_TOKEN }");
    expect(await overpace(folder, ["weekly", "--as-of", "2026-11-23"])).toMatchObject({ code: 0, err: "" });
  });
});
