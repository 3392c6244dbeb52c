import { test } from "vitest";
import { acme, base64, branch } from "./lab.ts";
import { holds, type Row } from "./strict-rows.ts";

const file = { ...acme, path: "README.md", message: "m", content: base64("new") };

const rows: readonly Row[] = [
  {
    what: "a ref that exists",
    ask: (o, g) => o.git.createRef({ ...acme, ref: `refs/heads/${branch}`, sha: g.repo("acme/app").head() ?? "" }),
    status: 422,
    says: /^Reference already exists$/,
  },
  {
    what: "a ref to nothing",
    ask: (o) => o.git.createRef({ ...acme, ref: "refs/heads/x", sha: "0".repeat(40) }),
    status: 422,
    says: /^Object does not exist$/,
  },
  {
    what: "a ref with a bad name",
    ask: (o, g) => o.git.createRef({ ...acme, ref: "refs/heads/x..y", sha: g.repo("acme/app").head() ?? "" }),
    status: 422,
  },
  {
    what: "a ref inside another",
    ask: (o, g) => o.git.createRef({ ...acme, ref: `refs/heads/${branch}/x`, sha: g.repo("acme/app").head() ?? "" }),
    status: 422,
  },
  {
    what: "a ref moved backwards",
    ask: (o, g) => o.git.updateRef({ ...acme, ref: `heads/${branch}`, sha: g.repo("acme/app").head() ?? "" }),
    status: 422,
    says: /^Update is not a fast forward$/,
  },
  { what: "a ref that is not there", ask: (o) => o.git.getRef({ ...acme, ref: "heads/overpace" }), status: 404 },
  {
    what: "a ref deleted twice",
    ask: (o) => o.git.deleteRef({ ...acme, ref: "heads/nope" }),
    status: 422,
    says: /^Reference does not exist$/,
  },
  {
    what: "a file replaced without its SHA",
    ask: (o) => o.repos.createOrUpdateFileContents(file),
    status: 422,
    says: /"sha" wasn't supplied/,
  },
  {
    what: "a file replaced with a wrong SHA",
    ask: (o) => o.repos.createOrUpdateFileContents({ ...file, sha: "0".repeat(40) }),
    status: 409,
    says: /README.md does not match 0000/,
  },
  {
    what: "a file on an unknown branch",
    ask: (o) => o.repos.createOrUpdateFileContents({ ...file, path: "b.md", branch: "nope" }),
    status: 404,
  },
  {
    what: "a file that is no base64",
    ask: (o) => o.repos.createOrUpdateFileContents({ ...file, path: "b.md", content: "ä" }),
    status: 422,
    says: /not valid Base64/,
  },
  { what: "a file that is not there", ask: (o) => o.repos.getContent({ ...acme, path: "nope.md" }), status: 404 },
  {
    what: "a file of a branch that is not there",
    ask: (o) => o.repos.getContent({ ...acme, path: "README.md", ref: "nope" }),
    status: 404,
  },
  {
    what: "a tree of an unknown blob",
    ask: (o) => o.git.createTree({ ...acme, tree: [{ path: "a", mode: "100644", type: "blob", sha: "0".repeat(40) }] }),
    status: 422,
    says: /is not a valid blob/,
  },
  {
    what: "a tree with a path out of it",
    ask: (o) => o.git.createTree({ ...acme, tree: [{ path: "../a", mode: "100644", content: "x" }] }),
    status: 422,
    says: /malformed path/,
  },
  { what: "a commit of an unknown tree", ask: (o) => o.git.createCommit({ ...acme, message: "m", tree: "0".repeat(40) }), status: 422 },
  {
    what: "a merge with a wrong SHA",
    ask: (o) => o.pulls.merge({ ...acme, pull_number: 1, sha: "0".repeat(40) }),
    status: 409,
    says: /Head branch was modified/,
  },
  {
    what: "a merge without a body",
    ask: (o) => o.request("PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge", { ...acme, pull_number: 1 }),
    status: 200,
  },
  {
    what: "the settings of Actions by Actions",
    ask: (o) => o.actions.getGithubActionsDefaultWorkflowPermissionsRepository(acme),
    status: 403,
    says: /Resource not accessible by integration/,
  },
  {
    what: "the settings of Actions by an admin",
    by: "boss",
    ask: (o) => o.actions.getGithubActionsDefaultWorkflowPermissionsRepository(acme),
    status: 200,
  },
  {
    what: "a file written by a reader",
    by: "reader",
    ask: (o) => o.repos.createOrUpdateFileContents({ ...file, path: "b.md" }),
    status: 403,
  },
  { what: "a repository that is not there", ask: (o) => o.repos.get({ owner: "acme", repo: "nope" }), status: 404 },
];

test.each(rows)("$what: $status", holds);
