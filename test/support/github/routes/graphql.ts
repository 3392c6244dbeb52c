import { checkAccess, roleIn } from "../access.ts";
import { type Answer, type Call, type Fields, isFields, ok, textOf } from "../call.ts";
import { writeCommit, writeObject } from "../git/objects.ts";
import { readBranch, setRef } from "../git/refs.ts";
import { type Change, changeTree, findPath, treeOf } from "../git/trees.ts";
import { Refusal, refuse } from "../refusal.ts";
import { webOf } from "../shapes/repo.ts";
import { findRepo, now, type Repo } from "../state.ts";
import { noreply, protectionReason, webFlow } from "../writes.ts";

const field = "createCommitOnBranch";

/** An error of GraphQL: the answer stays 200. */
const failed = (type: string, message: string): Answer =>
  ok({ data: { [field]: null }, errors: [{ type, path: [field], locations: [{ line: 1, column: 1 }], message }] });

const malformed = (message: string): Answer => ok({ errors: [{ message, locations: [{ line: 1, column: 1 }] }] });

const listIn = (fields: Fields, key: string): Fields[] => {
  const value = fields[key];
  return Array.isArray(value) ? value.filter(isFields) : [];
};

/** The changes of a mutation, or what is wrong with one of them. */
async function changesIn(repo: Repo, tree: string, input: Fields): Promise<Change[] | Answer> {
  const files = isFields(input["fileChanges"]) ? input["fileChanges"] : {};
  const changes: Change[] = [];
  for (const addition of listIn(files, "additions")) {
    const [path, contents] = [textOf(addition, "path"), textOf(addition, "contents")];
    if (path === undefined || contents === undefined)
      return malformed("Variable $input was provided invalid value for fileChanges.additions");
    if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(contents)) return failed("UNPROCESSABLE", `The contents of ${path} are not valid Base64`);
    if (path === "" || path.split("/").some((part) => ["", ".", "..", ".git"].includes(part))) {
      return failed("UNPROCESSABLE", `A path was requested to be written that is not valid: ${path}`);
    }
    const old = await findPath(repo.store, tree, path);
    const mode = old !== null && old.mode !== "040000" ? old.mode : "100644";
    changes.push({ path, mode, sha: writeObject(repo.store, "blob", Buffer.from(contents, "base64")) });
  }
  for (const deletion of listIn(files, "deletions")) {
    const path = textOf(deletion, "path") ?? "";
    const old = await findPath(repo.store, tree, path);
    if (old === null || old.mode === "040000")
      return failed("NOT_FOUND", `A path was requested for deletion which does not exist as of commit oid: ${path}`);
    changes.push({ path, mode: "100644", sha: null });
  }
  return changes;
}

interface Target {
  readonly repo: Repo;
  readonly branch: string;
}

function targetOf(call: Call, input: Fields): Target | Answer {
  const place = isFields(input["branch"]) ? input["branch"] : {};
  const name = textOf(place, "repositoryNameWithOwner");
  const branch = textOf(place, "branchName")?.replace(/^refs\/heads\//, "");
  if (name === undefined || branch === undefined)
    return malformed("Variable $input was provided invalid value for branch (this server knows names, not ids)");
  const repo = findRepo(call.state, name);
  if (repo === undefined || roleIn(repo, call.token) === "none") {
    return failed("NOT_FOUND", `Could not resolve to a Repository with the name '${name}'.`);
  }
  try {
    checkAccess({ area: "contents", level: "write" }, repo, call.token, {});
  } catch (error) {
    if (error instanceof Refusal) return failed("FORBIDDEN", error.message);
    throw error;
  }
  return { repo, branch };
}

/** One commit of many files; GitHub always signs it. */
async function createCommitOnBranch(call: Call, input: Fields): Promise<Answer> {
  const expected = textOf(input, "expectedHeadOid");
  const message = isFields(input["message"]) ? textOf(input["message"], "headline") : undefined;
  if (expected === undefined) {
    return malformed(
      "Variable $input of type CreateCommitOnBranchInput! was provided invalid value for expectedHeadOid (Expected value to not be null)",
    );
  }
  if (message === undefined || !isFields(input["message"])) return malformed("Variable $input was provided invalid value for message");
  const target = targetOf(call, input);
  if ("status" in target) return target;
  const { repo, branch } = target;
  const head = readBranch(repo.store, branch);
  if (head === null) return failed("NOT_FOUND", `Could not resolve to a branch with the name '${branch}'.`);
  const stale = failed("STALE_DATA", `Expected branch to point to "${expected}" but it did not.  Pull and try again.`);
  if (head !== expected) return stale;
  const reason = protectionReason(repo, branch);
  if (reason !== null) return failed("UNPROCESSABLE", reason);
  const base = (await treeOf(repo.store, head)) ?? "";
  const changes = await changesIn(repo, base, input);
  if ("status" in changes) return changes;
  const body = textOf(input["message"], "body");
  const sha = writeCommit(repo.store, {
    tree: await changeTree(repo.store, base, changes),
    parents: [head],
    author: noreply(call.state, call.token?.user ?? repo.owner),
    committer: webFlow(call.state),
    message: body === undefined || body === "" ? message : `${message}\n\n${body}`,
  });
  if (!(await setRef(repo.store, `refs/heads/${branch}`, sha, head))) return stale;
  repo.verified.add(sha);
  repo.pushedAt = now(call.state);
  const commit = {
    oid: sha,
    url: `${webOf(call.state, repo)}/commit/${sha}`,
    committedDate: now(call.state),
    signature: { isValid: true },
  };
  const ref = { name: branch, prefix: "refs/heads/", target: { oid: sha } };
  return ok({ data: { [field]: { clientMutationId: textOf(input, "clientMutationId") ?? null, commit, ref } } });
}

/** The one mutation this server knows, with its input as a variable; it answers all fields of the commit, not only those selected. */
export async function graphql(call: Call): Promise<Answer> {
  if (call.token === null) throw refuse(401, "Requires authentication");
  const query = textOf(call.body, "query") ?? "";
  const variables = isFields(call.body["variables"]) ? call.body["variables"] : {};
  if (!/\bmutation\b/.test(query) || !query.includes(field)) return malformed(`The test server knows only the mutation ${field}`);
  const [, name = ""] = new RegExp(`${field}\\s*\\(\\s*input\\s*:\\s*\\$(\\w+)`).exec(query) ?? [];
  const input = variables[name];
  if (!isFields(input)) return malformed(`Variable $${name || "input"} of type CreateCommitOnBranchInput! was provided invalid value`);
  return createCommitOnBranch(call, input);
}
