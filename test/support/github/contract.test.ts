import { expect, test } from "vitest";
import { contract } from "./contract.ts";
import { cut } from "./cut-openapi.ts";
import { acme, actions, serveAcme } from "./lab.ts";
import { routes } from "./routes/index.ts";
import { startGitHub } from "./server.ts";

const path = "/repos/{owner}/{repo}/issues/{issue_number}";

test("the slice describes every route of the server", () => {
  const unknown = routes.filter(({ method, path }) => {
    const statuses = [200, 201, 202, 204, 301];
    return !statuses.some((status) => contract().answer(method, path, status, undefined).documented);
  });
  expect(unknown.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
});

test("a wrong body of a documented status is a problem, an undocumented status is not", () => {
  expect(contract().answer("GET", path, 200, { number: 1 })).toMatchObject({
    documented: true,
    problem: expect.stringMatching(/must have required property/),
  });
  expect(contract().answer("GET", path, 404, { message: "Not Found" })).toEqual({ documented: true, problem: null });
  expect(contract().answer("GET", path, 418, { message: "tea" })).toEqual({ documented: false, problem: null });
});

test("a request that breaks the description is refused in GitHub's words", () => {
  const request = (body: object) => contract().request("POST", "/repos/{owner}/{repo}/git/refs", body);
  expect(request({ ref: "refs/heads/x", sha: "a" })).toBeNull();
  expect(request({ ref: "refs/heads/x" })).toBe(`Invalid request.\n\n"sha" wasn't supplied.`);
  expect(request({ ref: 7, sha: "a" })).toMatch(/^Invalid request.\n\nFor 'properties\/ref', 7 must be string/);
});

test("a server that answers wrongly says 500, and stopping it throws", async () => {
  const github = await startGitHub({ repos: { "acme/app": { files: { a: "a" } } } });
  await github.as("acme").request("POST", "/repos/acme/app/issues", { title: "t" });
  const [issue] = github.repo("acme/app").issues();
  if (issue !== undefined) issue.title = 7 as unknown as string;
  const answer = await fetch(`${github.url}/repos/acme/app/issues/1`, { headers: { "user-agent": "test" } });
  expect(answer.status).toBe(500);
  expect(await answer.text()).toContain("body/title must be string");
  await expect(github.close()).rejects.toThrow(
    /GET \/repos\/\{owner\}\/\{repo\}\/issues\/\{issue_number\} 200: body\/title must be string/,
  );
});

test("statuses that GitHub does not describe are remembered as warnings", async () => {
  const github = await serveAcme();
  await expect(actions(github, { contents: "read" }).checks.create({ ...acme, name: "n", head_sha: "0".repeat(40) })).rejects.toThrow();
  expect(github.findings).toEqual({ warnings: ["POST /repos/{owner}/{repo}/check-runs 403"], violations: [] });
});

test("cutting keeps what the wanted operations need, without prose, and turns nullable into null", () => {
  const whole = {
    info: { version: "1" },
    paths: {
      "/a": {
        get: {
          description: "prose",
          responses: { 200: { description: "prose", content: { "application/json": { schema: { $ref: "#/components/schemas/a" } } } } },
        },
      },
      "/b": { get: { responses: {} } },
    },
    components: {
      schemas: {
        a: {
          type: "object",
          properties: { description: { type: "string", nullable: true, description: "prose" }, title: { $ref: "#/components/schemas/c" } },
        },
        b: { type: "string" },
        c: { nullable: true, enum: ["x"] },
      },
    },
  };
  expect(cut(whole, [{ method: "GET", path: "/a" }])).toEqual({
    licence: expect.stringContaining("MIT"),
    version: "1",
    paths: { "/a": { get: { responses: { 200: { content: { "application/json": { schema: { $ref: "#/components/schemas/a" } } } } } } } },
    components: {
      schemas: {
        a: { type: "object", properties: { description: { type: ["string", "null"] }, title: { $ref: "#/components/schemas/c" } } },
        c: { anyOf: [{ enum: ["x"] }, { type: "null" }] },
      },
    },
  });
});
