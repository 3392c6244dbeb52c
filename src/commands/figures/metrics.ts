import type { Day } from "../../core/day.ts";
import { type Metric, unknownMetric } from "../../core/metrics/metric.ts";
import { type Problem, placeText } from "../../core/problem.ts";
import type { Settings } from "../../shell/config.ts";
import type { Call } from "../command.ts";

/** What could not be read, where and why, and what to do. */
export function unread(what: string, { place, message, remedy }: Problem): string {
  return `${what} could not be read: ${place ? `${placeText(place)}: ` : ""}${message} – ${remedy}`;
}

/** The metrics that are configured, read unless `--no-fetch`, and why some could not be. `known` is what the review says of them already. */
export async function metricsFor(
  call: Call,
  settings: Settings,
  asOf: Day,
  known: readonly Metric[],
): Promise<{ metrics: Metric[]; warnings: string[] }> {
  const { metrics: configs } = settings.config;
  if (configs.length === 0) return { metrics: [], warnings: [] };
  if (!call.fetch) {
    const metrics = configs.map(({ name, kind, currency = null }) => {
      const found = known.find((metric) => metric.name === name && metric.kind === kind);
      return found ?? unknownMetric({ name, kind, currency }, null);
    });
    return { metrics, warnings: [] };
  }
  const { readMetrics } = await import("../../metrics/index.ts");
  const read = await readMetrics(configs, known, { world: call.world, root: settings.root, asOf });
  const warnings = read.flatMap(({ metric, problem }) => (problem === null ? [] : [unread(`metric \`${metric.name}\``, problem)]));
  return { metrics: read.map(({ metric }) => metric), warnings };
}
