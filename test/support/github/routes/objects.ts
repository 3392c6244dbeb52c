import { type Fields, isFields, ok, read, type RepoCall, type Route, textOf, textsOf, write } from "../call.ts";
import { isoOf, type Person, readObject, writeObject } from "../git/objects.ts";
import { resolveCommit } from "../git/refs.ts";
import { type Change, changeTree, findPath, type Found, listFolder, treeOf, walk } from "../git/trees.ts";
import { notFound, refuse } from "../refusal.ts";
import { gitCommitShape } from "../shapes/commit.ts";
import { apiOf } from "../shapes/repo.ts";
import { node } from "../shapes/user.ts";
import { now } from "../state.ts";
import { commitAs } from "../writes.ts";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import { refuseEmpty } from "./empty.ts";

async function createBlob(call: RepoCall) {
  refuseEmpty(call.repo);
  const content = textOf(call.body, "content") ?? "";
  const data = textOf(call.body, "encoding") === "base64" ? decodeBase64(content) : Buffer.from(content);
  const sha = writeObject(call.repo.store, "blob", data);
  return ok({ sha, url: `${apiOf(call.state, call.repo)}/git/blobs/${sha}` }, 201);
}

async function getBlob({ state, repo, params, accept }: RepoCall) {
  const sha = params["file_sha"] ?? "";
  const object = await readObject(repo.store, sha);
  if (object?.kind !== "blob") throw notFound();
  if (/application\/vnd\.github(?:\.v3)?\.raw/.test(accept)) return { status: 200, body: object.data };
  const url = `${apiOf(state, repo)}/git/blobs/${sha}`;
  return ok({ sha, node_id: node("Blob", 0) + sha, size: object.data.length, url, content: encodeBase64(object.data), encoding: "base64" });
}

const kindOf = (mode: string): string => (mode === "040000" ? "tree" : mode === "160000" ? "commit" : "blob");

async function treeShape(call: RepoCall, sha: string, entries: readonly Found[]) {
  const url = `${apiOf(call.state, call.repo)}/git`;
  const tree = await Promise.all(
    entries.map(async (entry) => {
      const type = kindOf(entry.mode);
      const size = type === "blob" ? { size: (await readObject(call.repo.store, entry.sha))?.data.length ?? 0 } : {};
      return { path: entry.path, mode: entry.mode, type, sha: entry.sha, ...size, url: `${url}/${type}s/${entry.sha}` };
    }),
  );
  return { sha, url: `${url}/trees/${sha}`, tree, truncated: false };
}

async function getTree(call: RepoCall) {
  refuseEmpty(call.repo);
  const name = call.params["tree_sha"] ?? "";
  const commit = await resolveCommit(call.repo.store, name);
  const sha = await treeOf(call.repo.store, commit ?? name);
  if (sha === null) throw notFound();
  const root = await findPath(call.repo.store, sha, "");
  const entries =
    call.query.get("recursive") === null ? await listFolder(call.repo.store, root ?? notThere()) : await walk(call.repo.store, sha);
  return ok(await treeShape(call, sha, entries));
}

const notThere = (): never => {
  throw notFound();
};

const modes = ["100644", "100755", "040000", "160000", "120000"];

/** One entry of a new tree, checked as GitHub checks it. */
async function changeOf(call: RepoCall, base: string | null, entry: Fields): Promise<Change> {
  const path = textOf(entry, "path") ?? "";
  const mode = textOf(entry, "mode") ?? "";
  if (path === "" || path.startsWith("/") || path.split("/").some((part) => ["", ".", "..", ".git"].includes(part))) {
    throw refuse(422, "tree.path contains a malformed path component");
  }
  if (!modes.includes(mode)) throw refuse(422, "Must supply a valid tree.mode");
  if (entry["sha"] === null) {
    if (base === null || (await findPath(call.repo.store, base, path)) === null) throw refuse(422, "GitRPC::BadObjectState");
    return { path, mode, sha: null };
  }
  const content = textOf(entry, "content");
  const sha = textOf(entry, "sha");
  if (content !== undefined && sha !== undefined)
    throw refuse(422, "Must supply either tree.sha or tree.content. Both cannot be supplied.");
  if (content !== undefined) return { path, mode, sha: writeObject(call.repo.store, "blob", Buffer.from(content)) };
  if (sha === undefined) throw refuse(422, "Must supply either tree.sha or tree.content.");
  const object = await readObject(call.repo.store, sha);
  if (object === null) throw refuse(422, `tree.sha ${sha} is not a valid ${kindOf(mode)}`);
  if (object.kind !== kindOf(mode)) throw refuse(422, `tree.sha ${sha} is not a valid ${kindOf(mode)}`);
  return { path, mode, sha };
}

async function createTree(call: RepoCall) {
  refuseEmpty(call.repo);
  const name = textOf(call.body, "base_tree");
  const base = name === undefined ? null : await treeOf(call.repo.store, name);
  if (name !== undefined && base === null) throw refuse(404, "Not Found");
  const list = call.body["tree"];
  const entries = Array.isArray(list) ? list.filter(isFields) : [];
  if (entries.length === 0 && base === null) throw refuse(422, "Invalid tree info");
  const changes: Change[] = [];
  for (const entry of entries) changes.push(await changeOf(call, base, entry));
  const sha = await changeTree(call.repo.store, base, changes);
  const root = await findPath(call.repo.store, sha, "");
  return ok(await treeShape(call, sha, await listFolder(call.repo.store, root ?? notThere())), 201);
}

async function getCommit(call: RepoCall) {
  refuseEmpty(call.repo);
  const sha = call.params["commit_sha"] ?? "";
  if ((await readObject(call.repo.store, sha))?.kind !== "commit") throw notFound();
  return ok(await gitCommitShape(call.state, call.repo, sha));
}

function personIn(call: RepoCall, key: "author" | "committer"): Person | null {
  const value = call.body[key];
  if (!isFields(value)) return null;
  const name = textOf(value, "name");
  const email = textOf(value, "email");
  if (name === undefined || email === undefined) throw refuse(422, `Invalid request.\n\n"name" and "email" of ${key} weren't supplied.`);
  const date = textOf(value, "date") ?? now(call.state);
  if (Number.isNaN(Date.parse(date))) throw refuse(422, `Invalid request.\n\n"${date}" is not a valid date-time.`);
  return { name, email, date: isoOf(Date.parse(date)) };
}

async function createCommit(call: RepoCall) {
  refuseEmpty(call.repo);
  const store = call.repo.store;
  const tree = textOf(call.body, "tree") ?? "";
  if ((await readObject(store, tree))?.kind !== "tree") throw refuse(422, "Tree SHA does not exist");
  const parents = textsOf(call.body, "parents") ?? [];
  for (const parent of parents) {
    if ((await readObject(store, parent))?.kind !== "commit") throw refuse(422, "Parent SHA does not exist or is not a commit object");
  }
  const custom = { author: personIn(call, "author"), committer: personIn(call, "committer") };
  const sha = commitAs(call, call.repo, { tree, parents, message: textOf(call.body, "message") ?? "" }, custom);
  return ok(await gitCommitShape(call.state, call.repo, sha), 201);
}

export { personIn };

export const objectRoutes: readonly Route[] = [
  write("POST", "contents", "/git/blobs", createBlob),
  read("contents", "/git/blobs/{file_sha}", getBlob),
  write("POST", "contents", "/git/trees", createTree),
  read("contents", "/git/trees/{tree_sha}", getTree),
  write("POST", "contents", "/git/commits", createCommit),
  read("contents", "/git/commits/{commit_sha}", getCommit),
];
