import { Problem } from "../../core/problem.ts";
import { version } from "../../version.ts";
import { addressOf, type Answer, type Peer, type Query } from "./peer.ts";

/** More of a body than this is not read. */
export const largestBody = 64 * 1024 * 1024;
const timeoutSeconds = 90;
const mostRedirects = 3;
const mostAttempts = 5;
/** Whoever asks to wait longer is left to the next run. */
const longestWaitSeconds = 120;
/** Doubled with each further attempt. */
const firstWaitSeconds = 2;

/** What came of a request: an answer, or why there is none. */
export type Outcome =
  | ({ readonly kind: "answer" } & Answer)
  | { readonly kind: "redirect"; readonly to: string }
  | { readonly kind: "circle" }
  | { readonly kind: "large" }
  | { readonly kind: "silence"; readonly reason: string };

/** The text of a body, null when it is too large. */
async function textOf(response: Response): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > largestBody) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** Why there was no answer, by its code alone: the words of the runtime may quote what was sent. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "no answer";
  if (error.name === "TimeoutError") return `no answer within ${timeoutSeconds} seconds`;
  const causes = [error.cause, error].flatMap((cause) => (cause instanceof AggregateError ? [cause, ...cause.errors] : [cause]));
  const code = causes.map((cause: unknown) => (cause instanceof Error && "code" in cause ? cause.code : null));
  const found = code.find((value) => typeof value === "string" && /^[A-Z_]+$/.test(value));
  return typeof found === "string" ? found : "the connection broke";
}

/** What is sent besides the address: with a body or a form a POST, else a GET. */
function sentOf(peer: Peer, { body, form, headers: own }: Query): { headers: Record<string, string>; method?: string; body?: string } {
  const headers = { accept: "application/json", "user-agent": `overpace/${version}`, ...peer.headers, ...own };
  const post = (type: string, text: string) => ({ method: "POST", headers: { "content-type": type, ...headers }, body: text });
  if (form !== undefined) return post("application/x-www-form-urlencoded", new URLSearchParams(form).toString());
  return body === undefined ? { headers } : post("application/json", JSON.stringify(body));
}

/** One attempt. A redirect is followed on the same host only: the key goes nowhere else. */
async function attempt(peer: Peer, request: Query): Promise<Outcome> {
  let url = addressOf(peer, request);
  const { origin } = new URL(peer.baseUrl);
  const sent = sentOf(peer, request);
  try {
    for (let redirects = 0; ; redirects += 1) {
      if (url.origin !== origin) return { kind: "redirect", to: url.origin };
      if (redirects > mostRedirects) return { kind: "circle" };
      const signed = await peer.dialect?.sign(url, request.headers ?? {}, sent.body ?? "");
      const response = await peer.world.fetch(url.href, {
        ...sent,
        headers: { ...sent.headers, ...signed },
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutSeconds * 1000),
      });
      const location = response.headers.get("location");
      if (response.status < 300 || response.status > 399 || location === null || !URL.canParse(location, url.href)) {
        const text = await textOf(response);
        return text === null ? { kind: "large" } : { kind: "answer", status: response.status, text, headers: response.headers };
      }
      await response.body?.cancel();
      url = new URL(location, url);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    return { kind: "silence", reason: reasonOf(error) };
  }
}

const passing = [408, 429, 500, 502, 503, 504, 529];

/**
 * The seconds that an answer asks to wait, null when it does not say: the most that `Retry-After` or a header whose name ends so asks for (Azure
 * has one for each of its limits). A date is counted from the answer's own, so that no clock is read and none can be askew.
 */
function askedWait(headers: Headers): number | null {
  const waits = [...headers].filter(([name]) => /(^|-)retry-after$/.test(name)).flatMap(([, value]) => waitOf(value.trim(), headers) ?? []);
  return waits.length === 0 ? null : Math.max(...waits);
}

function waitOf(value: string, headers: Headers): number | null {
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value);
  const [until, now] = [Date.parse(value), Date.parse(headers.get("date") ?? "")];
  return Number.isNaN(until) || Number.isNaN(now) ? null : Math.max(0, (until - now) / 1000);
}

function isPassing({ dialect }: Peer, answer: Answer): boolean {
  return passing.includes(answer.status) || (answer.status >= 400 && dialect?.passes(answer) === true);
}

/**
 * Sends a request that reads, again after a passing fault: no answer, 408, 429 (or 403 with a time to wait) and 5xx. At most five times, waiting as long as the server
 * asks, else 2, 4, 8 and 16 seconds; a server that asks for more than two minutes is not waited for.
 */
export async function send(peer: Peer, request: Query): Promise<Outcome> {
  for (let count = 1; ; count += 1) {
    const outcome = await attempt(peer, request);
    const asked = outcome.kind === "answer" ? askedWait(outcome.headers) : null;
    // GitHub says 403 for a rate limit, too, and then how long to wait.
    const isLimit = outcome.kind === "answer" && outcome.status === 403 && asked !== null;
    const passes = outcome.kind === "silence" || isLimit || (outcome.kind === "answer" && isPassing(peer, outcome));
    const wait = asked ?? firstWaitSeconds * 2 ** (count - 1);
    if (!passes || count === mostAttempts || wait > longestWaitSeconds) return outcome;
    await new Promise((resolve) => setTimeout(resolve, wait * peer.world.second));
  }
}
