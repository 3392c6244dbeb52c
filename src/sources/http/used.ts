import { answered, type Reply } from "../../shell/http/ask.ts";

/**
 * What was used beside the money of a source. Where its report is refused for good, such as to a key that may read costs only, the money counts
 * without tokens, and a warning says what is missing.
 * @throws Problem for a fault that may pass, as the tokens would come the next time.
 */
export function usedOrWarning<T>(
  source: string,
  reply: Reply<readonly T[]>,
): { readonly used: readonly T[]; readonly warnings: readonly string[] } {
  if (reply.ok || !reply.forGood) return { used: answered(reply), warnings: [] };
  const { message, remedy } = reply.problem;
  return {
    used: [],
    warnings: [`source \`${source}\` brings costs without tokens and requests: ${message}. ${remedy}`],
  };
}
