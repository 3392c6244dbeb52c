import { execFile } from "node:child_process";
import { readFileSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { eventOf } from "./forges/github/check-lab.ts";
import { branch, lab } from "./forges/github/lab.ts";
import type { Permissions } from "./support/github/state.ts";
import { folderWith, write } from "./support/world.ts";

const project = join(import.meta.dirname, "..");

interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly {
    readonly uses?: string;
    readonly with?: Readonly<Record<string, unknown>>;
    readonly env?: Readonly<Record<string, string>>;
    readonly run?: string;
    readonly "working-directory"?: string;
  }[];
}

const workflow = parse(readFileSync(join(project, ".github/workflows/check.yml"), "utf8")) as {
  readonly on: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, Job>>;
};
const [[name, job] = ["", null]] = Object.entries(workflow.jobs);
const steps = job?.steps ?? [];

describe("check.yml", () => {
  it("runs for every pull request, also of forks, with what a fork may have, under a name that is not the check run's", () => {
    expect(workflow.on).toEqual({ pull_request: null });
    expect(job?.permissions).toEqual({ contents: "read", checks: "write", "pull-requests": "write" });
    expect(name).not.toBe("overpace");
  });

  it("takes the tool from the base and the head as data, and leaves no token behind", () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@")).map(({ with: given }) => given);
    expect(checkouts).toEqual([
      { ref: "${{ github.event.pull_request.base.sha }}", path: "base", "persist-credentials": false },
      { ref: "${{ github.event.pull_request.head.sha }}", path: "head", "persist-credentials": false },
    ]);
    const runs = steps.filter(({ run }) => run !== undefined);
    expect(runs.map(({ run, ...step }) => [step["working-directory"], run?.split(" ").slice(0, 2).join(" ")])).toEqual([
      ["base", "npm ci"],
      ["head", "node ../base/src/cli.ts"],
    ]);
  });
});

/** Files that run something in whoever is careless with a checkout. */
const traps = (trap: string) => ({
  "package.json": JSON.stringify({ type: "module", scripts: { preinstall: trap, check: trap, overpace: trap }, bin: { overpace: "x.js" } }),
  ".npmrc": "registry=http://127.0.0.1:9\nscript-shell=./trap.sh\n",
  "node_modules/.bin/node": `#!/bin/sh\n${trap}\n`,
  "node_modules/yaml/package.json": '{ "name": "yaml", "type": "module", "exports": "./index.js" }',
  "node_modules/yaml/index.js": `import { execSync } from "node:child_process"; execSync(${JSON.stringify(trap)});`,
  "vitest.config.ts": `import { execSync } from "node:child_process"; execSync(${JSON.stringify(trap)});`,
  ".env": `NODE_OPTIONS=--import ./node_modules/yaml/index.js\n`,
});

it.each([
  ["the repository itself", "acme/app", "text", ["POST check-runs", "POST comments"]],
  ["a fork", "stranger/app", "github", []],
])("its command, in a head full of traps, of %s", async (_, from, format, wrote) => {
  const made = await lab();
  await made.run();
  const repo = made.github.repo("acme/app");
  repo.data.checkRuns.length = 0;
  made.github.forget();
  const workspace = folderWith();
  const sprung = join(workspace, "sprung");
  write(workspace, { "event.json": JSON.stringify(eventOf(1, repo.head(branch) ?? "", from)) });
  write(join(workspace, "head"), { ...(await repo.files(branch)), ...traps(`touch ${sprung}`) });
  symlinkSync(project, join(workspace, "base"));
  const step = steps.at(-1);
  expect(step?.env?.["FORMAT"]).toContain("head.repo.full_name == github.repository && 'text' || 'github'");
  const given = Object.fromEntries(Object.entries(job?.permissions ?? {}).map(([key, level]) => [key.replace("-", "_"), level]));
  const env = {
    PATH: `${join(project, "node_modules/.bin")}:${process.env["PATH"] ?? ""}`,
    FORMAT: format,
    GITHUB_TOKEN: made.github.token({ actions: "acme/app", permissions: given as Permissions }),
    GITHUB_REPOSITORY: "acme/app",
    GITHUB_API_URL: made.github.url,
    GITHUB_SERVER_URL: made.github.webUrl,
    GITHUB_EVENT_PATH: join(workspace, "event.json"),
  };
  const cwd = join(workspace, step?.["working-directory"] ?? "");
  const ended = await promisify(execFile)("sh", ["-e", "-c", step?.run ?? ""], { cwd, env }).then(
    () => ({ code: 0, stdout: "", stderr: "" }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  expect(ended).toMatchObject({ code: 1, stderr: expect.not.stringContaining("error"), stdout: expect.stringContaining("to decide") });
  expect(ended.stdout.includes("::warning file=reviews/2026/2026-W47.md")).toBe(format === "github");
  expect(readdirSync(workspace).toSorted()).toEqual(["base", "event.json", "head"]);
  const writes = made.github.requests.filter(({ method }) => method !== "GET");
  expect(writes.map(({ method, path }) => `${method} ${path.split("/").at(-1) ?? ""}`)).toEqual(wrote);
});
