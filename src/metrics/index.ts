import { type Metric, type MetricName, metricOf, unknownMetric } from "../core/metrics/metric.ts";
import { Problem } from "../core/problem.ts";
import type { MetricConfig } from "../core/settings/metrics.ts";
import { weekBefore } from "../core/weeks.ts";
import { command } from "./command.ts";
import { csv } from "./csv.ts";
import { http } from "./http.ts";
import type { MetricContext, ReadMetric } from "./metric.ts";

/** Every type of metric by the name that stands in `type:`; a new one is a file and a line here. */
const readers = { csv, command, http } satisfies { [T in MetricConfig["type"]]: ReadMetric<Extract<MetricConfig, { type: T }>> };

/** A metric as read, or as far as it is known, and why it could not be read. */
export interface ReadOne {
  readonly metric: Metric;
  readonly problem: Problem | null;
}

/**
 * Reads every configured metric; one that fails is named and leaves the others. `known` is what the review says of them already: it
 * stands for one that cannot be read.
 */
export async function readMetrics(configs: readonly MetricConfig[], known: readonly Metric[], context: MetricContext): Promise<ReadOne[]> {
  const weeks = weekBefore(context.asOf);
  return Promise.all(
    configs.map(async (config) => {
      const name: MetricName = { name: config.name, kind: config.kind, currency: config.currency ?? null };
      try {
        const reader = readers[config.type] as ReadMetric<MetricConfig>;
        const rows = await reader(config, context);
        return { metric: metricOf(name, rows, weeks, config.customer !== undefined), problem: null };
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        const before = known.find((metric) => metric.name === config.name && metric.kind === config.kind);
        return { metric: before ? { ...before, problem: error.message } : unknownMetric(name, error.message), problem: error };
      }
    }),
  );
}
