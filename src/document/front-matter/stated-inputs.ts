import * as z from "zod/mini";
import type { Causes } from "../../core/causes/causes.ts";
import { isDay } from "../../core/day.ts";
import type { SourceState } from "../../core/ledger/charge.ts";
import { parseLedgerName } from "../../core/ledger/ledger.ts";
import type { Metric } from "../../core/metrics/metric.ts";
import { statedCauses } from "./causes.ts";
import type { Inputs } from "./figures.ts";
import { statedMetrics } from "./metrics.ts";

/** What a review file says that it was computed from. */
export interface StatedInputs {
  readonly inputs: Inputs;
  /** How far each source was final, and what it had to tolerate: taken as it stands. */
  readonly sources: readonly SourceState[];
  /** What was known of each metric: taken as it stands. */
  readonly metrics: readonly Metric[];
  /** Changes that may have moved the listed deltas: taken as they stand. */
  readonly causes: Causes | null;
}

const hash = z.string();

/** What `figures` say of each source. */
export const statedSources = z.array(
  z.object({
    name: z.string(),
    settledThrough: z.nullable(z.string().check(z.refine(isDay))),
    problem: z.nullable(z.string()),
    until: z.optional(z.string().check(z.refine(isDay))),
    notes: z._default(z.array(z.string()), []),
  }),
);

const schema = z.object({
  inputs: z.object({
    plan: z.nullable(hash),
    allocation: z.nullable(hash),
    config: hash,
    ledger: z.record(z.string().check(z.refine((name) => parseLedgerName(name) !== null)), hash),
  }),
  sources: statedSources,
  metrics: statedMetrics,
  causes: statedCauses,
});

/** The inputs that `figures` of a front matter names; null when they cannot be read. */
export function statedInputs(figures: unknown): StatedInputs | null {
  const parsed = schema.safeParse(figures);
  return parsed.success ? parsed.data : null;
}
