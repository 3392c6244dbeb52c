import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dirname, join } from "node:path";
import { mayGit, roleIn, tokenOf } from "../access.ts";
import { Refusal } from "../refusal.ts";
import { findRepo, fullName, now, type Repo, type State, type Token } from "../state.ts";
import { protectionReason } from "../writes.ts";
import { gitEnv } from "./run.ts";

const route = /^\/([^/]+)\/([^/]+?)(?:\.git)?(\/(?:info\/refs|git-upload-pack|git-receive-pack))$/;

/** Whether a request is one of git's over HTTP. */
export const isGit = (path: string): boolean => route.test(path);

function refused(response: ServerResponse, status: number, text: string): void {
  const login = status === 401 ? { "www-authenticate": 'Basic realm="GitHub"' } : {};
  response.writeHead(status, { "content-type": "text/plain", ...login }).end(`${text}\n`);
}

/** Serves clone, fetch and push of a repository, with a token as the password. */
export function serveGit(state: State, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? "/", "http://git");
  const [, owner = "", name = "", rest = ""] = route.exec(url.pathname) ?? [];
  const pushes = rest === "/git-receive-pack" || url.searchParams.get("service") === "git-receive-pack";
  const repo = findRepo(state, `${owner}/${name}`);
  let token: Token | null;
  try {
    token = tokenOf(state, request.headers.authorization);
  } catch (error) {
    if (error instanceof Refusal)
      return refused(response, 401, "Invalid username or token. Password authentication is not supported for Git operations.");
    throw error;
  }
  if (repo === undefined || roleIn(repo, token) === "none") return refused(response, token === null ? 401 : 404, "Repository not found.");
  if (!mayGit(repo, token, pushes ? "write" : "read")) {
    if (token === null) return refused(response, 401, "Authentication required");
    const why = repo.archived
      ? "This repository was archived so it is read-only."
      : `Permission to ${fullName(repo)}.git denied to ${token.user.login}.`;
    return refused(response, 403, why);
  }
  if (pushes) {
    const rules = [...repo.protection.keys()].map((branch) => [branch, protectionReason(repo, branch)] as const);
    const lines = rules.filter(([, reason]) => reason !== null).map(([branch, reason]) => `refs/heads/${branch}\t${reason}\n`);
    writeFileSync(join(repo.store.dir, "overpace-protected"), lines.join(""));
    repo.pushedAt = now(state);
  }
  backend(repo, rest, url.search.slice(1), token, request, response);
}

function backend(repo: Repo, rest: string, query: string, token: Token | null, request: IncomingMessage, response: ServerResponse): void {
  const child = spawn("git", ["http-backend"], {
    env: {
      ...gitEnv(),
      GIT_PROJECT_ROOT: dirname(dirname(repo.store.dir)),
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: `/${fullName(repo)}.git${rest}`,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method ?? "GET",
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
      REMOTE_ADDR: "127.0.0.1",
      REMOTE_USER: token?.user.login ?? "",
    },
  });
  request.pipe(child.stdin);
  child.stdin.on("error", () => {});
  let head = Buffer.alloc(0);
  let open = false;
  child.stdout.on("data", (part: Buffer) => {
    if (open) return void response.write(part);
    head = Buffer.concat([head, part]);
    const end = head.indexOf("\r\n\r\n");
    if (end === -1) return;
    open = true;
    const lines = head.toString("latin1", 0, end).split("\r\n");
    const fields = lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()] as const);
    const status = Number.parseInt(fields.find(([key]) => key === "Status")?.[1] ?? "200", 10);
    response.writeHead(status, Object.fromEntries(fields.filter(([key]) => key !== "Status")));
    response.write(head.subarray(end + 4));
  });
  child.on("error", () => response.destroy());
  child.on("close", () => {
    if (!open) response.writeHead(500);
    response.end();
  });
}
