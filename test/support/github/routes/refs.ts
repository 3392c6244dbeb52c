import { nothing, ok, read, type RepoCall, type Route, textOf, write } from "../call.ts";
import { readObject } from "../git/objects.ts";
import { isAncestor, isRefName, listRefs, readRef, type Ref, setRef } from "../git/refs.ts";
import { notFound, Refusal, refuse } from "../refusal.ts";
import { apiOf } from "../shapes/repo.ts";
import { node } from "../shapes/user.ts";
import { now, type Repo, type State } from "../state.ts";
import { protectionReason } from "../writes.ts";
import { refuseEmpty } from "./empty.ts";

async function refShape(state: State, repo: Repo, ref: Ref) {
  const kind = (await readObject(repo.store, ref.sha))?.kind ?? "commit";
  return {
    ref: ref.name,
    node_id: node("Ref", repo.id) + Buffer.from(ref.name).toString("base64"),
    url: `${apiOf(state, repo)}/git/${ref.name}`,
    object: { sha: ref.sha, type: kind, url: `${apiOf(state, repo)}/git/${kind}s/${ref.sha}` },
  };
}

const nameOf = (call: RepoCall): string => `refs/${(call.params["ref"] ?? "").replace(/^refs\//, "")}`;

async function getRef(call: RepoCall) {
  refuseEmpty(call.repo);
  const name = nameOf(call);
  const sha = readRef(call.repo.store, name);
  if (sha === null || !/^refs\/(?:heads|tags|pull)\/./.test(name)) throw notFound();
  return ok(await refShape(call.state, call.repo, { name, sha }));
}

async function matchingRefs(call: RepoCall) {
  refuseEmpty(call.repo);
  const refs = listRefs(call.repo.store, nameOf(call));
  return ok(await Promise.all(refs.map((ref) => refShape(call.state, call.repo, ref))));
}

/** Throws what GitHub says when a ref cannot point to this SHA. */
async function checkTarget(call: RepoCall, name: string, sha: string): Promise<void> {
  if (!/^[0-9a-f]{40}$/.test(sha)) throw refuse(422, "The sha parameter must be exactly 40 characters and contain only [0-9a-f].");
  const object = await readObject(call.repo.store, sha);
  if (object === null) throw refuse(422, "Object does not exist");
  if (name.startsWith("refs/heads/") && object.kind !== "commit") throw refuse(422, "Reference cannot be updated: not a commit");
}

function checkProtection(call: RepoCall, name: string): void {
  const reason = name.startsWith("refs/heads/") ? protectionReason(call.repo, name.slice(11)) : null;
  if (reason !== null) throw new Refusal(422, reason);
}

async function createRef(call: RepoCall) {
  refuseEmpty(call.repo);
  const name = textOf(call.body, "ref") ?? "";
  const sha = textOf(call.body, "sha") ?? "";
  if (!name.startsWith("refs/")) throw refuse(422, "Reference name must start with 'refs/'.");
  if (name.split("/").length < 3) throw refuse(422, "Reference name must contain at least three slash-separated components.");
  if (!(await isRefName(call.repo.store, name))) throw refuse(422, `${name} is not a valid ref name.`);
  await checkTarget(call, name, sha);
  if (readRef(call.repo.store, name) !== null) throw refuse(422, "Reference already exists");
  if (!(await setRef(call.repo.store, name, sha, "0".repeat(40)))) throw refuse(422, "Reference update failed");
  call.repo.pushedAt = now(call.state);
  return ok(await refShape(call.state, call.repo, { name, sha }), 201);
}

async function updateRef(call: RepoCall) {
  refuseEmpty(call.repo);
  const name = nameOf(call);
  const sha = textOf(call.body, "sha") ?? "";
  const old = readRef(call.repo.store, name);
  if (old === null) throw refuse(422, "Reference does not exist");
  await checkTarget(call, name, sha);
  checkProtection(call, name);
  if (call.body["force"] !== true && !(await isAncestor(call.repo.store, old, sha))) throw refuse(422, "Update is not a fast forward");
  if (!(await setRef(call.repo.store, name, sha, old))) throw refuse(422, "Reference update failed");
  call.repo.pushedAt = now(call.state);
  return ok(await refShape(call.state, call.repo, { name, sha }));
}

async function deleteRef(call: RepoCall) {
  refuseEmpty(call.repo);
  const name = nameOf(call);
  if (readRef(call.repo.store, name) === null) throw refuse(422, "Reference does not exist");
  if (name.startsWith("refs/heads/") && call.repo.protection.has(name.slice(11))) throw refuse(422, "Cannot delete a protected branch");
  if (name === `refs/heads/${call.repo.defaultBranch}`) throw refuse(422, "Cannot delete the default branch");
  await setRef(call.repo.store, name, null);
  return nothing;
}

export const refRoutes: readonly Route[] = [
  read("contents", "/git/ref/{ref}", getRef),
  read("contents", "/git/matching-refs/{ref}", matchingRefs),
  write("POST", "contents", "/git/refs", createRef),
  write("PATCH", "contents", "/git/refs/{ref}", updateRef),
  write("DELETE", "contents", "/git/refs/{ref}", deleteRef),
];
