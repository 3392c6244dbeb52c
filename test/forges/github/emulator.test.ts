import { afterAll, describe, expect, it } from "vitest";
import { folderWith, overpace, write } from "../../support/world.ts";
import { branch, costs, files, review } from "./lab.ts";

/**
 * The same run against an implementation that is not ours: `emulate` by Vercel Labs. It has no GraphQL, so the one commit is carried
 * over to blobs, tree, commit and branch by the test; every other request is the run's own. It is less strict than GitHub (it takes
 * any token and any length), so this shows that routes, fields and statuses are not only those of our own test server.
 */

interface Emulator {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const seed = {
  tokens: { "token-of-octocat": { login: "octocat", scopes: ["repo"] } },
  github: {
    users: [{ login: "octocat" }, { login: "hubot" }],
    repos: [{ owner: "octocat", name: "app", auto_init: true, default_branch: "main" }],
  },
};

async function start(): Promise<Emulator | string> {
  try {
    const { createEmulator } = await import("emulate");
    return await createEmulator({ service: "github", port: 0, seed });
  } catch (error) {
    return error instanceof Error ? error.message.split("\n", 1).join() : String(error);
  }
}

const emulator = await start();
if (typeof emulator === "string") console.info(`skipped: the emulator does not start (${emulator})`);
afterAll(async () => (typeof emulator === "string" ? undefined : emulator.close()));
const url = typeof emulator === "string" ? "" : emulator.url;

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers = { authorization: "Bearer token-of-octocat", "user-agent": "test", "content-type": "application/json" };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(`${url}/repos/octocat/app${path}`, init);
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

interface Commit {
  readonly branch: { readonly branchName: string };
  readonly message: { readonly headline: string };
  readonly expectedHeadOid: string;
  readonly fileChanges: {
    readonly additions: readonly { readonly path: string; readonly contents: string }[];
    readonly deletions: readonly { readonly path: string }[];
  };
}

/** What `createCommitOnBranch` does, by the Git Data of REST; the expected head is the parent, and the branch moves forward only. */
async function commit({ branch: { branchName }, message, expectedHeadOid: parent, fileChanges }: Commit): Promise<string> {
  const blob = ({ contents }: { contents: string }) =>
    ask<{ sha: string }>("POST", "/git/blobs", { content: contents, encoding: "base64" });
  const added = fileChanges.additions.map(async (file) => ({ path: file.path, mode: "100644", type: "blob", sha: (await blob(file)).sha }));
  const removed = fileChanges.deletions.map(({ path }) => ({ path, mode: "100644", type: "blob", sha: null }));
  const base = await ask<{ tree: { sha: string } }>("GET", `/git/commits/${parent}`);
  const tree = await ask<{ sha: string }>("POST", "/git/trees", {
    base_tree: base.tree.sha,
    tree: [...(await Promise.all(added)), ...removed],
  });
  const made = await ask<{ sha: string }>("POST", "/git/commits", { message: message.headline, tree: tree.sha, parents: [parent] });
  await ask("PATCH", `/git/refs/heads/${branchName}`, { sha: made.sha, force: false });
  return made.sha;
}

/** The requests of the run in order; GraphQL is carried over. */
function emulated(): { fetch: typeof globalThis.fetch; asked: string[] } {
  const asked: string[] = [];
  const carried = async (...[input, init]: Parameters<typeof globalThis.fetch>) => {
    const address = String(input instanceof Request ? input.url : input);
    asked.push(`${init?.method ?? "GET"} ${address.slice(url.length).replace(/\?.*/, "")}`);
    if (!address.endsWith("/graphql")) return fetch(input, init);
    const { variables } = JSON.parse(String(init?.body)) as { variables: { input: Commit } };
    const oid = await commit(variables.input);
    return Response.json({ data: { createCommitOnBranch: { commit: { oid } } } });
  };
  return { fetch: carried, asked };
}

interface Pull {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly draft: boolean;
  readonly state: string;
  readonly labels: readonly { readonly name: string }[];
  readonly requested_reviewers: readonly { readonly login: string }[];
}

describe.skipIf(typeof emulator === "string")("the weekly run on an independent emulator", () => {
  const env = { GITHUB_TOKEN: "token-of-octocat", GITHUB_REPOSITORY: "octocat/app", GITHUB_API_URL: url };
  const folder = folderWith(files);
  const run = async () => {
    const { fetch, asked } = emulated();
    const { code, out, err } = await overpace(folder, ["weekly", "--publish", "github", "--json", "--as-of", "2026-11-23"], { env, fetch });
    return { code, err, asked, json: out === "" ? {} : (JSON.parse(out) as Record<string, unknown>) };
  };
  const pulls = () => ask<Pull[]>("GET", "/pulls?state=all");
  const text = async (path: string) =>
    Buffer.from((await ask<{ content: string }>("GET", `/contents/${path}?ref=${branch}`)).content, "base64").toString("utf8");

  it("makes branch, commit and pull request; says unchanged; refreshes; leaves alone what a person closed", async () => {
    const first = await run();
    expect(first).toMatchObject({ code: 0, err: "", json: { state: "created", id: "2026-W47", verdict: "good" } });
    expect(first.asked.length).toBeLessThanOrEqual(15);
    const [pull] = await pulls();
    expect(pull).toMatchObject({ draft: true, state: "open", title: "2026-W47: $700.00 (0.0 %), pace 0.0 % over plan – good" });
    expect(pull?.body).toContain("## 1 Pacing");
    expect(pull?.labels.map(({ name }) => name)).toEqual(["overpace"]);
    expect(pull?.requested_reviewers.map(({ login }) => login)).toContain("hubot");
    expect(await text(review)).toContain("review: 2026-W47");

    const second = await run();
    expect(second).toMatchObject({ code: 0, err: "", json: { state: "unchanged", pr: first.json["pr"] } });
    expect(second.asked.filter((line) => !line.startsWith("GET"))).toEqual([]);

    write(folder, { "costs/a.csv": costs(22, 160) });
    expect(await run()).toMatchObject({ code: 0, err: "", json: { state: "refreshed" } });
    expect(await text(review)).toContain("- Last 7 days: $700.00 → $760.00");
    expect(await pulls()).toHaveLength(1);

    await ask("PATCH", `/pulls/${pull?.number}`, { state: "closed" });
    expect(await run()).toMatchObject({ code: 0, json: { state: "left-alone", reason: expect.stringContaining("a person closed") } });
    expect(await pulls()).toHaveLength(1);
  });
});
