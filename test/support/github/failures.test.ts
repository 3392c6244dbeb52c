import { expect, test } from "vitest";
import type { Failure } from "./failures.ts";
import { acme, actions, client, ended, person, serveAcme } from "./lab.ts";
import type { GitHub } from "./server.ts";

const titles = (github: GitHub): string[] =>
  github
    .repo("acme/app")
    .issues()
    .map((issue) => issue.title);

test.each<[Failure, number, string[]]>([
  ["no-answer", 500, []],
  ["502", 502, []],
  ["secondary-limit", 403, []],
  [{ limit: 429, retryAfter: 7 }, 429, []],
  ["lost-answer", 500, ["two"]],
])("the second request cut by %j", async (how, status, left) => {
  const github = await serveAcme();
  const octokit = actions(github);
  github.failures.failAt(2, how);
  const create = (title: string) => ended(octokit.issues.create({ ...acme, title }));
  expect((await create("one")).status).toBe(201);
  expect((await create("two")).status).toBe(status);
  expect(titles(github)).toEqual(["one", ...left]);
  expect((await create("three")).status).toBe(201);
  expect(github.requests.map((one) => [one.n, one.method, one.failure])).toEqual([
    [1, "POST", null],
    [2, "POST", how],
    [3, "POST", null],
  ]);
  expect(github.requests[1]?.status).toBe(how === "no-answer" || how === "lost-answer" ? null : status);
});

test.each(["no-answer", "lost-answer"] as const)("a read with %s is asked once: the client does not repeat it by itself", async (how) => {
  const github = await serveAcme();
  const octokit = actions(github);
  await octokit.repos.get(acme);
  github.failures.failAt(2, how);
  expect((await ended(octokit.repos.get(acme))).status).toBe(500);
  expect(github.requests.map((one) => one.status)).toEqual([200, null]);
});

test("secondary limits say when to come again", async () => {
  const github = await serveAcme();
  const ask = async (how: Failure) => {
    github.failures.failWhen({ method: "GET", path: /\/labels/ }, how);
    return fetch(`${github.url}/repos/acme/app/labels`, { headers: { "user-agent": "test" } });
  };
  const first = await ask("secondary-limit");
  expect([first.status, first.headers.get("retry-after")]).toEqual([403, "0"]);
  expect(await first.text()).toContain("You have exceeded a secondary rate limit");
  const second = await ask({ limit: 429, retryAfter: 60 });
  expect([second.status, second.headers.get("retry-after")]).toEqual([429, "60"]);
});

test("something happens between two requests, and counting begins anew after forget", async () => {
  const github = await serveAcme();
  const octokit = actions(github);
  const repo = github.repo("acme/app");
  const moved: string[] = [];
  github.failures.before(2, async () => {
    moved.push(await repo.commit("main", { "person.md": "hi\n" }, { by: "octocat" }));
    await github.as("hubot").comment("acme/app", 1, "meanwhile");
  });
  await octokit.issues.create({ ...acme, title: "t" });
  const { data } = await octokit.git.getRef({ ...acme, ref: "heads/main" });
  expect([data.object.sha]).toEqual(moved);
  expect(repo.issues()[0]?.comments.map((one) => one.body)).toEqual(["meanwhile"]);
  expect(github.requests).toHaveLength(2);
  github.forget();
  github.failures.failAt(1, "502");
  expect((await ended(octokit.repos.get(acme))).status).toBe(502);
  expect(github.requests.map((one) => one.n)).toEqual([1]);
});

test("what has not changed is 304 and costs nothing", async () => {
  const github = await serveAcme();
  const authorization = `Bearer ${github.token({ user: "octocat" })}`;
  const get = (etag?: string) =>
    fetch(`${github.url}/repos/acme/app/issues`, {
      headers: { authorization, "user-agent": "test", ...(etag === undefined ? {} : { "if-none-match": etag }) },
    });
  const first = await get();
  const etag = first.headers.get("etag") ?? "";
  expect([first.status, first.headers.get("x-ratelimit-remaining")]).toEqual([200, "4999"]);
  const again = await get(etag);
  expect([again.status, await again.text(), again.headers.get("x-ratelimit-remaining")]).toEqual([304, "", "4999"]);
  await github.as("hubot").request("POST", "/repos/acme/app/issues", { title: "new" });
  const changed = await get(etag);
  expect([changed.status, changed.headers.get("x-ratelimit-remaining")]).toEqual([200, "4998"]);
});

test("the primary limit counts down and then refuses", async () => {
  const github = await serveAcme();
  const octokit = client(github, github.token({ user: "octocat", limit: 2 }));
  for (const remaining of ["1", "0"]) expect((await octokit.repos.get(acme)).headers["x-ratelimit-remaining"]).toBe(remaining);
  const result = await ended(octokit.repos.get(acme));
  expect(result).toMatchObject({ status: 403 });
  expect(result.message).toMatch(/^API rate limit exceeded/);
  expect((await octokit.rateLimit.get()).data.rate).toMatchObject({ limit: 2, remaining: 0, used: 2 });
});

test("pages of 30, at most 100, with links to the others", async () => {
  const github = await serveAcme();
  const octokit = person(github, "octocat");
  const hubot = github.as("hubot");
  for (let at = 1; at <= 105; at++) await hubot.request("POST", "/repos/acme/app/issues", { title: `${at}` });
  const list = (query: object) => octokit.issues.listForRepo({ ...acme, ...query });
  const first = await list({});
  expect(first.data).toHaveLength(30);
  expect(first.headers.link).toBe(
    `<${github.url}/repos/acme/app/issues?page=2>; rel="next", <${github.url}/repos/acme/app/issues?page=4>; rel="last"`,
  );
  expect((await list({ per_page: 1000 })).data).toHaveLength(100);
  const last = await list({ page: 4 });
  expect(last.data).toHaveLength(15);
  expect(last.headers.link).toMatch(/page=3>; rel="prev".*page=1>; rel="first"/);
  expect((await list({ page: 9 })).data).toEqual([]);
  github.forget();
  expect(await octokit.paginate(octokit.issues.listForRepo, { ...acme, per_page: 50 })).toHaveLength(105);
  expect(github.requests).toHaveLength(3);
});
