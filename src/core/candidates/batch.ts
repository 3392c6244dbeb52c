import { type Usage, usageBy } from "../economics/usage.ts";
import { type Detect, partOf } from "./candidate.ts";

/** By the names on the bill. */
export function isBatch({ model, service }: Pick<Usage, "model" | "service">): boolean {
  return /batch/i.test(`${model} ${service}`);
}

/** Features that, by the configuration, nobody waits for, and that do not run as batches yet by the names on the bill. */
export const batch: Detect = ({ attributed, config }) => {
  const { features = [], discountPercent = 0 } = config.batch ?? {};
  const wanted = attributed.filter((one) => features.includes(one.feature) && !isBatch(one));
  return usageBy(wanted, ({ feature }) => feature).map(({ feature, last7 }) => ({
    kind: "batch",
    path: [feature],
    saving: partOf(last7.cost, discountPercent / 100),
    cost: last7.cost,
    discountPercent,
  }));
};
