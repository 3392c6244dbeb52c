import type { Action } from "./schema.ts";

/** The categories of decision that somebody owns, in the order in which people are told them; the schema says what each needs. */
export const decisions = ["investigate", "optimize", "revise-forecast", "escalate"] as const satisfies readonly Action["decision"][];
