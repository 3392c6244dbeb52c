import { type TokenType, type Usage, type UsageWeek, modelKey, tokenTypes, usageBy } from "../economics/usage.ts";
import { type Detect, partOf } from "./candidate.ts";

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const tokensIn = ({ tokens }: UsageWeek) => sum(tokenTypes.map((type) => tokens[type]));

/** Micro-units for a token of each type, seen in both weeks; for tokens of any type where rows mix types. */
interface Prices {
  readonly byType: Readonly<Partial<Record<TokenType, number>>>;
  readonly any: number | null;
}

function pricesOf(usage: readonly Usage[]): Prices {
  const weeks = usage.flatMap(({ last7, prior7 }) => [last7, prior7]);
  const seen = tokenTypes.flatMap((type): [TokenType, number][] => {
    const priced = weeks.flatMap((week) => week.priced[type] ?? []);
    const tokens = sum(priced.map((one) => one.tokens));
    return tokens > 0 ? [[type, sum(priced.map(({ cost }) => Number(cost))) / tokens]] : [];
  });
  const tokens = sum(weeks.map(tokensIn));
  return { byType: Object.fromEntries(seen), any: tokens > 0 ? sum(weeks.map(({ cost }) => Number(cost))) / tokens : null };
}

/** What a week would have cost at these prices, in micro-units; null where they do not tell. */
function costAt({ byType, any }: Prices, week: UsageWeek): number | null {
  const used = tokenTypes.filter((type) => week.tokens[type] > 0);
  const told = used.every((type) => week.priced[type]?.tokens === week.tokens[type]);
  if (!told) return any === null ? null : tokensIn(week) * any;
  const parts = used.map((type) => (byType[type] === undefined ? null : week.tokens[type] * byType[type]));
  return parts.some((part) => part === null) ? null : sum(parts.map((part) => part ?? 0));
}

/** What the same tokens would have cost on the model named in the configuration, at the prices seen on the bill for it. */
export const cheaper: Detect = ({ usage, config }) =>
  usageBy(usage, modelKey).flatMap((one) => {
    const name = Object.hasOwn(config.cheaperThan, one.model) ? config.cheaperThan[one.model] : undefined;
    if (name === undefined || one.last7.cost <= 0n) return [];
    const would = costAt(pricesOf(usage.filter(({ model }) => model === name)), one.last7);
    if (would === null || would <= 0) return [];
    const { cost } = one.last7;
    const wouldCost = partOf(cost, would / Number(cost));
    return wouldCost >= cost
      ? []
      : [{ kind: "cheaper", path: [one.provider, one.model], saving: cost - wouldCost, cheaper: name, cost, wouldCost }];
  });
