import * as z from "zod/mini";
import { sourceCommon } from "../../core/settings/config.ts";

/** What its entry under `sources` may say. */
export const schema = () =>
  z.strictObject({
    type: z.literal("command"),
    /** The program and its words; no shell reads them. */
    run: z
      .array(
        z.string("expected text; put numbers in quotes"),
        'expected a list of a program and its words, such as ["node", "scripts/costs.mjs"]',
      )
      .check(z.minLength(1, 'is empty; expected a program and its words, such as ["node", "scripts/costs.mjs"]')),
    /** The environment variables that it is given besides PATH, HOME, OVERPACE_START and OVERPACE_END. */
    env: z._default(
      z.array(z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of an environment variable, not its value"))),
      [],
    ),
    /** What becomes of a row without BilledCost and EffectiveCost; its tokens can be priced where JSON lines are printed. */
    emptyCost: z._default(z.enum(["refuse", "estimate"], "expected refuse or estimate"), "refuse"),
    format: z.optional(z.enum(["focus-csv", "jsonl"], "expected focus-csv or jsonl")),
    /** How many days before the review date it is asked for. */
    days: z._default(z.number().check(z.int(), z.minimum(1), z.maximum(3660)), 92),
    timeoutSeconds: z._default(z.number().check(z.int(), z.minimum(1), z.maximum(3600)), 300),
    ...sourceCommon,
  });
export type CommandConfig = z.infer<ReturnType<typeof schema>>;
