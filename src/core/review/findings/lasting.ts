import type { Usage } from "../../economics/usage.ts";
import { settledOf } from "../../slices/settled.ts";
import { type Findings, allAnomalies } from "./findings.ts";
import type { Anomaly } from "./odd-days.ts";

/** Whether its last day is followed by one of the same slice that is final and does not stand out that way. */
export function isFollowed({ slice, period }: Pick<Anomaly, "slice" | "period">, sources: Parameters<typeof settledOf>[0]): boolean {
  const through = settledOf(sources)(slice);
  return through !== null && period.end <= through;
}

/**
 * The usage whose week goes on as it was: without services that rose on some days and have come back. What these days cost more is an incident
 * to close, no saving of each week to come.
 */
export function lastingOf(usage: readonly Usage[], findings: Findings, sources: Parameters<typeof settledOf>[0]): readonly Usage[] {
  const passed = allAnomalies(findings).filter(
    (anomaly) => anomaly.class === "spike" && anomaly.direction === "up" && isFollowed(anomaly, sources),
  );
  const names = passed.map(({ slice }) => slice.path);
  return usage.filter((one) => !names.some(([provider, service]) => one.provider === provider && (service ?? one.service) === one.service));
}
