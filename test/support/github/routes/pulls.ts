import { mayTriage, roleIn } from "../access.ts";
import { type Answer, actor, ok, read, type RepoCall, type Route, textOf, write } from "../call.ts";
import { mergeBase } from "../git/diff.ts";
import { isAncestor, readBranch, setRef } from "../git/refs.ts";
import { commitsOf, filesOfPull, mergeability, sizeOf } from "../merging.ts";
import { paged } from "../paging.ts";
import { checkLength, invalid, refuse } from "../refusal.ts";
import { commitShape, fileShape } from "../shapes/commit.ts";
import { fullPullShape, pullShape, type Mergeability, type PullIssue } from "../shapes/pull.ts";
import { atLeast, findRepo, now, type Repo, same } from "../state.ts";
import { closeIssue, record, reopenIssue } from "../writes.ts";
import { freshIssue, pullIn } from "./found.ts";

async function fullShape(call: RepoCall, issue: PullIssue, merging: Mergeability) {
  return fullPullShape(call.state, call.repo, issue, await sizeOf(call.repo, issue), merging);
}

const unknown: Mergeability = { mergeable: null, state: "unknown", sha: null };

function listPulls(call: RepoCall): Promise<Answer> {
  const { query, repo } = call;
  const state = query.get("state") ?? "open";
  const [, owner, ref] = /^([^:]+):(.+)$/.exec(query.get("head") ?? "") ?? [];
  const base = query.get("base");
  const sort = query.get("sort") ?? "created";
  const down = (query.get("direction") ?? (sort === "created" ? "desc" : "asc")) === "desc";
  const key = (issue: PullIssue): string => (sort === "updated" ? issue.updatedAt : issue.createdAt);
  const pulls = repo.issues
    .filter((issue): issue is PullIssue => issue.pull !== null)
    .filter((issue) => state === "all" || issue.state === state)
    // Without an owner GitHub takes no notice of `head`.
    .filter(({ pull }) => owner === undefined || (same(pull.headRepo.owner.login, owner) && pull.headRef === ref))
    .filter(({ pull }) => base === null || pull.baseRef === base)
    .toSorted((a, b) => (key(a) === key(b) ? a.number - b.number : key(a) < key(b) ? -1 : 1));
  return paged(call, down ? pulls.toReversed() : pulls, (issue) => pullShape(call.state, repo, issue));
}

interface Head {
  readonly repo: Repo;
  readonly ref: string;
  readonly sha: string;
}

/** The branch a new pull request comes from: `branch`, or `owner:branch` of this repository or of a fork. */
function headOf(call: RepoCall): Head {
  const [, owner, ref = ""] = /^(?:([^:]+):)?(.*)$/.exec(textOf(call.body, "head") ?? "") ?? [];
  const named = textOf(call.body, "head_repo");
  const wrong = invalid({ resource: "PullRequest", field: "head", code: "invalid" });
  const base = call.repo;
  const repo =
    named !== undefined
      ? findRepo(call.state, named.includes("/") ? named : `${base.owner.login}/${named}`)
      : owner === undefined || same(owner, base.owner.login)
        ? base
        : call.state.repos.find((repo) => same(repo.owner.login, owner) && (repo.parent === base || base.parent === repo));
  const sha = repo === undefined ? null : readBranch(repo.store, ref);
  if (repo === undefined || sha === null) throw wrong;
  return { repo, ref, sha };
}

function checkPossible(call: RepoCall, head: Head, base: string): void {
  const twin = call.repo.issues.find(
    ({ pull, state }) =>
      pull !== null && state === "open" && pull.headRepo === head.repo && pull.headRef === head.ref && pull.baseRef === base,
  );
  if (twin === undefined) return;
  const message = `A pull request already exists for ${head.repo.owner.login}:${head.ref}.`;
  throw invalid({ resource: "PullRequest", code: "custom", message });
}

async function createPull(call: RepoCall): Promise<Answer> {
  const { repo, body, token } = call;
  if (token?.kind === "actions" && !repo.actionsMayCreatePulls) {
    throw refuse(403, "GitHub Actions is not permitted to create or approve pull requests.");
  }
  const title = textOf(body, "title");
  if (title === undefined || title.trim() === "") throw invalid({ resource: "PullRequest", field: "title", code: "missing_field" });
  checkLength(title, 256, "Issue", "title");
  checkLength(textOf(body, "body"), 65_536, "Issue", "body");
  const base = textOf(body, "base") ?? "";
  const baseSha = readBranch(repo.store, base);
  if (baseSha === null) throw invalid({ resource: "PullRequest", field: "base", code: "invalid" });
  const head = headOf(call);
  if (!atLeast(roleIn(head.repo, call.token), "write"))
    throw invalid({ resource: "PullRequest", code: "custom", message: "must be a collaborator" });
  checkPossible(call, head, base);
  if ((await mergeBase(repo.store, baseSha, head.sha)) === null) {
    throw invalid({ resource: "PullRequest", code: "custom", message: `The ${head.ref} branch has no history in common with ${base}` });
  }
  if (await isAncestor(repo.store, head.sha, baseSha)) {
    throw invalid({ resource: "PullRequest", code: "custom", message: `No commits between ${base} and ${head.ref}` });
  }
  const draft = body["draft"] === true;
  if (draft && !repo.drafts) throw refuse(422, "Draft pull requests are not supported in this repository.");
  const issue: PullIssue = {
    ...freshIssue(call, title, textOf(body, "body") ?? null),
    pull: {
      headRepo: head.repo,
      headRef: head.ref,
      headSha: head.sha,
      baseRef: base,
      baseSha,
      draft,
      merge: null,
      reviewers: [],
      reviews: [],
    },
  };
  repo.issues.push(issue);
  await setRef(repo.store, `refs/pull/${issue.number}/head`, head.sha);
  return ok(await fullShape(call, issue, unknown), 201);
}

/** Opens a closed pull request again, where that is still possible. */
export function reopenPull(call: RepoCall, issue: PullIssue): void {
  const { pull } = issue;
  const cannot = (message: string) => invalid({ resource: "PullRequest", field: "state", code: "invalid", message });
  if (pull.merge !== null) throw cannot("state cannot be changed. The pull request cannot be reopened.");
  const head = readBranch(pull.headRepo.store, pull.headRef);
  if (head === null) throw cannot(`state cannot be changed. The ${pull.headRef} branch has been deleted.`);
  checkPossible(call, { repo: pull.headRepo, ref: pull.headRef, sha: head }, pull.baseRef);
  reopenIssue(call.state, issue, { user: actor(call), app: call.token?.app ?? null });
}

async function updatePull(call: RepoCall): Promise<Answer> {
  const { state, repo, body } = call;
  const issue = pullIn(call);
  if (!mayTriage(repo, call.token, true) && issue.user.id !== actor(call).id) throw refuse(403, "Must have push access to repository");
  const [title, text, base, wanted] = [textOf(body, "title"), textOf(body, "body"), textOf(body, "base"), textOf(body, "state")];
  if (title?.trim() === "") throw invalid({ resource: "PullRequest", field: "title", code: "missing_field" });
  checkLength(title, 256, "Issue", "title");
  checkLength(text, 65_536, "Issue", "body");
  if (base !== undefined && base !== issue.pull.baseRef) {
    const sha = readBranch(repo.store, base);
    if (sha === null) throw invalid({ resource: "PullRequest", field: "base", code: "invalid" });
    if (issue.state === "closed")
      throw invalid({
        resource: "PullRequest",
        field: "base",
        code: "invalid",
        message: "Cannot change the base branch of a closed pull request.",
      });
    issue.pull.baseRef = base;
    issue.pull.baseSha = sha;
  }
  const who = { user: actor(call), app: call.token?.app ?? null };
  if (title !== undefined && title !== issue.title) {
    record(state, issue, who, "renamed", { rename: { from: issue.title, to: title } });
    issue.title = title;
  }
  if (body["body"] !== undefined) issue.body = text ?? null;
  if (wanted === "closed" && issue.state === "open") closeIssue(state, issue, who, null);
  if (wanted === "open" && issue.state === "closed") reopenPull(call, issue);
  issue.updatedAt = now(state);
  return ok(await fullShape(call, issue, unknown));
}

export const pullRoutes: readonly Route[] = [
  read("pull_requests", "/pulls", listPulls),
  write("POST", "pull_requests", "/pulls", createPull, "participate"),
  read("pull_requests", "/pulls/{pull_number}", async (call) => {
    const issue = pullIn(call);
    if (/\.diff\b/.test(call.accept))
      return {
        status: 200,
        body: Buffer.from((await filesOfPull(call.repo, issue)).map((file) => `--- ${file.path}\n${file.patch ?? ""}\n`).join("")),
      };
    return ok(await fullShape(call, issue, await mergeability(call.repo, issue)));
  }),
  write("PATCH", "pull_requests", "/pulls/{pull_number}", updatePull, "participate"),
  read("pull_requests", "/pulls/{pull_number}/files", async (call) => {
    const issue = pullIn(call);
    const files = (await filesOfPull(call.repo, issue)).slice(0, 3000);
    return paged(call, files, (file) => fileShape(call.state, call.repo, issue.pull.headSha, file));
  }),
  read("pull_requests", "/pulls/{pull_number}/commits", async (call) => {
    const commits = (await commitsOf(call.repo, pullIn(call))).slice(0, 250);
    return paged(call, commits, (sha) => commitShape(call.state, call.repo, sha));
  }),
];
