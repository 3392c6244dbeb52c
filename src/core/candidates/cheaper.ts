import { addMoments, noMoments, pricesOf, tokenTypes } from "../economics/prices.ts";
import { type Usage, type UsageWeek, modelKey, usageBy } from "../economics/usage.ts";
import { type Detect, partOf } from "./candidate.ts";

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const tokensIn = ({ tokens }: UsageWeek) => sum(tokenTypes.map((type) => tokens[type]));

/** What a week would have cost on another model, in micro-units: by its prices that the bill tells, else by its mean price of a token. */
function costOn(other: readonly Usage[], week: UsageWeek): { readonly cost: number; readonly isMean: boolean } | null {
  const sums = noMoments();
  for (const { moments } of other) addMoments(sums, moments);
  const prices = pricesOf(sums);
  const used = tokenTypes.filter((type) => week.tokens[type] > 0);
  if (prices !== null && used.every((type) => prices[type] !== undefined))
    return { cost: sum(used.map((type) => week.tokens[type] * (prices[type] ?? 0))), isMean: false };
  const weeks = other.flatMap(({ last7, prior7 }) => [last7, prior7]);
  const tokens = sum(weeks.map(tokensIn));
  return tokens === 0 ? null : { cost: (tokensIn(week) * sum(weeks.map(({ cost }) => Number(cost)))) / tokens, isMean: true };
}

/** What the same tokens would have cost on the model named in the configuration, at the prices seen on the bill for it. */
export const cheaper: Detect = ({ usage, config }) =>
  usageBy(usage, modelKey).flatMap((one) => {
    const name = Object.hasOwn(config.cheaperThan, one.model) ? config.cheaperThan[one.model] : undefined;
    if (name === undefined || one.last7.cost <= 0n) return [];
    const would = costOn(
      usage.filter(({ model }) => model === name),
      one.last7,
    );
    if (would === null || would.cost <= 0) return [];
    const { cost } = one.last7;
    const wouldCost = partOf(cost, would.cost / Number(cost));
    return wouldCost >= cost
      ? []
      : [
          {
            kind: "cheaper",
            path: [one.provider, one.service, one.model],
            saving: cost - wouldCost,
            cheaper: name,
            cost,
            wouldCost,
            isMean: would.isMean,
          },
        ];
  });
