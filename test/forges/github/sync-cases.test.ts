import { describe, expect, it } from "vitest";
import { type SyncLab, reviewOf, syncLab } from "./sync-lab.ts";

const repo = "acme/app";
const w47 = reviewOf("2026-11-23");
const two = reviewOf("2026-11-23", { actions: [{ n: 1 }, { n: 2, title: "Another" }] });
const files = (...reviews: { path: string; text: string }[]) => Object.fromEntries(reviews.map(({ path, text }) => [path, text]));
const writes = ({ github }: SyncLab) => github.requests.filter(({ method }) => method !== "GET");
const count = ({ github }: SyncLab) => github.repo(repo).issues().length;
const ask = (lab: SyncLab, method: string, path: string, body?: unknown) =>
  lab.github.as("boss").request(method, `/repos/${repo}${path}`, body);
async function silent(lab: SyncLab) {
  lab.github.forget();
  const result = await lab.run();
  expect(writes(lab)).toEqual([]);
  return result;
}

describe("an issue that is not where it was", () => {
  it("deleted: not made again, and said; with its number from the label, later from the reviews", async () => {
    const lab = await syncLab();
    await lab.push(files(w47));
    lab.github.repo(repo).deleteIssue(1);
    const ran = await silent(lab);
    expect(ran.json).toMatchObject({ created: 0, problems: [expect.stringContaining("its issue #1 was deleted")] });
    await ask(lab, "PATCH", "/labels/overpace:action", { description: "Ours" });
    const carried = reviewOf("2026-11-30", {
      actions: [],
      previous: ["{ id: 2026-W47-1, status: open, due: 2026-12-14, reason: later, issue: 1 }"],
    });
    expect((await lab.push(files(carried))).json).toMatchObject({ created: 0, problems: [expect.stringContaining("#1 was deleted")] });
    expect(count(lab)).toBe(0);
  });

  it("transferred: not made again, linked where the token may look", async () => {
    const lab = await syncLab({ others: { "acme/other": { roles: { octocat: "write" } } } });
    await lab.push(files(two));
    lab.github.repo(repo).transferIssue(2, "acme/other");
    expect((await silent(lab)).json).toMatchObject({ created: 0, problems: [expect.stringContaining("#2 was deleted, or moved where")] });
    const { json } = await lab.runAs(["--publish", "github", "--json"], { GITHUB_TOKEN: lab.github.token({ user: "octocat" }) });
    expect(json).toMatchObject({ created: 0, problems: [expect.stringContaining("its issue #2 was transferred to acme/other#1")] });
  });

  it("locked: the text is kept up to date; what GitHub refuses is said, and the others go on", async () => {
    const lab = await syncLab();
    await lab.push(files(two));
    await ask(lab, "PUT", "/issues/1/lock", { lock_reason: "resolved" });
    const later = reviewOf("2026-11-23", {
      actions: [
        { n: 1, due: "2026-12-18" },
        { n: 2, title: "Another", due: "2026-12-18" },
      ],
    });
    expect((await lab.push(files(later))).json).toMatchObject({ updated: 2, problems: [] });
    expect(lab.bodyOf(1)).toContain("2026-12-18");
  });
});

describe("labels and markers that people touched", () => {
  it("the label renamed: the issue is found without it", async () => {
    const lab = await syncLab();
    await lab.push(files(w47));
    await ask(lab, "PATCH", "/labels/overpace:action", { new_name: "cost-action" });
    expect((await silent(lab)).json).toMatchObject({ created: 0, unchanged: 1, problems: [] });
    await lab.push(files(two));
    expect(count(lab)).toBe(2);
    await silent(lab);
  });

  it("the marker taken out of the text: the issue is known by its number and gets it back, above what people wrote", async () => {
    const lab = await syncLab();
    await lab.push(files(w47));
    await ask(lab, "PATCH", "/issues/1", { body: "All mine now." });
    expect((await lab.run()).json).toMatchObject({ created: 0, updated: 1 });
    expect(lab.bodyOf(1)).toMatch(/^<!-- overpace:action 2026-W47-1 -->[^]*<!-- \/overpace:action -->\n\nAll mine now\.$/);
    await silent(lab);
  });

  it("a damaged text is left as it is, and said with its line", async () => {
    const lab = await syncLab();
    await lab.push(files(two));
    const damaged = lab.bodyOf(1).replace("<!-- /overpace:action -->", "");
    await ask(lab, "PATCH", "/issues/1", { body: damaged });
    expect((await silent(lab)).json).toMatchObject({
      unchanged: 2,
      problems: [expect.stringMatching(/issue #1 is left as it is: its text is damaged on line 1: .* is not closed; put the line/)],
    });
    expect(lab.bodyOf(1)).toBe(damaged);
  });

  it("a copy of an issue: the older one counts", async () => {
    const lab = await syncLab();
    await lab.push(files(w47));
    await ask(lab, "POST", "/issues", { title: "Copy", body: lab.bodyOf(1), labels: ["overpace:action"] });
    expect((await silent(lab)).json).toMatchObject({ unchanged: 1, problems: [expect.stringContaining("#2 bears the marker of #1")] });
  });

  it("a stranger's issue with the marker is not taken for ours", async () => {
    const lab = await syncLab();
    await lab.github
      .as("stranger")
      .request("POST", `/repos/${repo}/issues`, { title: "Mine", body: "<!-- overpace:action 2026-W47-1 -->\n" });
    expect((await lab.push(files(w47))).json).toMatchObject({ created: 1, issues: [{ issue: 2 }] });
    await silent(lab);
  });
});

describe("a large repository", () => {
  it("1,000 issues and pull requests among them: ours are found on any page, at most 12 requests, none of them a search", async () => {
    const lab = await syncLab();
    await lab.push(files(w47));
    const { data } = lab.github.repo(repo);
    const [one] = data.issues;
    if (!one) throw new Error("there is no issue");
    const pull = {
      headRepo: data,
      headRef: "gone",
      headSha: "0".repeat(40),
      baseRef: "main",
      baseSha: "0".repeat(40),
      draft: false,
      merge: null,
      reviewers: [],
      reviews: [],
    };
    for (let number = 2; number <= 1001; number++)
      data.issues.push({
        ...one,
        id: 10_000 + number,
        number,
        title: `Issue ${number}`,
        body: number % 2 === 0 ? null : one.body,
        labels: number % 3 === 0 ? one.labels : [],
        comments: [],
        events: [],
        pull: number % 2 === 0 ? null : pull,
        state: "closed",
      });
    expect((await silent(lab)).json).toMatchObject({ created: 0, unchanged: 1, problems: [] });
    one.labels = [];
    expect((await silent(lab)).json).toMatchObject({ created: 0, unchanged: 1, problems: [] });
    expect(lab.github.requests.length).toBeLessThanOrEqual(18);
    expect(lab.github.requests.filter(({ path }) => path.startsWith("/search"))).toEqual([]);
  });
});

describe("what is refused", () => {
  it("without --publish github", async () => {
    const lab = await syncLab();
    await lab.pull();
    expect(await lab.runAs([], {})).toMatchObject({ code: 2, err: expect.stringContaining("run overpace sync --publish github") });
  });

  it("issues switched off: one sentence with the setting", async () => {
    const lab = await syncLab({ repo: { issues: false } });
    const { code, err, out } = await lab.push(files(w47));
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toBe(
      "error: listing issues: issues are switched off in the repository (410)\n  do: switch them on (Settings → General → Features → Issues), or do without overpace sync\n",
    );
  });

  it("a token that may only read: each issue is said, with the permission", async () => {
    const lab = await syncLab({ permissions: { contents: "read", issues: "read", metadata: "read" } });
    const { code, json } = await lab.push(files(w47));
    expect({ code, json }).toMatchObject({
      code: 3,
      json: { created: 0, problems: [expect.stringContaining("permissions: { issues: write }")] },
    });
  });

  it("an archived repository is named, not a permission", async () => {
    const lab = await syncLab();
    await lab.github.repo("acme/app").commit("main", files(w47));
    await lab.pull();
    lab.github.repo("acme/app").data.archived = true;
    const { json } = await lab.run();
    expect(json).toMatchObject({
      created: 0,
      problems: [expect.stringContaining("the repository is archived (403): unarchive it, or publish to another repository")],
    });
  });

  it("a token that may not even read", async () => {
    const lab = await syncLab({ permissions: { contents: "read", metadata: "read" } });
    expect(await lab.push(files(w47))).toMatchObject({ code: 3, err: expect.stringContaining("permissions: { issues: write }") });
  });
});

describe("an escalation", () => {
  it("is an issue with the pack, assigned to whom it names, who is mentioned there alone", async () => {
    const lab = await syncLab();
    const more =
      'about: forecast, why: "Summarization runs on 40 % of tickets, @product expected 25 %", options: ["Cap it at 25 %", "Raise the plan"], recommendation: "Cap it until December", to: "@boss"';
    const review = reviewOf("2026-11-23", { actions: [{ decision: "escalate", title: "Decide on a cap", due: "2026-11-27", more }] });
    await lab.push(files(review));
    const body = lab.bodyOf(1);
    expect(
      lab.github
        .repo(repo)
        .issues()[0]
        ?.assignees.map(({ login }) => login),
    ).toEqual(["boss"]);
    expect(body).toContain("**To decide:** @boss, by 2026-11-27");
    expect(body).toContain(
      "**Forecast:** $19,020.00 for the month at the current pace against a plan of $16,000.00 (+18.9 %); the last 7 days $4,820.00, +$870.00 on the 7 before",
    );
    expect(body).toContain("  1. Cap it at 25 %\n  2. Raise the plan\n");
    expect(body).toContain("**Recommendation:** Cap it until December");
    expect(body.match(/@[a-z]/g)).toEqual(["@b"]);
    await silent(lab);
  });

  it("says how many options it leaves to the review", async () => {
    const lab = await syncLab();
    const options = Array.from({ length: 15 }, (_, index) => `Way ${index + 1}`);
    const more = `why: "A launch", options: ${JSON.stringify(options)}, recommendation: "Way 1", to: "@boss"`;
    await lab.push(files(reviewOf("2026-11-23", { actions: [{ decision: "escalate", title: "Decide on a cap", more }] })));
    expect(lab.bodyOf(1)).toContain("  12. Way 12\n  - 3 more in the review\n");
  });
});

describe("a revised forecast", () => {
  it("is an issue with the new amount of the month and who is told of it", async () => {
    const lab = await syncLab();
    const more = 'forecast: 17900.5, communication: "The owner tells finance by mail"';
    await lab.push(files(reviewOf("2026-11-23", { actions: [{ decision: "revise-forecast", title: "Plan for the launch", more }] })));
    expect(lab.bodyOf(1)).toContain("**New forecast:** $17,900.50 for the month\n- **Communication:** The owner tells finance by mail\n");
  });
});
