import { type Priced, addMoments, noMoments, pricesOf, tokenTypes } from "../economics/prices.ts";
import { type Usage, type UsageWeek, modelKey, usageBy } from "../economics/usage.ts";
import { type Detect, partOf } from "./candidate.ts";

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const tokensIn = ({ tokens }: UsageWeek) => sum(tokenTypes.map((type) => tokens[type]));

/** A week on another model: at its prices that the bill tells, else at its mean price of a token; null where the bill has neither. */
export function pricedOn(other: readonly Usage[], week: UsageWeek): { readonly parts: readonly Priced[]; readonly isMean: boolean } | null {
  const sums = noMoments();
  for (const { moments } of other) addMoments(sums, moments);
  const prices = pricesOf(sums);
  const used = tokenTypes.filter((type) => week.tokens[type] > 0);
  if (prices !== null && used.every((type) => prices[type] !== undefined))
    return { parts: used.map((type) => ({ type, tokens: week.tokens[type], price: prices[type] ?? 0 })), isMean: false };
  const weeks = other.flatMap(({ last7, prior7 }) => [last7, prior7]);
  const tokens = sum(weeks.map(tokensIn));
  const price = sum(weeks.map(({ cost }) => Number(cost))) / tokens;
  return tokens === 0 ? null : { parts: [{ type: "all", tokens: tokensIn(week), price }], isMean: true };
}

/**
 * The usage of a model by its name: of the same service where that bills it, else of the same provider, else of all, as others have prices of
 * their own.
 */
export function usageOfModel(usage: readonly Usage[], name: string, { provider, service }: Usage): readonly Usage[] {
  const named = usage.filter(({ model }) => model === name);
  const own = named.filter((one) => one.provider === provider);
  const same = own.filter((one) => one.service === service);
  return [same, own].find((found) => found.length > 0) ?? named;
}

/** What the same tokens would have cost on the model named in the configuration, at the prices seen on the bill for it. */
export const cheaper: Detect = ({ usage, config }) =>
  usageBy(usage, modelKey).flatMap((one) => {
    const name = Object.hasOwn(config.cheaperThan, one.model) ? config.cheaperThan[one.model] : undefined;
    if (name === undefined || one.last7.cost <= 0n) return [];
    const would = pricedOn(usageOfModel(usage, name, one), one.last7);
    const priced = sum(would?.parts.map(({ tokens, price }) => tokens * price) ?? []);
    if (would === null || priced <= 0) return [];
    const { cost } = one.last7;
    const wouldCost = partOf(cost, priced / Number(cost));
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
