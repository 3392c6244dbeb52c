import { execFile } from "node:child_process";
import { cpSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { gitEnv } from "./support/github/git/run.ts";
import { options, serve } from "./support/github/lab.ts";
import type { Permissions } from "./support/github/state.ts";
import { filesIn, folderWith } from "./support/world.ts";

const project = join(import.meta.dirname, "..");
const execute = promisify(execFile);

interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly {
    readonly uses?: string;
    readonly with?: Readonly<Record<string, unknown>>;
    readonly env?: Readonly<Record<string, string>>;
    readonly run?: string;
  }[];
}

const workflow = parse(readFileSync(join(project, ".github/workflows/weekly.yml"), "utf8")) as { readonly jobs: { readonly review: Job } };
const { steps, permissions } = workflow.jobs.review;

/** What the workflow's expressions stand for in this run; one that is not here fails the test. */
function filled(value: string, known: Readonly<Record<string, string>>): string {
  return value.replace(/\$\{\{ *(.*?) *\}\}/g, (_, expression: string) => {
    const found = known[expression];
    if (found === undefined) throw new Error(`the workflow asks for ${expression}`);
    return found;
  });
}

it("the commands of weekly.yml, with its permissions and its depth of history, make the review of the bundled data a pull request", async () => {
  const source = folderWith();
  for (const name of ["config", "reviews", "package.json"]) cpSync(join(project, name), join(source, name), { recursive: true });
  for (const name of ["2026/2026-W47.md", "2026/2026-W47.svg", "ledger/2026-11-23.2026-W47.csv"])
    rmSync(join(source, "reviews", name), { force: true });
  const github = await serve(options({ files: filesIn(source) }));
  await github.repo("acme/app").commit("main", { "README.md": "# Newer\n" });

  const checkout = steps.find(({ uses }) => uses?.startsWith("actions/checkout@"));
  const depth = Number(checkout?.with?.["fetch-depth"] ?? 1);
  const folder = join(folderWith(), "app");
  const clone = ["clone", "--quiet", ...(depth === 0 ? [] : ["--depth", String(depth)]), `${github.webUrl}/acme/app`, folder];
  await execute("git", clone, { env: gitEnv() });
  // The program itself is not what the server is tested with: hundreds of files would only cost time.
  for (const name of ["node_modules", "src"]) symlinkSync(join(project, name), join(folder, name));

  const granted = Object.fromEntries(Object.entries(permissions).map(([name, level]) => [name.replaceAll("-", "_"), level])) as Permissions;
  const token = github.token({ actions: "acme/app", permissions: granted });
  const summary = join(folderWith({ "summary.md": "" }), "summary.md");
  const known = { "github.token": token, "inputs.as-of": "2026-11-23" };
  const runner = {
    ...gitEnv(),
    GITHUB_ACTIONS: "true",
    GITHUB_REPOSITORY: "acme/app",
    GITHUB_API_URL: github.url,
    GITHUB_SERVER_URL: github.webUrl,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_WORKSPACE: folder,
  };
  const commands = steps.filter(({ run }) => run !== undefined && run !== "npm ci");
  expect(commands.length).toBeGreaterThan(0);
  for (const { run = "", env = {} } of commands) {
    const own = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, filled(value, known)]));
    const { stdout, stderr } = await execute("bash", ["-e", "-c", run], { cwd: folder, env: { ...runner, ...own } });
    expect(stderr).toBe("");
    expect(stdout).not.toContain(token.slice(0, 40));
  }

  const [pull] = await github.repo("acme/app").pulls();
  expect(pull).toMatchObject({ title: expect.stringMatching(/^2026-W47: \$/), pull: { headRef: "overpace/2026-W47", draft: true } });
  expect(await github.repo("acme/app").read("reviews/2026/2026-W47.md", "overpace/2026-W47")).toContain("review: 2026-W47");
  expect(readFileSync(summary, "utf8")).toContain("# Actions and owners");
});

it("what is typed as the date of a manual run is a word of the command, and nothing else", async () => {
  const folder = folderWith();
  const typed = '2026-11-23"; touch "$HOME/typed"; echo "$(touch typed)';
  const { run = "" } = steps.findLast(({ env }) => env?.["AS_OF"] !== undefined) ?? {};
  const command = run.replace("npm run --silent overpace --", `node ${join(project, "src/cli.ts")}`);
  const env = { ...process.env, AS_OF: typed, HOME: folder };
  const failed: unknown = await execute("bash", ["-e", "-c", command], { cwd: folder, env }).catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: 2, stderr: expect.stringContaining("is not a day") });
  expect(filesIn(folder)).toEqual({});
});
