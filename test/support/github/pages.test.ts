import { expect, test } from "vitest";
import { acme, actions, serveAcme } from "./lab.ts";
import { markdown, markdownFile } from "./pages/markdown.ts";
import type { GitHub } from "./server.ts";

const place = { page: "/acme/app/blob/overpace/2026-W47/reviews/2026/x.md", raw: "/acme/app/raw/overpace/2026-W47" };

test.each([
  ["a comment", "a\n\n<!-- overpace:delta -->\n\nb <!-- c -->", "<p>a</p>\n\n<p>b </p>"],
  ["a script", "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"],
  ["an event handler", '<img src="x.svg" onerror="alert(1)">', '<img src="/acme/app/raw/overpace/2026-W47/reviews/2026/x.svg">'],
  ["a script address", "[a](javascript:alert(1))", '<p><a href="">a</a></p>'],
  [
    "an image beside the file",
    "![c](2026-W47.svg)",
    '<p><img src="/acme/app/raw/overpace/2026-W47/reviews/2026/2026-W47.svg" alt="c" /></p>',
  ],
  ["an image from the root", "![c](/charts/a.svg)", '<p><img src="/acme/app/raw/overpace/2026-W47/charts/a.svg" alt="c" /></p>'],
  ["an alert", "> [!WARNING]\n> text", '<blockquote class="alert warning">\n<p><b>Warning</b>text</p>\n</blockquote>'],
  ["a mention in a file", "@octocat #1", "<p>@octocat #1</p>"],
])("Markdown in a file: %s", (_, text, html) => {
  expect(markdown(text, place).html.trim()).toBe(html);
});

test("mentions and numbers are links in issues, not in code", () => {
  const html = markdown("@octocat `@hubot` #12 a@b.c", { page: "/acme/app/issues/1", raw: null }, "/acme/app").html;
  expect(html).toContain('<a href="/octocat">@octocat</a> <code>@hubot</code> <a href="/acme/app/issues/12">#12</a>');
  expect(html).not.toContain('href="/b');
});

test("front matter is a table, nested ones too; a broken one says why", () => {
  const html = markdownFile("---\nreview: 2026-W47\nactions:\n  - id: <b>\n---\n# T\n", place).html;
  expect(html).toContain("<th>review</th><th>actions</th></tr><tr><td>2026-W47</td><td><table>");
  expect(html).toContain("&lt;b&gt;");
  expect(markdownFile("---\na: [\n---\n# T\n", place).html).toContain("Error in user YAML");
});

const look = async (address: string) => {
  const answer = await fetch(address);
  return { status: answer.status, type: answer.headers.get("content-type"), text: await answer.text(), url: answer.url };
};

async function demo(): Promise<GitHub> {
  const github = await serveAcme();
  const branch = "overpace/2026-W47";
  await github.repo("acme/app").commit(branch, {
    "reviews/x.md": "---\nreview: 2026-W47\n---\n# Costs\n\n![c](x.svg)\n",
    "reviews/x.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
  });
  const octokit = actions(github);
  const { data } = await octokit.pulls.create({
    ...acme,
    head: branch,
    base: "main",
    title: "Costs <up>",
    body: "| a | b |\n| - | - |\n| 1 | **2** |\n\nFixes #2",
  });
  await octokit.pulls.requestReviewers({ ...acme, pull_number: 1, reviewers: ["hubot"] });
  await octokit.issues.addLabels({ ...acme, issue_number: 1, labels: ["ai-cost"] });
  await octokit.issues.create({ ...acme, title: "Do it", body: "text" });
  await octokit.checks.create({
    ...acme,
    name: "overpace",
    head_sha: data.head.sha,
    conclusion: "action_required",
    output: { title: "3 things", summary: "- one" },
  });
  return github;
}

test("every html_url leads to a page that shows the thing", async () => {
  const github = await demo();
  const octokit = actions(github);
  const pull = await look((await octokit.pulls.get({ ...acme, pull_number: 1 })).data.html_url);
  for (const part of [
    "Costs &lt;up&gt;",
    "ai-cost",
    "Reviewers asked: hubot",
    "<strong>2</strong>",
    "reviews/x.md",
    "+# Costs",
    "3 things",
    "Merging: clean",
  ]) {
    expect(pull.text).toContain(part);
  }
  const issue = await look((await octokit.issues.get({ ...acme, issue_number: 2 })).data.html_url);
  expect(issue).toMatchObject({ status: 200, text: expect.stringContaining("Do it") });
  const { data } = await octokit.repos.getContent({ ...acme, path: "reviews/x.md", ref: "overpace/2026-W47" });
  const file = await look("html_url" in data ? (data.html_url ?? "") : "");
  expect(file.text).toContain("<th>review</th>");
  const image = await look(`${github.webUrl}${/<img src="([^"]+)"/.exec(file.text)?.[1]}`);
  expect(image).toMatchObject({ status: 200, type: "image/svg+xml" });
  const [run] = (await octokit.checks.listForRef({ ...acme, ref: "overpace/2026-W47" })).data.check_runs;
  expect((await look(run?.html_url ?? "")).text).toContain("3 things");
  expect((await look((await octokit.repos.get(acme)).data.html_url)).text).toContain("overpace/2026-W47");
});

test("lists, folders, other kinds of the same number, and what is not there", async () => {
  const github = await demo();
  const page = (path: string) => look(github.webUrl + path);
  expect((await page("/")).text).toContain("/acme/app");
  expect((await page("/acme/app/issues")).text).toContain("Pull requests");
  expect((await page("/acme/app/issues/1")).url).toBe(`${github.webUrl}/acme/app/pull/1`);
  expect((await page("/acme/app/tree/overpace/2026-W47")).text).toContain("reviews/");
  expect((await page("/acme/app/blob/overpace/2026-W47/reviews/x.svg?raw=true")).type).toBe("image/svg+xml");
  expect((await page("/octocat")).text).toContain("octocat");
  expect((await page("/apps/github-actions")).text).toContain("github-actions[bot]");
  expect((await page(`/acme/app/commit/${github.repo("acme/app").head("overpace/2026-W47")}`)).text).toContain("+# Costs");
  for (const path of ["/acme/app/pull/9", "/acme/app/blob/main/nope", "/nobody/nothing", "/acme/app/%zz"])
    expect((await page(path)).status).toBe(404);
});
