import { type Answer, ok, read, type RepoCall, type Route } from "../call.ts";
import { commitsBetween, diffTrees, mergeBase } from "../git/diff.ts";
import { listRefs, readBranch, resolveCommit } from "../git/refs.ts";
import { gitText } from "../git/run.ts";
import { emptyTree } from "../git/trees.ts";
import { linksOf, onPage, paged } from "../paging.ts";
import { notFound, refuse } from "../refusal.ts";
import { commitOf, commitShape, fileShape } from "../shapes/commit.ts";
import { pullShape, type PullIssue } from "../shapes/pull.ts";
import { apiOf, webOf } from "../shapes/repo.ts";
import { type Protection, type Repo, type State } from "../state.ts";
import { refuseEmpty } from "./empty.ts";

/** The commit of a side of a comparison: `ref` or `owner:ref`. */
async function sideOf(call: RepoCall, name: string): Promise<string> {
  const [, owner, ref = ""] = /^(?:([^:]+):)?(.*)$/.exec(name) ?? [];
  const repo = owner === undefined ? call.repo : forkOf(call, owner);
  const sha = repo === undefined ? null : await resolveCommit(repo.store, ref);
  if (sha === null) throw notFound();
  return sha;
}

function forkOf(call: RepoCall, owner: string): Repo | undefined {
  const base = call.repo;
  if (owner.toLowerCase() === base.owner.login.toLowerCase()) return base;
  return call.state.repos.find((repo) => repo.parent === base && repo.owner.login.toLowerCase() === owner.toLowerCase());
}

async function compare(call: RepoCall): Promise<Answer> {
  refuseEmpty(call.repo);
  const { state, repo } = call;
  const [baseName = "", headName, ...more] = (call.params["basehead"] ?? "").split("...");
  if (headName === undefined || more.length > 0) throw notFound();
  const [base, head] = [await sideOf(call, baseName), await sideOf(call, headName)];
  const common = await mergeBase(repo.store, base, head);
  if (common === null) throw refuse(404, `No common ancestor between ${baseName} and ${headName}.`);
  const ahead = await commitsBetween(repo.store, base, head);
  const behind = await commitsBetween(repo.store, head, base);
  const status = ahead.length > 0 ? (behind.length > 0 ? "diverged" : "ahead") : behind.length > 0 ? "behind" : "identical";
  const paging = call.query.has("page") || call.query.has("per_page");
  const files = ahead.length === 0 ? [] : (await diffTrees(repo.store, common, head)).slice(0, 300);
  const url = `${apiOf(state, repo)}/compare/${baseName}...${headName}`;
  const html = `${webOf(state, repo)}/compare/${baseName}...${headName}`;
  const body = {
    url,
    html_url: html,
    permalink_url: `${webOf(state, repo)}/compare/${base.slice(0, 7)}...${head.slice(0, 7)}`,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: await commitShape(state, repo, base),
    merge_base_commit: await commitShape(state, repo, common),
    status,
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: await Promise.all((paging ? onPage(call, ahead) : ahead.slice(0, 250)).map((sha) => commitShape(state, repo, sha))),
    files: files.map((file) => fileShape(state, repo, head, file)),
  };
  return { status: 200, body, headers: paging ? linksOf(call, ahead.length) : {} };
}

async function listCommits(call: RepoCall): Promise<Answer> {
  refuseEmpty(call.repo);
  const start = await resolveCommit(call.repo.store, call.query.get("sha") || call.repo.defaultBranch);
  if (start === null) throw notFound();
  const [since, until, path] = [call.query.get("since"), call.query.get("until"), call.query.get("path")];
  const args = [...(since === null ? [] : [`--since=${since}`]), ...(until === null ? [] : [`--until=${until}`]), start];
  const text = await gitText(call.repo.store.dir, ["rev-list", ...args, ...(path === null ? [] : ["--", path])]);
  const shas = text.split("\n").filter((line) => line !== "");
  return paged(call, shas, (sha) => commitShape(call.state, call.repo, sha));
}

async function getCommit(call: RepoCall): Promise<Answer> {
  refuseEmpty(call.repo);
  const { state, repo } = call;
  const name = call.params["ref"] ?? "";
  const sha = await resolveCommit(repo.store, name);
  if (sha === null) throw refuse(422, `No commit found for SHA: ${name}`);
  if (/\.sha\b/.test(call.accept))
    return { status: 200, body: Buffer.from(sha), headers: { "content-type": "application/vnd.github.sha; charset=utf-8" } };
  const parent = (await commitOf(repo, sha)).parents[0] ?? emptyTree;
  const files = await diffTrees(repo.store, parent, sha);
  const [additions, deletions] = [sum(files.map((file) => file.additions)), sum(files.map((file) => file.deletions))];
  const stats = { additions, deletions, total: additions + deletions };
  return ok({ ...(await commitShape(state, repo, sha)), stats, files: files.map((file) => fileShape(state, repo, sha, file)) });
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

async function pullsOfCommit(call: RepoCall): Promise<Answer> {
  const sha = await resolveCommit(call.repo.store, call.params["commit_sha"] ?? "");
  if (sha === null) throw refuse(422, `No commit found for SHA: ${call.params["commit_sha"]}`);
  const found: PullIssue[] = [];
  for (const issue of call.repo.issues.filter((issue): issue is PullIssue => issue.pull !== null)) {
    const base = await mergeBase(call.repo.store, issue.pull.baseSha, issue.pull.headSha);
    const commits = await commitsBetween(call.repo.store, base, issue.pull.headSha);
    if (issue.pull.merge?.sha === sha || commits.includes(sha)) found.push(issue);
  }
  return paged(call, found, (issue) => pullShape(call.state, call.repo, issue));
}

function protectionShape(state: State, repo: Repo, branch: string, rule: Protection | undefined) {
  const url = `${apiOf(state, repo)}/branches/${branch}/protection`;
  const contexts = [...(rule?.checks ?? [])];
  return {
    enabled: rule !== undefined,
    required_status_checks: {
      enforcement_level: contexts.length === 0 ? "off" : "everyone",
      contexts,
      checks: contexts.map((context) => ({ context, app_id: null })),
      ...(contexts.length === 0 ? {} : { url: `${url}/required_status_checks`, contexts_url: `${url}/required_status_checks/contexts` }),
    },
  };
}

async function listBranches(call: RepoCall): Promise<Answer> {
  const { state, repo } = call;
  const wanted = call.query.get("protected");
  const all = listRefs(repo.store, "refs/heads/").map((ref) => ({ name: ref.name.slice(11), sha: ref.sha }));
  const branches = wanted === null ? all : all.filter((branch) => repo.protection.has(branch.name) === (wanted === "true"));
  return paged(call, branches, ({ name, sha }) => ({
    name,
    commit: { sha, url: `${apiOf(state, repo)}/commits/${sha}` },
    protected: repo.protection.has(name),
    protection: protectionShape(state, repo, name, repo.protection.get(name)),
    protection_url: `${apiOf(state, repo)}/branches/${encodeURIComponent(name)}/protection`,
  }));
}

async function getBranch(call: RepoCall): Promise<Answer> {
  const { state, repo } = call;
  const name = call.params["branch"] ?? "";
  const sha = readBranch(repo.store, name);
  if (sha === null) throw refuse(404, "Branch not found");
  const self = `${apiOf(state, repo)}/branches/${encodeURIComponent(name)}`;
  return ok({
    name,
    commit: await commitShape(state, repo, sha),
    _links: { self, html: `${webOf(state, repo)}/tree/${name}` },
    protected: repo.protection.has(name),
    protection: protectionShape(state, repo, name, repo.protection.get(name)),
    protection_url: `${self}/protection`,
  });
}

function getProtection({ state, repo, params }: RepoCall): Answer {
  const branch = params["branch"] ?? "";
  const rule = repo.protection.get(branch);
  if (rule === undefined) throw refuse(404, "Branch not protected");
  const url = `${apiOf(state, repo)}/branches/${branch}/protection`;
  const { required_status_checks: checks } = protectionShape(state, repo, branch, rule);
  const reviews = { url: `${url}/required_pull_request_reviews`, dismiss_stale_reviews: false, require_code_owner_reviews: false };
  return ok({
    url,
    ...(checks.contexts.length === 0 ? {} : { required_status_checks: { ...checks, strict: rule.strict === true } }),
    ...(rule.pullRequest === false
      ? {}
      : { required_pull_request_reviews: { ...reviews, required_approving_review_count: rule.approvals ?? 0 } }),
    enforce_admins: { url: `${url}/enforce_admins`, enabled: true },
  });
}

export const commitRoutes: readonly Route[] = [
  read("contents", "/compare/{basehead}", compare),
  read("contents", "/commits", listCommits),
  read("pull_requests", "/commits/{commit_sha}/pulls", pullsOfCommit),
  read("contents", "/branches", listBranches),
  read("administration", "/branches/{branch}/protection", getProtection),
  read("contents", "/branches/{branch}", getBranch),
  // Last: its `ref` may hold slashes.
  read("contents", "/commits/{ref}", getCommit),
];
