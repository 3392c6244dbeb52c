import { type Usage, modelKey, usageBy } from "../economics/usage.ts";
import { type Metric, ofProduct, weekOf } from "../metrics/metric.ts";
import { type Micros, sum } from "../money.ts";
import { type Candidate, type Detect, isAtLeast, partOf } from "./candidate.ts";

/** Fewer more requests for a unit than this, as a ratio, is no finding. */
const leastGrowth = 1.1;

/** What the requests of a model cost that are more than its own of the week before for as many units. */
export interface Additional {
  readonly model: Usage;
  readonly cost: Micros;
}

/**
 * The additional requests, model by model: each is held against its own, as a cheap model whose requests did not multiply says nothing of what those
 * of a dear one cost. Null where a model began or ended, as requests may have gone from one to another. `units` is last ÷ prior of the metric.
 */
export function additionalOf(models: readonly Usage[], units: number): Additional[] | null {
  if (models.some(({ last7, prior7 }) => last7.requests > 0 !== prior7.requests > 0)) return null;
  return models
    .filter(({ last7, prior7 }) => last7.requests > prior7.requests * units)
    .map((model) => ({ model, cost: partOf(model.last7.cost, 1 - (model.prior7.requests * units) / model.last7.requests) }));
}

/** The features that had no requests in the week before: what they ask now is no repetition. */
function newFeatures(usage: readonly Usage[]): string[] {
  return usageBy(usage, ({ feature }) => feature)
    .filter(({ feature, last7, prior7 }) => feature !== "" && prior7.requests === 0 && last7.requests > 0)
    .map(({ feature }) => feature);
}

/** Units or users of which no day of both weeks is missing, and which there were in both. */
function isCounted(metric: Metric): boolean {
  const weeks = [weekOf(metric, "last7"), weekOf(metric, "prior7")];
  return (metric.kind === "units" || metric.kind === "users") && weeks.every(({ known, value }) => known === 7 && value > 0n);
}

/**
 * Requests that multiplied: more of them on the bill for each unit of the product, new features apart. Worth what the additional ones cost. Told once, as
 * another metric would say the same of the same requests.
 */
export const retries: Detect = ({ lasting, metrics, growthMetric, isWhole }) => {
  if (!isWhole) return [];
  const without = newFeatures(lasting);
  const models = usageBy(
    lasting.filter(({ feature }) => !without.includes(feature)),
    modelKey,
  );
  const week = (which: "last7" | "prior7") => models.map((model) => model[which]).filter(({ requests }) => requests > 0);
  const [now, before] = [week("last7"), week("prior7")];
  const count = (weeks: typeof now) => weeks.reduce((total, { requests }) => total + requests, 0);
  if (count(before) === 0) return [];
  const found = ofProduct(metrics.filter(isCounted), growthMetric).flatMap((metric): Candidate[] => {
    const [last, prior] = [weekOf(metric, "last7"), weekOf(metric, "prior7")];
    const requestsPerUnit = { last7: (count(now) * 1e6) / Number(last.value), prior7: (count(before) * 1e6) / Number(prior.value) };
    const growth = requestsPerUnit.last7 / requestsPerUnit.prior7;
    if (!isAtLeast(growth, leastGrowth)) return [];
    const additional = additionalOf(models, Number(last.value) / Number(prior.value));
    const saving = additional ? sum(additional.map(({ cost }) => cost)) : partOf(sum(now.map(({ cost }) => cost)), 1 - 1 / growth);
    return [{ kind: "retries", path: [metric.name], saving, metric: metric.name, requestsPerUnit, without }];
  });
  return found.slice(0, 1);
};
