import { pricesOf } from "../economics/prices.ts";
import { type Usage, type UsageWeek } from "../economics/usage.ts";
import { type Detect, inputOf, isAtLeast, pathOf } from "./candidate.ts";

/** A fall of the hit rate by less than this is no finding. */
const leastFall = 0.05;

const hitRate = (week: UsageWeek) => (inputOf(week) === 0 ? 0 : week.tokens.cacheReadTokens / inputOf(week));

/** What a token costs more when it is not read from the cache, in micro-units, by the prices that the bill tells; null where it does not. */
export function extraPrice({ moments }: Usage): number | null {
  const { inputTokens: full, cacheReadTokens: cached } = pricesOf(moments) ?? {};
  return full === undefined || cached === undefined || cached >= full ? null : full - cached;
}

/** A cache that serves a smaller part of the input than the week before. Worth what those tokens cost more; only where the bill tells their prices. */
export const cache: Detect = ({ lasting }) =>
  lasting.flatMap((one) => {
    const rates = { last7: hitRate(one.last7), prior7: hitRate(one.prior7) };
    const extra = extraPrice(one);
    if (extra === null || !isAtLeast(rates.prior7 - rates.last7, leastFall)) return [];
    const tokens = Math.round((rates.prior7 - rates.last7) * inputOf(one.last7));
    return [{ kind: "cache", path: pathOf(one), saving: BigInt(Math.round(tokens * extra)), hitRate: rates, tokens }];
  });
