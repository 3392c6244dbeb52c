import * as z from "zod/mini";
import { Problem } from "../../core/problem.ts";
import type { Peer, Query } from "./peer.ts";
import { excerptOf, withoutSecrets } from "./redact.ts";
import { isForGood, silenceProblem, statusProblem } from "./refusal.ts";
import { send } from "./send.ts";

/**
 * What a server answered, or its refusal: the HTTP status (null when there was no answer), whether it will be refused the next time too, and
 * what to say of it.
 */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly status: number | null; readonly forGood: boolean; readonly problem: Problem };

function pathText(path: readonly PropertyKey[]): string {
  return path.map((part, index) => (typeof part === "number" ? `[${part}]` : `${index === 0 ? "" : "."}${String(part)}`)).join("");
}

/** The JSON value of a body; a secret that the server put into its data is taken out. @throws Problem when it is no JSON. */
function jsonOf(peer: Peer, { path }: Query, text: string): unknown {
  try {
    return JSON.parse(withoutSecrets(text, peer.secrets));
  } catch {
    const said = text.trimStart().startsWith("<")
      ? "a web page"
      : text === ""
        ? "nothing"
        : `"${excerptOf(text.slice(0, 100), peer.secrets)}"`;
    throw new Problem(`${peer.name} answered ${path} with ${said}, which is not JSON`, {
      remedy: "Check baseUrl of this source: a login page or a proxy may stand there. If it is right, run again later.",
    });
  }
}

/**
 * Asks for JSON and checks its shape. A refusal is given back with its status, so that a source can do without what a vendor does not offer.
 * @throws Problem when the answer is no JSON or of another shape than `schema`, naming the field. No secret of `peer` stands in anything
 * that comes from here.
 */
export async function ask<S extends z.ZodMiniType>(peer: Peer, request: Query, schema: S): Promise<Reply<z.output<S>>> {
  const outcome = await send(peer, request);
  if (outcome.kind !== "answer") return { ok: false, status: null, forGood: false, problem: silenceProblem(peer, request, outcome) };
  const { status, text } = outcome;
  if (status < 200 || status > 299)
    return { ok: false, status, forGood: isForGood(status, text), problem: statusProblem(peer, request, status, text) };
  const parsed = schema.safeParse(jsonOf(peer, request, text));
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  const field = excerptOf(pathText(issue?.path ?? []), peer.secrets);
  throw new Problem(
    `${peer.name} answered ${request.path} in a shape that overpace does not know: ${field || "the answer"} is not ${expectedOf(issue)}`,
    { remedy: "Update overpace; if it is the newest version, please report this sentence. Nothing of this source was read." },
  );
}

function expectedOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === "invalid_type") return `of type ${issue.expected}`;
  return issue?.code === "custom" ? issue.message : "what was expected";
}

/** As `ask`, for what must be there. @throws Problem for a refusal too. */
export async function askJson<S extends z.ZodMiniType>(peer: Peer, request: Query, schema: S): Promise<z.output<S>> {
  return answered(await ask(peer, request, schema));
}

/** The answer. @throws Problem for a refusal. */
export function answered<T>(reply: Reply<T>): T {
  if (!reply.ok) throw reply.problem;
  return reply.value;
}
