import type { Day } from "../core/day.ts";
import type { MetricRow } from "../core/metrics/metric.ts";
import type { World } from "../core/world.ts";

/** What the reader of a metric is told besides its configuration. */
export interface MetricContext {
  readonly world: World;
  /** The folder that holds `config/`: relative paths begin here. */
  readonly root: string;
  /** The review date: later days are not asked for. */
  readonly asOf: Day;
}

/** Reads the rows of a metric. @throws Problem for what cannot be read in full, with file and line. */
export type ReadMetric<C> = (config: C, context: MetricContext) => Promise<MetricRow[]>;

/** How many days before the review date a metric is asked for. */
export const daysAsked = 28;
