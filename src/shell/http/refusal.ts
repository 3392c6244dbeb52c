import * as z from "zod/mini";
import { Problem } from "../../core/problem.ts";
import { isWhole, type Peer, type Query } from "./peer.ts";
import { excerptOf } from "./redact.ts";
import { largestBody, type Outcome } from "./send.ts";

const errorBody = z.union([
  z.pipe(
    z.object({ error: z.object({ message: z.string() }) }),
    z.transform(({ error }) => error.message),
  ),
  z.pipe(
    z.object({ error: z.string() }),
    z.transform(({ error }) => error),
  ),
  z.pipe(
    z.object({ message: z.string() }),
    z.transform(({ message }) => message),
  ),
  z.pipe(
    z.object({ Message: z.string() }),
    z.transform(({ Message }) => Message),
  ),
]);

/** What the server said about its refusal, without markup and secrets. */
function wordsOf(text: string, secrets: readonly string[]): string {
  if (text.trim() === "") return "it said nothing";
  if (text.trimStart().startsWith("<")) return "it sent a web page";
  let said = text;
  try {
    const parsed = errorBody.safeParse(JSON.parse(text));
    if (parsed.success) said = parsed.data;
  } catch {
    // Not JSON: the text as it is.
  }
  return `it said "${excerptOf(said, secrets)}"`;
}

const later = "Run again later; nothing of this source was read, and its days stay as the ledger has them.";

/** Whether the key lacks a right: another key may have it. */
const lacksScope = (status: number, text: string) =>
  status === 403 || (status === 401 && /missing scopes?|insufficient permissions?/i.test(text));

/** Whether a refusal will be the same next time: the key lacks a right, or the server has no such thing. */
export function isForGood(status: number, text: string): boolean {
  return status === 404 || lacksScope(status, text);
}

/** An answer that is no success, as a refusal with what to do. */
export function statusProblem(peer: Peer, { path }: Query, status: number, text: string): Problem {
  const said = `(${status}; ${wordsOf(text, peer.secrets)})`;
  const meaning = peer.explain?.(status, text) ?? null;
  if (meaning !== null) return new Problem(`${meaning.message} ${said}`, { remedy: meaning.remedy });
  const isLimit = status === 429 || (status === 403 && /rate limit/i.test(text));
  if (isLimit) return new Problem(`${peer.name} asks to wait: its rate limit is used up ${said}`, { remedy: later });
  if (lacksScope(status, text))
    return new Problem(`${peer.name} does not let this key read ${shownPath(path)} ${said}`, { remedy: peer.help.scope });
  if (status === 401) return new Problem(`${peer.name} does not accept the key ${said}`, { remedy: peer.help.key });
  if (status === 404)
    return new Problem(`${peer.name} has nothing at ${shownAddress(peer, path)} ${said}`, {
      remedy: "Check baseUrl of this source, and that the key belongs to an organization that has this report.",
    });
  if (status >= 500) return new Problem(`${peer.name} does not work at ${shownAddress(peer, path)} ${said}`, { remedy: later });
  return new Problem(`${peer.name} refused the request for ${shownPath(path)} ${said}`, {
    remedy: "Check the keys of this source in config/overpace.yaml; if they are right, please report this with the words above.",
  });
}

/** The path without what may be an address of its own. */
const shownPath = (path: string) => (isWhole(path) ? new URL(path).pathname : path);
const shownAddress = ({ baseUrl }: Peer, path: string) => (isWhole(path) ? new URL(path).origin : baseUrl) + shownPath(path);

/** Why there is no answer, as a refusal with what to do. */
export function silenceProblem(peer: Peer, { path }: Query, outcome: Exclude<Outcome, { readonly kind: "answer" }>): Problem {
  switch (outcome.kind) {
    case "redirect":
      return new Problem(`${peer.name} sends to ${outcome.to}, another host than that of baseUrl; the key was not sent there`, {
        remedy: `Set baseUrl of this source to the address that answers, if you trust ${outcome.to}.`,
      });
    case "circle":
      return new Problem(`${peer.name} sends from one address to the next for ${shownPath(path)} and never answers`, {
        remedy: "Check baseUrl of this source: a login page or a proxy may stand there. If it is right, run again later.",
      });
    case "large":
      return new Problem(`${peer.name} answered ${shownPath(path)} with more than ${largestBody / 1024 ** 2} MiB`, {
        remedy: "Check baseUrl of this source; no report of days is that large.",
      });
    default:
      return new Problem(`${peer.name} cannot be reached at ${shownAddress(peer, path)} (${outcome.reason})`, {
        remedy: `Check the network, a proxy, and baseUrl of this source. ${later}`,
      });
  }
}
