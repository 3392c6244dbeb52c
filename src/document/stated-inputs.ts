import * as z from "zod";
import { isDay } from "../core/day.ts";
import type { SourceState } from "../core/ledger/charge.ts";
import { parseLedgerName } from "../core/ledger/ledger.ts";
import type { Inputs } from "./figures-block.ts";

/** What a review file says that it was computed from. */
export interface StatedInputs {
  readonly inputs: Inputs;
  /** How far each source was final, and what it had to tolerate: taken as it stands. */
  readonly sources: readonly SourceState[];
}

const hash = z.string();
const schema = z.object({
  inputs: z.object({
    plan: hash.nullable(),
    allocation: hash.nullable(),
    config: hash,
    ledger: z.record(
      z.string().refine((name) => parseLedgerName(name) !== null),
      hash,
    ),
  }),
  sources: z.array(
    z.object({
      name: z.string(),
      settledThrough: z.string().refine(isDay).nullable(),
      problem: z.string().nullable(),
      notes: z.array(z.string()).default([]),
    }),
  ),
});

/** The inputs that `figures` of a front matter names; null when they cannot be read. */
export function statedInputs(figures: unknown): StatedInputs | null {
  const parsed = schema.safeParse(figures);
  return parsed.success ? parsed.data : null;
}
