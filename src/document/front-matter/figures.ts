import * as z from "zod/mini";
import { catch as otherwise } from "zod/mini";
import { type Day, isDay } from "../../core/day.ts";
import { forecastMethod } from "../../core/forecast/forecast.ts";
import { centsOf, centsText, percentFigure } from "../../core/format.ts";
import { sourceFigures } from "../../core/review/figures/figures.ts";
import { paceMethod } from "../../core/review/month/pacing.ts";
import type { Review } from "../../core/review/review.ts";
import { inlineYaml } from "../../core/yaml/inline.ts";
import { causeFigures } from "./causes.ts";
import { metricFigures } from "./metrics.ts";

/** What a review was computed from, so that it can be computed again: names and hashes. */
export interface Inputs {
  readonly ledger: Readonly<Record<string, string>>;
  readonly plan: string | null;
  readonly allocation: string | null;
  readonly config: string;
}

/**
 * The first day of all data, only where the month or the prior week begins before it; for a prior week that lies in a hole, the first day
 * that is held again.
 */
function beginningFigures(review: Review): { firstDay?: Day } {
  const { firstDay, month, prior, holes } = review;
  const hole = holes.find(({ start, end }) => start <= prior.start && prior.end <= end);
  if (hole) return { firstDay: hole.end };
  return firstDay === null || (firstDay <= `${month.month}-01` && firstDay <= prior.start) ? {} : { firstDay };
}

/** The machine-owned `figures` of the front matter: headline numbers as decimal text, and what they rest on. */
export function headlineFigures(review: Review, inputs: Inputs, generator: string) {
  const { month, total } = review;
  const text = (amount: bigint | null) => (amount === null ? null : centsText(amount));
  return {
    generator,
    verdict: review.verdict,
    currency: review.currency,
    costBasis: review.costBasis,
    settledThrough: review.settledThrough,
    last7: centsText(total.last7),
    prior7: centsText(total.prior7),
    monthToDate: centsText(month.toDate.total),
    planToDate: text(month.toDate.plan),
    plan: text(month.planTotal),
    pace: centsText(month.pace.total),
    pacePercent: percentFigure(month.pace.percent),
    paceMethod,
    forecast: text(month.model && month.model.total),
    forecastLow80: text(month.model && month.model.low80),
    forecastHigh80: text(month.model && month.model.high80),
    forecastMethod: month.model && forecastMethod,
    triggers: [...review.triggers],
    ...beginningFigures(review),
    deltas: Object.fromEntries(review.listed.map(({ delta }) => [delta.slice.id, centsText(delta.change)])),
    sources: review.sources.map((source) => ({
      ...sourceFigures(source),
      ...(source.notes.length === 0 ? {} : { notes: source.notes }),
    })),
    ...metricFigures(review),
    ...causeFigures(review.causes),
    inputs,
  };
}
export type HeadlineFigures = ReturnType<typeof headlineFigures>;

/** An amount as `figures` states it, as cents. */
export const statedAmount = z.pipe(
  z.string().check(z.refine((text) => centsOf(text) !== null)),
  z.transform((text) => centsOf(text) ?? 0n),
);
const stated = otherwise(z.nullable(statedAmount), null);

const statedSchema = z.object({
  verdict: otherwise(z.nullable(z.string()), null),
  currency: otherwise(z.string(), "USD"),
  last7: stated,
  prior7: stated,
  monthToDate: stated,
  planToDate: stated,
  plan: stated,
  pace: stated,
  firstDay: otherwise(z.nullable(z.string().check(z.refine(isDay))), null),
  triggers: otherwise(z.array(z.string()), []),
  deltas: otherwise(z.record(z.string(), stated), {}),
});

/** The figures that rules judge by, as the file states them: amounts in cents, null for what is not there or no amount. */
export type StatedFigures = Readonly<z.infer<typeof statedSchema>>;

/** Reads `figures` of a front matter; what cannot be read counts as not there. */
export function statedFigures(figures: Readonly<Record<string, unknown>>): StatedFigures {
  return statedSchema.parse(figures);
}

interface Stated {
  readonly figures: Readonly<Record<string, unknown>>;
  readonly period: { readonly start: Day };
}

/** Whether a file is of the first week of all data, in which no delta asks for anything. */
export function saysFirstWeek({ figures, period }: Stated): boolean {
  const firstDay = figures["firstDay"];
  return typeof firstDay === "string" && firstDay >= period.start;
}

/**
 * `figures:` as YAML: one line for each figure, so that a diff shows old and new; lists and hashes on one line each. `zones` and
 * `previous` are fingerprints of what overpace wrote into the body and into `previous`.
 */
export function figuresYaml(
  figures: HeadlineFigures,
  zones: Readonly<Record<string, string>>,
  previous: Readonly<Record<string, string>>,
): string {
  const { ledger, ...otherInputs } = figures.inputs;
  const inline = (value: unknown) => inlineYaml(value, { flowCollectionPadding: true, aliasDuplicateObjects: false });
  const lines = Object.entries(figures)
    .filter(([key]) => key !== "inputs")
    .map(([key, value]) => `  ${key}: ${inline(value)}`);
  const written = Object.keys(previous).length === 0 ? [] : [`  previous: ${inline(previous)}`];
  return ["figures:", ...lines, `  inputs: ${inline({ ...otherInputs, ledger })}`, ...written, `  zones: ${inline(zones)}`].join("\n");
}

const watched = {
  last7: "Last 7 days",
  prior7: "Prior 7 days",
  monthToDate: "Month to date",
  planToDate: "Plan to date",
  plan: "Plan for the month",
  pace: "Month at current pace",
  forecast: "Likely month end",
  settledThrough: "Final through",
  verdict: "Verdict",
} as const;

/** Old → new of each figure that moved, in words; `before` is what the file says now, `print` prints cents. */
export function movedFigures(
  before: Readonly<Record<string, unknown>>,
  after: HeadlineFigures,
  print: (cents: bigint) => string,
): string[] {
  const show = (value: unknown) => {
    const cents = typeof value === "string" ? centsOf(value) : null;
    return cents !== null ? print(cents) : value === null || value === undefined ? "none" : String(value);
  };
  const headline = Object.entries(watched).flatMap(([key, label]) => {
    const [old, now] = [before[key] ?? null, after[key as keyof typeof watched]];
    // A figure that an older version did not know has not moved.
    return old === now || !Object.hasOwn(before, key) ? [] : [`${label}: ${show(old)} → ${show(now)}`];
  });
  const deltasBefore: Record<string, unknown> =
    typeof before["deltas"] === "object" && before["deltas"] !== null ? { ...before["deltas"] } : {};
  const ids = [...new Set([...Object.keys(deltasBefore), ...Object.keys(after.deltas)])].sort();
  const deltas = ids.flatMap((id) => {
    const [old, now] = [deltasBefore[id], after.deltas[id]];
    return old === now
      ? []
      : [`Delta \`${id}\`: ${old === undefined ? "not listed" : show(old)} → ${now === undefined ? "not listed" : show(now)}`];
  });
  return [...headline, ...deltas];
}
