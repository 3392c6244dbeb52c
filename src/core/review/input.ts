import type { CountingSource } from "../attribution/roles.ts";
import type { Day } from "../day.ts";
import type { Charge, CostBasis, SourceState } from "../ledger/charge.ts";
import type { Restatement } from "../ledger/restatement.ts";
import type { Metric } from "../metrics/metric.ts";
import type { Allocation } from "../settings/allocation.ts";
import type { CandidateConfig } from "../settings/candidates.ts";
import type { Thresholds } from "../settings/config.ts";
import type { Plan } from "../settings/plan.ts";
import type { Exceptions } from "./findings/findings.ts";
import type { History } from "./month/history.ts";

/** All that a weekly review is computed from. */
export interface ReviewInput extends Exceptions {
  /** The review date; the period is the seven days before it. */
  readonly asOf: Day;
  /** The date of the review before, as the ledger tells it; null without one. */
  readonly lastReview: Day | null;
  readonly currency: string;
  readonly costBasis: CostBasis;
  /** The charges of the configured sources before the review date, as far back as their details change a figure. */
  readonly charges: readonly Charge[];
  /** What days before those of the charges cost: a forecast reads further back than all else. */
  readonly history: History;
  readonly sources: readonly SourceState[];
  /** The sources as configured, as far as it matters for what is money; left out, all is. */
  readonly counting?: readonly CountingSource[];
  readonly plan: Plan | null;
  readonly allocation: Allocation;
  readonly thresholds: Thresholds;
  /** Expected growth in percent a week, or the metric that it is read from; null = none stated. */
  readonly growth: number | { readonly metric: string } | null;
  readonly metrics: readonly Metric[];
  /** What possible savings are computed against. */
  readonly candidateConfig: CandidateConfig;
  readonly restatements: readonly Restatement[];
  /** Months of which what they bill of earlier ones came in or changed since the review before. */
  readonly rebilled: readonly string[];
}
