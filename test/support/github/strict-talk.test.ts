import type { Octokit } from "@octokit/rest";
import { test } from "vitest";
import { acme, branch, pull } from "./lab.ts";
import type { GitHub } from "./server.ts";
import { holds, type Row } from "./strict-rows.ts";

const long = (length: number): string => "x".repeat(length);

const rows: readonly Row[] = [
  {
    what: "a second pull request of a branch",
    ask: (o) => o.pulls.create(pull),
    status: 422,
    error: { resource: "PullRequest", code: "custom", message: `A pull request already exists for acme:${branch}.` },
  },
  {
    what: "an unknown head",
    ask: (o) => o.pulls.create({ ...pull, head: "nope" }),
    status: 422,
    error: { resource: "PullRequest", field: "head", code: "invalid" },
  },
  {
    what: "an unknown base",
    ask: (o) => o.pulls.create({ ...pull, base: "nope" }),
    status: 422,
    error: { resource: "PullRequest", field: "base", code: "invalid" },
  },
  {
    what: "a branch without commits of its own",
    ask: (o) => o.pulls.create({ ...pull, head: "same" }),
    status: 422,
    error: { resource: "PullRequest", code: "custom", message: "No commits between main and same" },
  },
  {
    what: "a pull request body of 65,537 characters",
    ask: (o) => o.pulls.create({ ...pull, head: "other", body: long(65_537) }),
    status: 422,
    error: { resource: "Issue", field: "body", code: "custom", message: "body is too long (maximum is 65536 characters)" },
  },
  {
    what: "a pull request body of 65,536 characters outside the basic plane",
    ask: (o) => o.pulls.create({ ...pull, head: "other", body: "😀".repeat(65_536) }),
    status: 201,
  },
  {
    what: "a pull request title of 257 characters",
    ask: (o) => o.pulls.update({ ...acme, pull_number: 1, title: long(257) }),
    status: 422,
    error: { resource: "Issue", field: "title", code: "custom", message: "title is too long (maximum is 256 characters)" },
  },
  {
    what: "a pull request without a title",
    ask: (o) => o.request("POST /repos/{owner}/{repo}/pulls", { ...acme, head: "other", base: "main" }),
    status: 422,
    error: { resource: "PullRequest", field: "title", code: "missing_field" },
  },
  {
    what: "a state that does not exist",
    ask: (o) => o.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", { ...acme, issue_number: 2, state: "nope" as "open" }),
    status: 422,
    says: /^Invalid request\./,
  },
  {
    what: "a reviewer nobody knows",
    ask: (o) => o.pulls.requestReviewers({ ...acme, pull_number: 1, reviewers: ["nobody"] }),
    status: 422,
    says: /not a collaborator of the acme\/app repository/,
  },
  {
    what: "a reviewer who is no collaborator",
    ask: (o) => o.pulls.requestReviewers({ ...acme, pull_number: 1, reviewers: ["stranger"] }),
    status: 422,
    says: /may only be requested from collaborators/,
  },
  {
    what: "a reviewer who may be asked",
    ask: (o) => o.pulls.requestReviewers({ ...acme, pull_number: 1, reviewers: ["hubot"] }),
    status: 201,
  },
  {
    what: "a label in another case",
    ask: (o) => o.issues.createLabel({ ...acme, name: "AI-Cost", color: "ff0000" }),
    status: 422,
    error: { resource: "Label", field: "name", code: "already_exists" },
  },
  {
    what: "a label with a bad colour",
    ask: (o) => o.issues.createLabel({ ...acme, name: "x", color: "#ff000" }),
    status: 422,
    error: { resource: "Label", field: "color", code: "invalid" },
  },
  {
    what: "a label description of 101 characters",
    ask: (o) => o.issues.createLabel({ ...acme, name: "x", description: long(101) }),
    status: 422,
    error: { resource: "Label", field: "description" },
  },
  {
    what: "a label description of 100 characters",
    ask: (o) => o.issues.createLabel({ ...acme, name: "x", description: long(100) }),
    status: 201,
  },
  {
    what: "a label that is not on the issue",
    ask: (o) => o.issues.removeLabel({ ...acme, issue_number: 2, name: "ai-cost" }),
    status: 404,
    says: /^Label does not exist$/,
  },
  { what: "a label by a reader", by: "reader", ask: (o) => o.issues.createLabel({ ...acme, name: "x" }), status: 403 },
  {
    what: "an issue title of 257 characters",
    ask: (o) => o.issues.create({ ...acme, title: long(257) }),
    status: 422,
    error: { resource: "Issue", field: "title", code: "custom" },
  },
  { what: "an issue title of 256 characters", ask: (o) => o.issues.create({ ...acme, title: long(256) }), status: 201 },
  {
    what: "an issue body of 65,537 characters",
    ask: (o) => o.issues.create({ ...acme, title: "t", body: long(65_537) }),
    status: 422,
    error: { resource: "Issue", field: "body", code: "custom", message: "body is too long (maximum is 65536 characters)" },
  },
  {
    what: "an issue without a title",
    ask: (o) => o.request("POST /repos/{owner}/{repo}/issues", { ...acme, title: "" }),
    status: 422,
    error: { resource: "Issue", field: "title", code: "missing_field" },
  },
  {
    what: "an assignee who is no collaborator",
    ask: (o) => o.issues.create({ ...acme, title: "t", assignees: ["stranger"] }),
    status: 422,
    error: { resource: "Issue", field: "assignees", code: "invalid", value: "stranger" },
  },
  {
    what: "whether a collaborator can be assigned",
    ask: (o) => o.issues.checkUserCanBeAssigned({ ...acme, assignee: "HubOt" }),
    status: 204,
  },
  {
    what: "whether a stranger can be assigned",
    ask: (o) => o.issues.checkUserCanBeAssigned({ ...acme, assignee: "stranger" }),
    status: 404,
  },
  { what: "an issue that never was", ask: (o) => o.issues.get({ ...acme, issue_number: 99 }), status: 404 },
  { what: "the issue of a pull request", ask: (o) => o.issues.get({ ...acme, issue_number: 1 }), status: 200 },
  {
    what: "a comment of 65,537 characters",
    ask: (o) => o.issues.createComment({ ...acme, issue_number: 2, body: long(65_537) }),
    status: 422,
    error: { resource: "IssueComment", field: "data", code: "unprocessable" },
  },
  {
    what: "51 annotations",
    ask: (o, g) =>
      o.checks.create({
        ...acme,
        name: "n",
        head_sha: g.repo("acme/app").head() ?? "",
        output: {
          title: "t",
          summary: "s",
          annotations: Array.from({ length: 51 }, () => ({
            path: "a",
            start_line: 1,
            end_line: 1,
            annotation_level: "notice" as const,
            message: "m",
          })),
        },
      }),
    status: 422,
    says: /No more than 50 items are allowed; 51 were supplied/,
  },
  {
    what: "a check summary of 65,536 characters",
    ask: (o, g) =>
      o.checks.create({ ...acme, name: "n", head_sha: g.repo("acme/app").head() ?? "", output: { title: "t", summary: long(65_536) } }),
    status: 422,
    says: /Only 65535 characters are allowed/,
  },
  {
    what: "a check without a name",
    ask: (o, g) => o.checks.create({ ...acme, name: " ", head_sha: g.repo("acme/app").head() ?? "" }),
    status: 422,
    error: { resource: "CheckRun", field: "name", code: "missing_field" },
  },
  {
    what: "a check output without a title",
    ask: (o, g) =>
      o.request("POST /repos/{owner}/{repo}/check-runs", {
        ...acme,
        name: "n",
        head_sha: g.repo("acme/app").head() ?? "",
        output: { summary: "s" } as { title: string; summary: string },
      }),
    status: 422,
    says: /"title" wasn't supplied/,
  },
  ...[
    { what: "an absolute path", annotation: { path: "/a" } },
    { what: "a line 0", annotation: { start_line: 0 } },
    { what: "an end before its start", annotation: { end_line: 1, start_line: 2 } },
    { what: "columns over two lines", annotation: { end_line: 2, start_column: 1 } },
    { what: "no message", annotation: { message: "" } },
    { what: "a title of 256 characters", annotation: { title: long(256) } },
  ].map(({ what, annotation }) => ({
    what: `an annotation with ${what}`,
    ask: (o: Octokit, g: GitHub) => {
      const sound = { path: "a", start_line: 1, end_line: 1, annotation_level: "notice" as const, message: "m" };
      const output = { title: "t", summary: "s", annotations: [{ ...sound, ...annotation }] };
      return o.checks.create({ ...acme, name: "n", head_sha: g.repo("acme/app").head() ?? "", output });
    },
    status: 422,
    says: /^Invalid request/,
  })),
  {
    what: "a check on an unknown commit",
    ask: (o) => o.checks.create({ ...acme, name: "n", head_sha: "0".repeat(40) }),
    status: 422,
    says: /No commit found for SHA/,
  },
  {
    what: "a check by a person",
    by: "boss",
    ask: (o, g) => o.checks.create({ ...acme, name: "n", head_sha: g.repo("acme/app").head() ?? "" }),
    status: 403,
    says: /must authenticate via a GitHub App/,
  },
  {
    what: "a status by a person",
    by: "octocat",
    ask: (o, g) => o.repos.createCommitStatus({ ...acme, sha: g.repo("acme/app").head() ?? "", state: "success" }),
    status: 201,
  },
  {
    what: "a status on an unknown commit",
    ask: (o) => o.repos.createCommitStatus({ ...acme, sha: "0".repeat(40), state: "success" }),
    status: 422,
  },
  {
    what: "approving one's own pull request",
    ask: (o) => o.pulls.createReview({ ...acme, pull_number: 1, event: "APPROVE" }),
    status: 422,
    says: /your own pull request/,
  },
  {
    what: "a pull request of somebody who cannot push",
    by: "reader",
    ask: (o) => o.pulls.create({ ...pull, head: "other" }),
    status: 422,
    error: { message: "must be a collaborator" },
  },
  {
    what: "an issue edited by a stranger",
    by: "stranger",
    ask: (o) => o.issues.update({ ...acme, issue_number: 2, title: "mine" }),
    status: 403,
  },
  {
    what: "an issue edited by its author, a reader",
    by: "reader",
    ask: (o) => o.issues.update({ ...acme, issue_number: 2, title: "mine" }),
    status: 200,
  },
];

test.each(rows)("$what: $status", holds);
