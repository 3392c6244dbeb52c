import type { Day } from "../../day.ts";
import type { Usage } from "../../economics/usage.ts";
import { type Findings, allAnomalies } from "./findings.ts";

/**
 * The usage whose week goes on as it was: without services that rose on some days and have come back. What these days cost more is an incident
 * to close, no saving of each week to come.
 */
export function lastingOf(usage: readonly Usage[], findings: Findings, settledThrough: Day | null): readonly Usage[] {
  const passed = allAnomalies(findings).filter(
    ({ class: kind, direction, period }) =>
      kind === "spike" && direction === "up" && settledThrough !== null && period.end <= settledThrough,
  );
  const names = passed.map(({ slice }) => slice.path);
  return usage.filter((one) => !names.some(([provider, service]) => one.provider === provider && (service ?? one.service) === one.service));
}
