import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Failure } from "./failures.ts";
import type { Outgoing } from "./pipeline.ts";

/** Starts a server on loopback, on a free port unless one is named. */
export const listen = (handle: (request: IncomingMessage, response: ServerResponse) => void, port = 0): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer(handle);
    server.on("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });

export const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** The body of a request; null when the client left before it was whole. */
export const bodyOf = async (request: IncomingMessage): Promise<string | null> => {
  const parts: Buffer[] = [];
  try {
    for await (const part of request) parts.push(part as Buffer);
  } catch {
    return null;
  }
  return Buffer.concat(parts).toString("utf8");
};

/** Runs one thing after another: two requests never see each other half done. */
export function queueOf(): <Result>(act: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const next = last.then(act, act);
    last = next.catch(() => {});
    return next;
  };
}

/** What a client gets that is cut: an answer, or null for none. */
export function cut(failure: Failure): Outgoing | null {
  if (failure === "no-answer" || failure === "lost-answer") return null;
  if (failure === "502") return { status: 502, headers: { "content-type": "text/html" }, body: Buffer.from("<html>Unicorn!</html>") };
  const { limit, retryAfter } = failure === "secondary-limit" ? { limit: 403, retryAfter: 0 } : failure;
  const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
  const documentation_url = "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits";
  return {
    status: limit,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "retry-after": String(retryAfter),
      "x-github-request-id": "0000:0000:0000000:0000000:00000000",
    },
    body: Buffer.from(JSON.stringify({ message, documentation_url })),
  };
}
