import { calcPrice, findProvider, type Provider } from "@pydantic/genai-prices";
import type { Day } from "../../core/day.ts";
import { type Decimal, parseDecimal } from "../../core/money.ts";
import type { Usage } from "../../core/settings/prices.ts";

/**
 * The price list, and the only file that knows it. It comes with its package and asks no network: nothing here updates it. Loading it takes
 * about 60 ms, so it is imported only where something is to be priced.
 */
export const listVersion = { name: "genai-prices", version: "0.1.8", date: "2026-09-23", currency: "USD" } as const;

/** So few tokens that no model prices them by a tier for long contexts. */
const baseTierTokens = 1000;

/** Tokens as the list counts them: its input contains what was read from and written to a cache. */
function tokensOf({ inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens }: Usage) {
  const [cacheRead, cacheWrite] = [cacheReadTokens ?? 0, cacheWriteTokens ?? 0];
  return { input: (inputTokens ?? 0) + cacheRead + cacheWrite, cacheRead, cacheWrite, output: outputTokens ?? 0 };
}

const noon = (day: Day) => new Date(`${day}T12:00:00Z`);

/** Finds the model of a name as a list of one: the whole list is gone through once for each name. */
function finder(): (provider: string, model: string) => Provider | null {
  const [providers, models] = [new Map<string, Provider | undefined>(), new Map<string, Provider | null>()];
  const providerOf = (name: string) => {
    if (!providers.has(name)) providers.set(name, findProvider({ providerId: name }));
    return providers.get(name);
  };
  return (provider, model) => {
    const key = `${provider}\0${model}`;
    const known = models.get(key);
    if (known !== undefined) return known;
    const named = providerOf(provider);
    const found = calcPrice({}, model, { timestamp: new Date(0), ...(named ? { provider: named } : {}) });
    const only = found && { ...found.provider, models: [found.model] };
    models.set(key, only);
    return only;
  };
}

/**
 * Opens the list: what usage costs at list price on its day, in USD, rounded by no more than floating point does; null where the list has no
 * price for it.
 *
 * Prices by length of context hold for a request, not for a day of them: an average request is priced and multiplied. Where requests are not
 * counted the price of short requests is taken. A provider that the list does not know, such as a gateway of one's own, is passed over: then the
 * name of the model decides. Prices that change within a day are those of noon UTC.
 */
export function openList(): (usage: Usage) => Decimal | null {
  const find = finder();
  return (usage) => {
    const provider = find(usage.provider, usage.model);
    if (provider === null) return null;
    const { input, cacheRead, cacheWrite, output } = tokensOf(usage);
    // Tokens that are taken back: the list refuses them.
    if (Math.min(input - cacheRead - cacheWrite, cacheRead, cacheWrite, output) < 0) return null;
    const counted = usage.requests !== null && usage.requests > 0;
    const times = counted ? usage.requests : Math.max(1, (input + output) / baseTierTokens);
    const average = {
      input_tokens: input / times,
      cache_read_tokens: cacheRead / times,
      cache_write_tokens: cacheWrite / times,
      output_tokens: output / times,
    };
    const found = calcPrice(average, usage.model, { provider, timestamp: noon(usage.day) });
    if (found === null) return null;
    const { model_price: prices, total_price: price } = found;
    const lacks = (name: string, count: number) => count > 0 && prices[name] === undefined;
    if (lacks("input_mtok", input) || lacks("output_mtok", output)) return null;
    if (!counted && prices["requests_kcount"] !== undefined) return null;
    return parseDecimal(String(price * times));
  };
}
