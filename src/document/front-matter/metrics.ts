import * as z from "zod/mini";
import { isDay } from "../../core/day.ts";
import { moneyText } from "../../core/format.ts";
import { type Metric, weekOf } from "../../core/metrics/metric.ts";
import { microsText, parseMicros, toCents } from "../../core/money.ts";
import type { Review } from "../../core/review/review.ts";
import { metricKinds } from "../../core/settings/metrics.ts";
import { markdownText } from "../../core/text.ts";

/** What figures keep of the metrics: all that the review was computed from, so that it can be computed again. */

const value = z.pipe(
  z.string(),
  z.transform((text, { issues }) => {
    const found = parseMicros(text);
    if (found === null) issues.push({ code: "custom", input: text, message: "expected a number" });
    return found ?? 0n;
  }),
);

const weeks = z.pipe(
  z.tuple([value, value]),
  z.transform(([last7, prior7]) => ({ last7, prior7 })),
);

const metric = z.object({
  name: z.string(),
  kind: z.enum(metricKinds),
  currency: z._default(z.nullable(z.string()), null),
  through: z.nullable(z.string().check(z.refine(isDay))),
  problem: z.nullable(z.string()),
  days: z.array(z.nullable(value)).check(z.length(14)),
  customers: z._default(
    z.nullable(
      z.pipe(
        z.array(z.tuple([z.string(), value, value])),
        z.transform((rows) => new Map(rows.map(([name, last7, prior7]) => [name, { last7, prior7 }]))),
      ),
    ),
    null,
  ),
  others: z.optional(weeks),
});

/** `figures.metrics` of a file; none in a file without metrics. */
export const statedMetrics = z._default(z.array(metric), []);

/** Of the customers only those that the review prints, and all others together. */
function customersIn({ customers }: Metric, { economics }: Review) {
  if (customers === null) return {};
  const rest = economics.customers?.rest.revenue ?? null;
  const shown = (economics.customers?.top ?? []).flatMap(({ name, revenue }): [string, string, string][] =>
    revenue === null ? [] : [[name, microsText(revenue.last7), microsText(revenue.prior7)]],
  );
  return { customers: shown, ...(rest === null ? {} : { others: [microsText(rest.last7), microsText(rest.prior7)] }) };
}

/** `figures.metrics`; no key where none is configured. */
export function metricFigures(review: Review) {
  if (review.metrics.length === 0) return {};
  return {
    metrics: review.metrics.map((metric) => ({
      name: metric.name,
      kind: metric.kind,
      ...(metric.currency === null ? {} : { currency: metric.currency }),
      through: metric.through,
      problem: metric.problem,
      days: metric.days.map((amount) => (amount === null ? null : microsText(amount))),
      ...(metric.kind === "revenue" ? customersIn(metric, review) : {}),
    })),
  };
}

/** What a metric says of a week: `$5,796.00`, `207 (2 of 7 days)`, `none`. */
function weekText(metric: Metric, which: "last7" | "prior7"): string {
  const { value, known } = weekOf(metric, which);
  if (known === 0) return "none";
  const text = metric.currency === null ? microsText(value) : moneyText(toCents(value), metric.currency);
  return known < 7 ? `${text} (${known} of 7 days)` : text;
}

/** Old → new of each metric whose weeks were restated, or went on coming in; one that the file did not know has not moved. */
export function movedMetrics(before: Readonly<Record<string, unknown>>, { metrics }: Pick<Review, "metrics">): string[] {
  const stated = z.safeParse(statedMetrics, before["metrics"]).data ?? [];
  return metrics.flatMap((metric) => {
    const old = stated.find(({ name, kind }) => name === metric.name && kind === metric.kind);
    if (old === undefined) return [];
    return (["last7", "prior7"] as const).flatMap((which) => {
      const [from, to] = [weekText(old, which), weekText(metric, which)];
      const week = which === "last7" ? "last 7 days" : "prior 7 days";
      return from === to ? [] : [`Metric ${markdownText(metric.name)}, ${week}: ${from} → ${to}`];
    });
  });
}
