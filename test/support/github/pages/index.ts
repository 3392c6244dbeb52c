import { diffTrees } from "../git/diff.ts";
import { readObject } from "../git/objects.ts";
import { listRefs, readBranch, resolveCommit } from "../git/refs.ts";
import { emptyTree, findPath, type Found, listFolder, treeOf } from "../git/trees.ts";
import type { Outgoing } from "../pipeline.ts";
import { commitOf } from "../shapes/commit.ts";
import type { PullIssue } from "../shapes/pull.ts";
import { findIssue, findRepo, findUser, fullName, type Repo, type State } from "../state.ts";
import { syncPulls } from "../writes.ts";
import { h, layout, type Safe } from "./html.ts";
import { markdownFile } from "./markdown.ts";
import { badge, fileBox, issuePage, labels, pullPage, runBox } from "./talk.ts";

const html = (status: number, text: string): Outgoing => ({
  status,
  headers: {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'",
  },
  body: Buffer.from(text),
});

const missing = (): Outgoing => html(404, layout("Not found", h`<a href="/">Repositories</a>`, h`<h1>404</h1><p>Nothing stands here.</p>`));

const moved = (to: string): Outgoing => ({ status: 302, headers: { location: to }, body: Buffer.alloc(0) });

const shown = (repo: Repo, title: string, body: Safe): Outgoing =>
  html(200, layout(title, h`<a href="/">Repositories</a> / <a href="/${fullName(repo)}"><b>${fullName(repo)}</b></a>`, body));

async function home(repo: Repo): Promise<Outgoing> {
  const path = `/${fullName(repo)}`;
  const branches = listRefs(repo.store, "refs/heads/").map((ref) => ref.name.slice(11));
  const talks = repo.issues.filter((issue) => issue.gone === null).toReversed();
  const line = (one: (typeof talks)[number]) =>
    h`<p>${badge(one)} <a href="${path}/${one.pull === null ? "issues" : "pull"}/${one.number}">#${one.number} ${one.title}</a> ${labels(one)}</p>`;
  const list = (title: string, lines: readonly Safe[]) => h`<h2>${title}</h2>${lines.length === 0 ? h`<p class="muted">None.</p>` : lines}`;
  return shown(
    repo,
    fullName(repo),
    h`<h1>${fullName(repo)}</h1>
      ${list(
        "Branches",
        branches.map(
          (branch) => h`<p><a href="${path}/tree/${branch}">${branch}</a> ${repo.protection.has(branch) ? "· protected" : ""}</p>`,
        ),
      )}
      ${list("Pull requests", talks.filter((one) => one.pull !== null).map(line))}
      ${list("Issues", talks.filter((one) => one.pull === null).map(line))}`,
  );
}

interface Spot {
  readonly ref: string;
  readonly found: Found;
}

/** What a path like `overpace/2026-W47/reviews/x.md` means: the shortest branch or SHA it begins with, then a path. */
async function spotOf(repo: Repo, text: string): Promise<Spot | null> {
  const parts = text.split("/").filter((part) => part !== "");
  for (let count = 1; count <= parts.length; count++) {
    const ref = parts.slice(0, count).join("/");
    const sha = readBranch(repo.store, ref) ?? (count === 1 ? await resolveCommit(repo.store, ref) : null);
    const tree = sha === null ? null : await treeOf(repo.store, sha);
    const found = tree === null ? null : await findPath(repo.store, tree, parts.slice(count).join("/"));
    if (found !== null) return { ref, found };
  }
  return null;
}

const types: Readonly<Record<string, string>> = { svg: "image/svg+xml", png: "image/png", jpg: "image/jpeg", gif: "image/gif" };

/** A file as it is; no script in it can run. */
async function rawFile(repo: Repo, { found }: Spot): Promise<Outgoing> {
  const object = await readObject(repo.store, found.sha);
  if (object?.kind !== "blob") return missing();
  const type = types[found.name.split(".").at(-1) ?? ""] ?? "text/plain; charset=utf-8";
  const headers = {
    "content-type": type,
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  };
  return { status: 200, headers, body: object.data };
}

async function folderPage(repo: Repo, { ref, found }: Spot): Promise<Outgoing> {
  const entries = await listFolder(repo.store, found);
  const link = (entry: Found) =>
    h`<p><a href="/${fullName(repo)}/${entry.mode === "040000" ? "tree" : "blob"}/${ref}/${entry.path}">${entry.name}${entry.mode === "040000" ? "/" : ""}</a></p>`;
  return shown(repo, ref, h`<h1>${ref}: ${found.path === "" ? "/" : found.path}</h1>${entries.map(link)}`);
}

async function filePage(repo: Repo, spot: Spot): Promise<Outgoing> {
  const { ref, found } = spot;
  if (found.mode === "040000") return folderPage(repo, spot);
  const raw = `/${fullName(repo)}/raw/${ref}`;
  const text = (await readObject(repo.store, found.sha))?.data.toString("utf8") ?? "";
  const body = /\.(?:svg|png|jpg|gif)$/.test(found.path)
    ? h`<img src="${raw}/${found.path}" alt="${found.name}">`
    : found.path.endsWith(".md")
      ? markdownFile(text, { page: `/${fullName(repo)}/blob/${ref}/${found.path}`, raw })
      : h`<pre>${text.split("\n").map((line, at) => h`<span id="L${at + 1}">${line}</span>\n`)}</pre>`;
  return shown(repo, found.path, h`<p class="muted">${ref} / ${found.path} · <a href="${raw}/${found.path}">raw</a></p>${body}`);
}

/** One commit: who, what, and its differences from its first parent. */
async function commitPage(repo: Repo, name: string): Promise<Outgoing> {
  const sha = await resolveCommit(repo.store, name);
  if (sha === null) return missing();
  const { message, author, parents } = await commitOf(repo, sha);
  const files = await diffTrees(repo.store, parents[0] ?? emptyTree, sha);
  const boxes = files.map((file) => fileBox(repo, sha, file));
  return shown(
    repo,
    sha.slice(0, 7),
    h`<h1><code>${sha.slice(0, 7)}</code></h1><pre>${message}</pre><p>${author.name} · ${author.date}</p>${boxes}`,
  );
}

/** Answers the page of an address; what does not exist is 404. Everybody may look: this is for people on one machine. */
export async function page(state: State, target: string): Promise<Outgoing> {
  const url = new URL(target, "http://web");
  const [, owner = "", name = "", kind = "", rest = ""] =
    /^\/([^/]*)(?:\/([^/]*))?(?:\/([^/]*))?(?:\/(.*))?$/.exec(decoded(url.pathname)) ?? [];
  if (owner === "") {
    const links = state.repos.map((repo) => h`<p><a href="/${fullName(repo)}">${fullName(repo)}</a></p>`);
    return html(200, layout("Repositories", h`<b>Repositories</b>`, h`${links}`));
  }
  const user = findUser(state, owner === "apps" ? `${name}[bot]` : owner);
  if (user !== undefined && (owner === "apps" || name === "")) {
    return html(200, layout(user.login, h`<a href="/">Repositories</a>`, h`<h1>${user.login}</h1><p>${user.type}</p>`));
  }
  const repo = findRepo(state, `${owner}/${name}`);
  if (repo === undefined) return missing();
  await syncPulls(state, repo);
  if (["", "pulls", "issues"].includes(kind) && rest === "") return home(repo);
  if (kind === "pull" || kind === "issues") {
    const issue = findIssue(repo, Number(rest.split("/")[0]));
    if (issue === undefined || issue.gone !== null) return missing();
    const path = `/${fullName(repo)}/${issue.pull === null ? "issues" : "pull"}/${issue.number}`;
    if ((kind === "pull") === (issue.pull === null)) return moved(path);
    const body = issue.pull === null ? issuePage(repo, issue) : await pullPage(repo, issue as PullIssue);
    return shown(repo, `${issue.title} · ${fullName(repo)}`, body);
  }
  if (kind === "commit") return commitPage(repo, rest);
  if (kind === "runs") {
    const run = repo.checkRuns.find((run) => run.id === Number(rest));
    const pull = repo.issues.find((issue) => issue.pull?.headSha === run?.headSha);
    if (run === undefined) return missing();
    if (pull !== undefined) return moved(`/${fullName(repo)}/pull/${pull.number}#check-${run.id}`);
    return shown(repo, run.name, runBox(run, { page: url.pathname, raw: null }));
  }
  const spot = ["blob", "raw", "tree"].includes(kind) ? await spotOf(repo, rest) : null;
  if (spot === null) return missing();
  return kind === "raw" || url.searchParams.has("raw") ? rawFile(repo, spot) : filePage(repo, spot);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
