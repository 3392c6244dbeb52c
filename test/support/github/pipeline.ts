import { createHash } from "node:crypto";
import { checkAccess, tokenOf, visibleRepo } from "./access.ts";
import { type Answer, type Call, type Fields, isFields, type RepoCall } from "./call.ts";
import { contract } from "./contract.ts";
import { notFound, Refusal, refuse } from "./refusal.ts";
import { type Match, routerOf } from "./router.ts";
import { graphql } from "./routes/graphql.ts";
import { routes } from "./routes/index.ts";
import type { Repo, State, Token } from "./state.ts";
import { syncPulls } from "./writes.ts";

/** A request as it came from the wire. */
export interface Incoming {
  readonly method: string;
  /** Path and query below the base of the API. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface Outgoing {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What the checks against GitHub's description found. */
export interface Findings {
  /** Statuses the description does not know, and paths this server does not. */
  readonly warnings: string[];
  /** Answers that break the description: errors of this server. */
  readonly violations: string[];
}

const find = routerOf(routes);

function parsed(incoming: Incoming): Fields {
  if (incoming.body.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(incoming.body);
    if (isFields(value)) return value;
    // Some label endpoints take a bare array.
    if (Array.isArray(value)) return { $array: value };
  } catch {
    throw refuse(400, "Problems parsing JSON");
  }
  throw refuse(400, "Body should be a JSON object");
}

function limited(token: Token | null, path: string): void {
  if (token === null || path === "/rate_limit" || token.used < token.limit) return;
  throw refuse(403, `API rate limit exceeded for ${token.app === null ? "user" : "installation"} ID ${token.user.id}.`);
}

function limitHeaders(state: State, token: Token | null): Record<string, string> {
  const limit = token?.limit ?? 60;
  const used = Math.min(token?.used ?? 0, limit);
  return {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-used": String(used),
    "x-ratelimit-remaining": String(limit - used),
    "x-ratelimit-reset": String(Math.floor(state.clock / 1000) + 3600),
    "x-ratelimit-resource": "core",
  };
}

/** A repository with those whose pull requests its branches may touch. */
const related = (state: State, repo: Repo): Repo[] => state.repos.filter((one) => one === repo || one === repo.parent);

async function routed(call: Call, match: Match): Promise<Answer> {
  const { state, token } = call;
  const { route } = match;
  if (route.need.area === "none") return route.handle(call as RepoCall);
  const repo = visibleRepo(state, `${match.params["owner"]}/${match.params["repo"]}`, token);
  checkAccess(route.need, repo, token, match.params);
  const flaw = call.method === "GET" ? null : contract().request(route.method, route.path, call.body["$array"] ?? call.body);
  if (flaw !== null) throw refuse(422, flaw);
  if (call.method !== "GET") state.clock += 1000;
  for (const one of related(state, repo)) await syncPulls(state, one);
  const answer = await route.handle({ ...call, repo });
  if (call.method !== "GET") for (const one of related(state, repo)) await syncPulls(state, one);
  return answer;
}

async function answered(state: State, incoming: Incoming, token: Token | null, match: Match | null, url: URL): Promise<Answer> {
  const method = incoming.method === "HEAD" ? "GET" : incoming.method;
  const accept = incoming.headers["accept"] ?? "";
  const call: Call = {
    state,
    method,
    path: url.pathname,
    params: match?.params ?? {},
    query: url.searchParams,
    accept,
    body: parsed(incoming),
    token,
  };
  if (url.pathname === "/graphql" && method === "POST") {
    const answer = await graphql(call);
    state.clock += 1000;
    for (const repo of state.repos) await syncPulls(state, repo);
    return answer;
  }
  if (match === null) throw notFound();
  return routed(call, match);
}

function checked(findings: Findings, incoming: Incoming, match: Match | null, answer: Answer): Answer {
  if (match === null || Buffer.isBuffer(answer.body)) return answer;
  const body: unknown = answer.body === undefined ? undefined : JSON.parse(JSON.stringify(answer.body));
  const verdict = contract().answer(match.route.method, match.route.path, answer.status, body, answer.headers?.["content-type"]);
  const name = `${incoming.method} ${match.route.path} ${answer.status}`;
  if (!verdict.documented && !findings.warnings.includes(name)) findings.warnings.push(name);
  if (verdict.problem === null) return answer;
  findings.violations.push(`${name}: ${verdict.problem}`);
  return { status: 500, body: { message: `The test server breaks GitHub's description: ${name}: ${verdict.problem}` } };
}

function packed(incoming: Incoming, answer: Answer, state: State, token: Token | null): Outgoing {
  const raw = Buffer.isBuffer(answer.body);
  const body = raw ? (answer.body as Buffer) : Buffer.from(answer.body === undefined ? "" : JSON.stringify(answer.body));
  const etag = `W/"${createHash("sha256").update(body).digest("hex")}"`;
  const type = raw ? "application/vnd.github.raw+json; charset=utf-8" : "application/json; charset=utf-8";
  const read = incoming.method === "GET" || incoming.method === "HEAD";
  const same = read && answer.status === 200 && (incoming.headers["if-none-match"] ?? "").split(/,\s*/).includes(etag);
  if (!same && token !== null && !incoming.target.startsWith("/rate_limit")) token.used += 1;
  const headers = {
    ...(answer.body === undefined ? {} : { "content-type": type }),
    ...(read && answer.status === 200 ? { etag, "cache-control": "private, max-age=60, s-maxage=60", vary: "Accept, Authorization" } : {}),
    ...limitHeaders(state, token),
    "x-github-media-type": "github.v3; format=json",
    "x-github-request-id": "0000:0000:0000000:0000000:00000000",
    ...answer.headers,
  };
  if (same) return { status: 304, headers, body: Buffer.alloc(0) };
  return { status: answer.status, headers, body: incoming.method === "HEAD" ? Buffer.alloc(0) : body };
}

const refusal = (error: Refusal): Answer => ({ status: error.status, body: error.body, headers: error.headers });

/** Answers one request of the API. Only an error of the server itself is a 500. */
export async function respond(state: State, findings: Findings, incoming: Incoming): Promise<Outgoing> {
  const url = new URL(incoming.target, "http://api");
  const match = find(incoming.method, url.pathname);
  let token: Token | null = null;
  let answer: Answer;
  try {
    if ((incoming.headers["user-agent"] ?? "") === "")
      throw refuse(403, "Request forbidden by administrative rules. Please make sure your request has a User-Agent header.");
    token = tokenOf(state, incoming.headers["authorization"]);
    limited(token, url.pathname);
    answer = await answered(state, incoming, token, match, url);
  } catch (error) {
    if (!(error instanceof Refusal)) {
      findings.violations.push(
        `${incoming.method} ${incoming.target}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      answer = { status: 500, body: { message: "The test server failed; see its findings" } };
    } else answer = refusal(error);
  }
  if (match === null && url.pathname !== "/graphql")
    findings.warnings.push(`${incoming.method} ${url.pathname}: this server has no such route`);
  return packed(incoming, checked(findings, incoming, match, answer), state, token);
}
