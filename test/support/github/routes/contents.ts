import { type Answer, ok, read, type RepoCall, type Route, textOf, write } from "../call.ts";
import { readObject, writeObject } from "../git/objects.ts";
import { readBranch, resolveCommit } from "../git/refs.ts";
import { type Change, changeTree, findPath, type Found, listFolder, treeOf } from "../git/trees.ts";
import { notFound, Refusal, refuse } from "../refusal.ts";
import { gitCommitShape } from "../shapes/commit.ts";
import { apiOf, webOf } from "../shapes/repo.ts";
import type { Repo, State } from "../state.ts";
import { commitAs, moveBranch, protectionReason } from "../writes.ts";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import { personIn } from "./objects.ts";

const megabyte = 1024 * 1024;
const typeOf = (mode: string): string =>
  mode === "040000" ? "dir" : mode === "160000" ? "submodule" : mode === "120000" ? "symlink" : "file";

async function entryShape(state: State, repo: Repo, entry: Found, ref: string) {
  const inPath = entry.path.split("/").map(encodeURIComponent).join("/");
  const type = typeOf(entry.mode);
  const self = `${apiOf(state, repo)}/contents/${inPath}?ref=${encodeURIComponent(ref)}`;
  const git = `${apiOf(state, repo)}/git/${type === "dir" ? "trees" : "blobs"}/${entry.sha}`;
  const html = `${webOf(state, repo)}/${type === "dir" ? "tree" : "blob"}/${ref}/${inPath}`;
  return {
    name: entry.name,
    path: entry.path,
    sha: entry.sha,
    size: type === "dir" ? 0 : ((await readObject(repo.store, entry.sha))?.data.length ?? 0),
    url: self,
    html_url: html,
    git_url: git,
    download_url: type === "dir" ? null : `${webOf(state, repo)}/raw/${ref}/${inPath}`,
    type,
    _links: { self, git, html },
  };
}

async function fileShape(state: State, repo: Repo, entry: Found, ref: string) {
  const shape = await entryShape(state, repo, entry, ref);
  const data = (await readObject(repo.store, entry.sha))?.data ?? Buffer.alloc(0);
  if (entry.mode === "120000") return { ...shape, target: data.toString("utf8") };
  const large = data.length > megabyte;
  return { ...shape, content: large ? "" : encodeBase64(data), encoding: large ? "none" : "base64" };
}

const emptyRepo = (): Refusal => refuse(404, "This repository is empty.");

async function treeAt(repo: Repo, ref: string): Promise<string> {
  if (readBranch(repo.store, repo.defaultBranch) === null && ref === repo.defaultBranch) throw emptyRepo();
  const commit = await resolveCommit(repo.store, ref);
  if (commit === null) throw refuse(404, `No commit found for the ref ${ref}`);
  return (await treeOf(repo.store, commit)) ?? "";
}

async function getContent(call: RepoCall): Promise<Answer> {
  const { state, repo, accept } = call;
  const ref = call.query.get("ref") || repo.defaultBranch;
  const path = (call.params["path"] ?? "").replace(/\/+$/, "");
  const found = await findPath(repo.store, await treeAt(repo, ref), path);
  if (found === null) throw notFound();
  if (found.mode === "040000") {
    const inside = (await listFolder(repo.store, found)).slice(0, 1000);
    const entries = await Promise.all(inside.map((entry) => entryShape(state, repo, entry, ref)));
    if (!/\.object\b/.test(accept)) return ok(entries);
    const body = { ...(await entryShape(state, repo, found, ref)), entries };
    return { status: 200, body, headers: { "content-type": "application/vnd.github.object+json; charset=utf-8" } };
  }
  const data = (await readObject(repo.store, found.sha))?.data ?? Buffer.alloc(0);
  if (data.length > 100 * megabyte) throw tooLarge();
  if (/application\/vnd\.github(?:\.v3)?\.raw/.test(accept)) {
    return { status: 200, body: data, headers: { "content-type": "application/vnd.github.raw+json; charset=utf-8" } };
  }
  return ok(await fileShape(state, repo, found, ref));
}

const tooLarge = (): Refusal =>
  new Refusal(403, "This API returns blobs up to 100 MB in size.", { errors: [{ resource: "Blob", field: "data", code: "too_large" }] });

interface Target {
  readonly branch: string;
  readonly head: string | null;
  readonly tree: string | null;
  readonly path: string;
  readonly old: Found | null;
}

async function targetOf(call: RepoCall, word: "create" | "update" | "delete"): Promise<Target> {
  const branch = textOf(call.body, "branch") ?? call.repo.defaultBranch;
  const head = readBranch(call.repo.store, branch);
  const begins = branch === call.repo.defaultBranch && word !== "delete";
  if (head === null && !begins) throw refuse(404, `Branch ${branch} not found`);
  const path = call.params["path"] ?? "";
  if (path === "" || path.split("/").some((part) => ["", ".", "..", ".git"].includes(part))) {
    throw refuse(422, "path contains a malformed path component");
  }
  const reason = protectionReason(call.repo, branch);
  if (reason !== null) throw refuse(409, `Could not ${word} file: ${reason}`);
  const tree = head === null ? null : await treeOf(call.repo.store, head);
  return { branch, head, tree, path, old: tree === null ? null : await findPath(call.repo.store, tree, path) };
}

/** The SHA of the file that is replaced: needed, and it must be the newest. */
function checkSha(call: RepoCall, target: Target): void {
  const sha = textOf(call.body, "sha");
  if (target.old !== null && target.old.mode !== "040000" && sha === undefined)
    throw refuse(422, `Invalid request.\n\n"sha" wasn't supplied.`);
  if (sha !== undefined && sha !== target.old?.sha) throw refuse(409, `${target.path} does not match ${sha}`);
}

async function commitChange(call: RepoCall, target: Target, change: Change): Promise<string> {
  const tree = await changeTree(call.repo.store, target.tree, [change]);
  const custom = { author: personIn(call, "author"), committer: personIn(call, "committer") };
  const parents = target.head === null ? [] : [target.head];
  const sha = commitAs(call, call.repo, { tree, parents, message: textOf(call.body, "message") ?? "" }, custom);
  await moveBranch(call, call.repo, target.branch, sha, target.head);
  return sha;
}

async function putContent(call: RepoCall): Promise<Answer> {
  const data = decodeBase64(textOf(call.body, "content") ?? "");
  const target = await targetOf(call, textOf(call.body, "sha") === undefined ? "create" : "update");
  if (target.old?.mode === "040000") throw refuse(422, `${target.path} is a directory`);
  checkSha(call, target);
  const mode = target.old?.mode ?? "100644";
  const commit = await commitChange(call, target, { path: target.path, mode, sha: writeObject(call.repo.store, "blob", data) });
  const now = await findPath(call.repo.store, (await treeOf(call.repo.store, commit)) ?? "", target.path);
  if (now === null) throw new Error("a file that was written is not there");
  const content = await entryShape(call.state, call.repo, now, target.branch);
  return ok({ content, commit: await gitCommitShape(call.state, call.repo, commit) }, target.old === null ? 201 : 200);
}

async function deleteContent(call: RepoCall): Promise<Answer> {
  const target = await targetOf(call, "delete");
  if (target.old === null || target.old.mode === "040000") throw notFound();
  checkSha(call, target);
  const commit = await commitChange(call, target, { path: target.path, mode: "100644", sha: null });
  return ok({ content: null, commit: await gitCommitShape(call.state, call.repo, commit) });
}

export const contentRoutes: readonly Route[] = [
  read("contents", "/contents/{path}", getContent),
  write("PUT", "contents", "/contents/{path}", putContent),
  write("DELETE", "contents", "/contents/{path}", deleteContent),
];
