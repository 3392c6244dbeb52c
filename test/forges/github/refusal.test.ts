import { expect, it } from "vitest";
import { Problem } from "../../../src/core/problem.ts";
import { isPassing, problemOf, reasonOf, refusalOf } from "../../../src/forges/github/refusal.ts";

const http = (status: number, message: string) => Object.assign(new Error(message), { status });
const graphql = (type: string | undefined, message: string) =>
  Object.assign(new Error(`Request failed due to following response errors:\n - ${message}`), { errors: [{ type, message }] });

/** Words of GitHub that the test server does not say. */
it.each<[string, Error, string, string]>([
  [
    "a branch rule",
    http(422, "Repository rule violations found\n\nCannot create ref due to creations being restricted."),
    "a rule of",
    "Rules",
  ],
  [
    "a rule, by GraphQL",
    graphql("UNPROCESSABLE", "Repository rule violations found\n\nChanges must be made through a pull request."),
    "(422)",
    "Rules",
  ],
  [
    "classic protection",
    http(409, "Could not update file: At least 1 approving review; protected branch hook declined"),
    "a rule of",
    "Branches",
  ],
  [
    "a permission, by GraphQL",
    graphql("FORBIDDEN", "Resource not accessible by integration"),
    "lacks a permission (403)",
    "contents: write",
  ],
  ["archived, by GraphQL", graphql("FORBIDDEN", "Repository was archived so is read-only."), "is archived", "unarchive"],
  [
    "single sign-on",
    http(403, "Resource protected by organization SAML enforcement. You must grant your OAuth token access."),
    "single sign-on",
    "SSO",
  ],
  [
    "an allow list",
    http(403, "Although you appear to have the correct authorization credentials, the organization has an IP allow list enabled"),
    "allow list",
    "list",
  ],
  ["a secondary limit", http(403, "You have exceeded a secondary rate limit."), "rate limit is used up", "in an hour"],
  ["a limit without words", http(429, "Too Many Requests"), "rate limit is used up", "in an hour"],
  ["words about limits with another status", http(404, "rate limit"), "knows no such repository", "GITHUB_REPOSITORY"],
  ["switched off", http(410, "Pull requests are disabled for this repo"), "switched off", "Settings → General"],
  [
    "nothing to bring",
    http(422, 'Validation Failed: {"message":"No commits between main and overpace/2026-W47"}'),
    "brings nothing",
    "git pull",
  ],
  ["no write access", http(422, 'Validation Failed: {"message":"must be a collaborator"}'), "may not create", "write access"],
  ["a host that does not answer", http(502, "Bad Gateway"), "does not answer (502)", "run again later"],
  ["anything else", http(422, "Something new"), "GitHub refused (422): Something new", "run again"],
])("%s becomes one sentence with the setting to change", (_, error, what, remedy) => {
  const problem = problemOf(error, "proposing 2026-W47");
  if (!(problem instanceof Problem)) return expect.fail("not refused on purpose");
  expect(problem.message).toMatch(/^proposing 2026-W47: [^\n]+$/);
  expect(problem.message).toContain(what);
  expect(problem.remedy).toContain(remedy);
  expect(problem.remedy).not.toContain("\n");
});

it("a head that moved is told from what is refused", () => {
  const words = 'Expected branch to point to "a" but it did not.  Pull and try again.';
  expect(refusalOf(graphql("STALE_DATA", words))?.status).toBe(409);
  expect(refusalOf(graphql(undefined, words))?.status).toBe(409);
});

it("tokens in words of GitHub are blotted out", () => {
  for (const token of ["ghs_123_abc.DEF-ghi_jkl", `github_pat_${"a1".repeat(41)}`, "ghp_0123456789"])
    expect(reasonOf({ status: 418, message: `no ${token} here` })).toBe("GitHub refused (418): no *** here");
});

it("bugs stay bugs; limits and silence pass, refusals do not", () => {
  const bug = new TypeError("x is not a function");
  expect(problemOf(bug, "reading")).toBe(bug);
  expect([http(500, ""), http(429, ""), http(403, "secondary rate limit")].map((error) => isPassing(error))).toEqual([true, true, true]);
  expect([http(403, "Resource not accessible"), http(422, "rate limit")].map((error) => isPassing(error))).toEqual([false, false]);
});

it("says of what spoils nothing, too, that the host did not answer: nobody refused", () => {
  expect(reasonOf({ status: 500, message: "other side closed" })).toBe(
    "GitHub does not answer (500): other side closed: run again later, and check GITHUB_API_URL and the network if it stays",
  );
});
