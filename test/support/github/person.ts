import { isFields } from "./call.ts";
import type { Incoming, Outgoing } from "./pipeline.ts";
import type { State } from "./state.ts";
import { issueToken } from "./tokens.ts";

/** What the API answered somebody. */
export interface Said {
  readonly status: number;
  readonly body: unknown;
}

/** Somebody who does things beside the program under test. */
export interface Person {
  readonly token: string;
  /** Any request; a status of 400 and more throws, so that a test sees its own mistakes. */
  readonly request: (method: string, path: string, body?: unknown) => Promise<Said>;
  readonly closePull: (repo: string, number: number) => Promise<void>;
  readonly merge: (repo: string, number: number, method?: "merge" | "squash" | "rebase") => Promise<string>;
  readonly comment: (repo: string, number: number, body: string) => Promise<void>;
  readonly approve: (repo: string, number: number) => Promise<void>;
  readonly closeIssue: (repo: string, number: number, reason?: "completed" | "not_planned") => Promise<void>;
  readonly reopenIssue: (repo: string, number: number) => Promise<void>;
}

/** A person with all the rights of their login. */
export function personOf(state: State, login: string, send: (incoming: Incoming) => Promise<Outgoing>): Person {
  const known = state.tokens.find(
    (token) => token.kind === "user" && token.permissions === null && token.user.login === login && token.limit > 1_000_000,
  );
  const token = known?.value ?? issueToken(state, { user: login, limit: Number.MAX_SAFE_INTEGER });
  const headers = { authorization: `Bearer ${token}`, "user-agent": login, accept: "application/vnd.github+json" };
  const request = async (method: string, path: string, body?: unknown): Promise<Said> => {
    const answer = await send({ method, target: path, headers, body: body === undefined ? "" : JSON.stringify(body) });
    const text = answer.body.toString("utf8");
    if (answer.status >= 400) throw new Error(`${login}: ${method} ${path}: ${answer.status} ${text}`);
    return { status: answer.status, body: text === "" ? null : (JSON.parse(text) as unknown) };
  };
  const issue = (repo: string, number: number, change: object) => request("PATCH", `/repos/${repo}/issues/${number}`, change);
  return {
    token,
    request,
    closePull: async (repo, number) => void (await request("PATCH", `/repos/${repo}/pulls/${number}`, { state: "closed" })),
    merge: async (repo, number, method = "merge") => {
      const { body } = await request("PUT", `/repos/${repo}/pulls/${number}/merge`, { merge_method: method });
      return isFields(body) ? String(body["sha"]) : "";
    },
    comment: async (repo, number, body) => void (await request("POST", `/repos/${repo}/issues/${number}/comments`, { body })),
    approve: async (repo, number) => void (await request("POST", `/repos/${repo}/pulls/${number}/reviews`, { event: "APPROVE" })),
    closeIssue: async (repo, number, reason = "completed") => void (await issue(repo, number, { state: "closed", state_reason: reason })),
    reopenIssue: async (repo, number) => void (await issue(repo, number, { state: "open" })),
  };
}
