import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Failure, type Failures, failuresOf } from "./failures.ts";
import { isGit, serveGit } from "./git/http.ts";
import { page } from "./pages/index.ts";
import { type Person, personOf } from "./person.ts";
import { type Findings, respond } from "./pipeline.ts";
import { type RepoHandle, repoHandle } from "./repo-handle.ts";
import { makeState, type Options } from "./setup.ts";
import { snapshot } from "./snapshot.ts";
import type { State } from "./state.ts";
import { issueToken, type Whose } from "./tokens.ts";
import { addressOf, bodyOf, cut, listen, queueOf } from "./wire.ts";

/** One request of the API, in the order they came. No header is kept, so no token. */
export interface Logged {
  readonly n: number;
  readonly method: string;
  /** Path and query below the base of the API. */
  readonly path: string;
  /** Null: the client got no answer. */
  readonly status: number | null;
  readonly ms: number;
  readonly failure: Failure | null;
}

export interface GitHub {
  /** Base of the API, as GITHUB_API_URL. */
  readonly url: string;
  /** Address of GraphQL, as GITHUB_GRAPHQL_URL. */
  readonly graphqlUrl: string;
  /** Base of pages and of git, as GITHUB_SERVER_URL. */
  readonly webUrl: string;
  readonly token: (whose: Whose) => string;
  /** Somebody who uses the API beside the program under test: not counted, not logged, never cut. */
  readonly as: (login: string) => Person;
  readonly repo: (name: string) => RepoHandle;
  readonly state: State;
  /** All that a person could see, without ids, times and SHAs: equal for two runs with the same end. */
  readonly snapshot: () => Promise<Record<string, unknown>>;
  /** Requests of the API since the last `forget`. */
  readonly requests: readonly Logged[];
  /** Empties the log, so that counting starts at 1 again; limits of tokens start anew. */
  readonly forget: () => void;
  readonly failures: Failures;
  readonly findings: Findings;
  /** Sets the time of the server. */
  readonly setTime: (iso: string) => void;
  /** Stops, removes the repositories, and throws when an answer broke GitHub's description. */
  readonly close: () => Promise<void>;
}

export interface ServerOptions extends Options {
  /** Ports for the API and for the pages; free ones unless set. */
  readonly ports?: { readonly api: number; readonly web: number };
}

/** What the parts of one running server share. */
interface Inside {
  readonly state: State;
  readonly findings: Findings;
  readonly failures: ReturnType<typeof failuresOf>;
  readonly requests: Logged[];
  readonly counter: { n: number };
  readonly queue: ReturnType<typeof queueOf>;
}

/** One request of the API: hooks, failures, the answer, the log. */
async function api(inside: Inside, request: IncomingMessage, response: ServerResponse, target: string): Promise<void> {
  const { state, findings, failures, queue } = inside;
  const start = performance.now();
  const body = await bodyOf(request);
  if (body === null) return;
  const method = request.method ?? "GET";
  const asked = { n: ++inside.counter.n, method, path: target };
  for (const act of failures.actsFor(asked)) await act();
  const failure = failures.failureFor(asked);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([key, value]) => [key, value?.toString()]));
  const handled = failure === null || failure === "lost-answer";
  const answer = handled ? await queue(() => respond(state, findings, { method, target, headers, body })) : cut(failure);
  const sent = failure === "lost-answer" ? null : answer;
  inside.requests.push({ ...asked, status: sent?.status ?? null, ms: performance.now() - start, failure });
  if (sent === null) return void request.socket.destroy();
  const length = sent.status === 304 ? "0" : String(sent.body.length);
  response.writeHead(sent.status, { ...sent.headers, "content-length": length }).end(sent.body);
}

/** Pages and git; and the API once more, where a GitHub of a company has it. */
async function web(inside: Inside, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = request.url ?? "/";
  if (target.startsWith("/api/v3/")) return api(inside, request, response, target.slice("/api/v3".length));
  if (target === "/api/graphql") return api(inside, request, response, "/graphql");
  if (isGit(target.replace(/\?.*/, ""))) return serveGit(inside.state, request, response);
  const shown = await inside.queue(() => page(inside.state, target));
  response.writeHead(shown.status, { ...shown.headers, "content-length": String(shown.body.length) }).end(shown.body);
}

/** An error of the server itself closes the socket and fails the test at its end. */
const fails = (inside: Inside, response: ServerResponse) => (error: unknown) => {
  inside.findings.violations.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  response.destroy();
};

/** Starts a GitHub of one's own on loopback. */
export async function startGitHub(options: ServerOptions): Promise<GitHub> {
  const folder = mkdtempSync(join(tmpdir(), "overpace-github-"));
  const state = await makeState(folder, options);
  const findings: Findings = { warnings: [], violations: [] };
  const inside: Inside = { state, findings, failures: failuresOf(), requests: [], counter: { n: 0 }, queue: queueOf() };
  const servers = [
    await listen((asked, answer) => void api(inside, asked, answer, asked.url ?? "/").catch(fails(inside, answer)), options.ports?.api),
    await listen((asked, answer) => void web(inside, asked, answer).catch(fails(inside, answer)), options.ports?.web),
  ] as const;
  state.api = addressOf(servers[0]);
  state.web = addressOf(servers[1]);
  return {
    url: state.api,
    graphqlUrl: `${state.api}/graphql`,
    webUrl: state.web,
    token: (whose) => issueToken(state, whose),
    as: (login) => personOf(state, login, (incoming) => inside.queue(() => respond(state, findings, incoming))),
    repo: (name) => repoHandle(state, name),
    state,
    snapshot: () => inside.queue(() => snapshot(state)),
    requests: inside.requests,
    forget: () => {
      inside.requests.length = 0;
      inside.counter.n = 0;
      for (const token of state.tokens) token.used = 0;
    },
    failures: inside.failures,
    findings,
    setTime: (iso) => void (state.clock = Date.parse(iso)),
    close: () => stop(servers, folder, findings),
  };
}

async function stop(servers: readonly Server[], folder: string, findings: Findings): Promise<void> {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  rmSync(folder, { recursive: true, force: true });
  if (findings.violations.length > 0) throw new Error(`The GitHub test server: ${findings.violations.join("\n")}`);
}
