import { compareToBase } from "../percent.ts";
import type { Thresholds } from "../settings/config.ts";

export const verdicts = ["good", "check-data", "investigate", "escalate"] as const;
export type Verdict = (typeof verdicts)[number];

interface Amounts {
  /** Forecast at pace and plan, in one scale; no plan = null. */
  readonly pace: bigint;
  readonly plan: bigint | null;
  readonly last7: bigint;
  readonly prior7: bigint;
}

/** More than `thresholds.week` percent up on the prior week; without a prior week never. */
export function weekIsUp({ last7, prior7 }: Pick<Amounts, "last7" | "prior7">, thresholds: Thresholds): boolean {
  return prior7 > 0n && compareToBase(last7, prior7, thresholds.week) > 0;
}

/** More than `thresholds.pace` percent above the plan at the current pace; without a plan never. */
export function paceIsOver({ pace, plan }: Pick<Amounts, "pace" | "plan">, thresholds: Thresholds): boolean {
  return plan !== null && plan > 0n && compareToBase(pace, plan, thresholds.pace) > 0;
}

/** The verdict, from figures alone (S10–S13, S41). Without a plan, or with a plan of 0, only the week counts. */
export function verdictOf(amounts: Amounts, thresholds: Thresholds): Verdict {
  const { pace, plan } = amounts;
  const planned = plan !== null && plan > 0n;
  if (planned && compareToBase(pace, plan, thresholds.escalate) >= 0) return "escalate";
  if (paceIsOver(amounts, thresholds) || weekIsUp(amounts, thresholds)) return "investigate";
  if (planned && compareToBase(pace, plan, -thresholds.below) < 0) return "check-data";
  return "good";
}

/** Escalation triggers that figures alone can fire. */
export function triggersOf(amounts: Amounts, thresholds: Thresholds): string[] {
  return verdictOf(amounts, thresholds) === "escalate" ? ["forecast"] : [];
}
