import { describe, expect, it } from "vitest";
import { overpace, write } from "../../support/world.ts";
import { type Lab, branch, costs, lab, review } from "./lab.ts";
import { reviewOf } from "./sync-lab.ts";

const repo = "acme/app";
const twenty = Array.from({ length: 20 }, (_, index) => ({ n: index + 1, title: `Look ${index + 1}` }));

/** A held review of the week before, with so many open actions, an issue for each. */
async function held(made: Lab, count: number): Promise<void> {
  const { path, text } = reviewOf("2026-11-16", { actions: twenty.slice(0, count) });
  write(made.folder, { [path]: text });
  await synced(made);
  made.github.forget();
}

async function synced({ github, folder }: Lab): Promise<void> {
  const env = { GITHUB_TOKEN: github.token({ user: "octocat" }), GITHUB_REPOSITORY: repo, GITHUB_API_URL: github.url };
  expect(await overpace(folder, ["sync", "--publish", "github"], { env })).toMatchObject({ code: 0 });
}

async function drop({ github }: Lab, number: number, words: string): Promise<void> {
  await github.as("hubot").comment(repo, number, words);
  await github.as("hubot").closeIssue(repo, number, "not_planned");
}

const text = async ({ github }: Lab) => (await github.repo(repo).read(review, branch)) ?? "";
const entries = async (made: Lab) => (await text(made)).split("\n").filter((line) => /^ {2}- \{ id: 2026-W46/.test(line));

describe("`previous` of the next review", () => {
  it("says what people did with the issues: done, dropped with their words, still open, each with its number", async () => {
    const made = await lab();
    await held(made, 3);
    await made.github.as("hubot").closeIssue(repo, 1);
    await drop(made, 2, 'The vendor says: "no", see #7');
    await synced(made);
    expect((await made.run()).json).toMatchObject({ state: "created" });
    expect(await entries(made)).toEqual([
      "  - { id: 2026-W46-1, status: done, due: 2026-11-23, reason: null, issue: 1 }",
      '  - { id: 2026-W46-2, status: dropped, due: 2026-11-23, reason: "The vendor says: \\"no\\", see #7", issue: 2 }',
      "  - { id: 2026-W46-3, status: open, due: 2026-11-23, reason: null, issue: 3 }",
    ]);
  });

  it("takes the words of a closing comment as one line, however many it has, and no more than a sentence of them", async () => {
    const made = await lab();
    await held(made, 2);
    await made.run();
    await drop(made, 1, 'Not worth it any more:\r\n\r\n- the vendor lowers its prices\n- "half" of the tenants leave\u2028soon');
    await drop(made, 2, "A log of what was tried.\n".repeat(2_000));
    await synced(made);
    expect((await made.run()).json).toMatchObject({ state: "refreshed" });
    const words = 'Not worth it any more: - the vendor lowers its prices - \\"half\\" of the tenants leave soon';
    expect(await entries(made)).toEqual([
      `  - { id: 2026-W46-1, status: dropped, due: 2026-11-23, reason: "${words}", issue: 1 }`,
      expect.stringMatching(/reason: "(?:A log of what was tried\. )+A.{0,30}…", issue: 2 \}$/),
    ]);
    expect((await entries(made)).join("").length).toBeLessThan(1_000);
    expect((await made.run()).json).toMatchObject({ state: "unchanged" });
    const next = await lab();
    await held(next, 1);
    await drop(next, 1, "Not worth it any more.\nThe vendor lowers its prices next month.");
    await synced(next);
    expect((await next.run()).json).toMatchObject({ state: "created" });
  });

  it("a refresh updates an entry that is still as overpace wrote it, and leaves one that people edited", async () => {
    const made = await lab();
    await held(made, 3);
    await made.run();
    const before = await text(made);
    expect((await made.run()).json).toMatchObject({ state: "unchanged" });
    await made.github.repo(repo).commit(branch, {
      [review]: before.replace(
        /(2026-W46-2, status: open, due:) 2026-11-23, reason: null/,
        '$1 2026-12-07, reason: "waits for the vendor"',
      ),
    });
    await made.github.as("hubot").closeIssue(repo, 1);
    await made.github.as("hubot").closeIssue(repo, 2);
    expect((await made.run()).json).toMatchObject({ state: "refreshed" });
    expect(await entries(made)).toEqual([
      "  - { id: 2026-W46-1, status: done, due: 2026-11-23, reason: null, issue: 1 }",
      '  - { id: 2026-W46-2, status: open, due: 2026-12-07, reason: "waits for the vendor", issue: 2 }',
      "  - { id: 2026-W46-3, status: open, due: 2026-11-23, reason: null, issue: 3 }",
    ]);
    expect((await made.run()).json).toMatchObject({ state: "unchanged" });
    await made.github.as("hubot").reopenIssue(repo, 1);
    write(made.folder, { "costs/a.csv": costs(22, 160) });
    await made.run();
    expect((await entries(made))[0]).toContain("2026-W46-1, status: open");
  });

  it("check finds nothing to say about the fingerprints", async () => {
    const made = await lab();
    await held(made, 1);
    await made.run();
    write(made.folder, await made.github.repo(repo).files(branch));
    const { out } = await overpace(made.folder, ["check", "--json"]);
    expect(out).not.toContain("figures.previous");
  });

  it("20 open actions: one request more than without any, at most 15 to create and 8 when nothing is new", async () => {
    const made = await lab();
    await held(made, 20);
    await made.run();
    expect(await entries(made)).toHaveLength(20);
    const created = made.github.requests.length;
    made.github.forget();
    expect((await made.run()).json).toMatchObject({ state: "unchanged" });
    expect([created, made.github.requests.length]).toEqual([13, 7]);
    expect(created).toBeLessThanOrEqual(15);
  });

  it("without leave to read issues, or where they are switched off, the reviews alone are told", async () => {
    const made = await lab();
    await held(made, 1);
    const token = made.github.token({ actions: repo, permissions: { contents: "write", pull_requests: "write", checks: "write" } });
    const env = { GITHUB_TOKEN: token, GITHUB_REPOSITORY: repo, GITHUB_API_URL: made.github.url };
    const ran = await overpace(made.folder, ["weekly", "--publish", "github", "--as-of", "2026-11-23"], { env });
    expect(ran).toMatchObject({ code: 0, err: expect.stringContaining("give the job permissions: { issues: read }") });
    made.github.repo(repo).data.hasIssues = false;
    expect(await made.run()).toMatchObject({ code: 0, err: "", json: { state: "unchanged" } });
    expect(await entries(made)).toEqual(["  - { id: 2026-W46-1, status: open, due: 2026-11-23, reason: null, issue: null }"]);
  });
});
