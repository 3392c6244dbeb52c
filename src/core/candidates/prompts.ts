import { type Priced, pricesOf, tokenTypes } from "../economics/prices.ts";
import { type Usage } from "../economics/usage.ts";
import type { Micros } from "../money.ts";
import { type Detect, inputOf, isAtLeast, partOf, pathOf } from "./candidate.ts";

/** Growth below this, as a ratio, is what people write. */
export const leastGrowth = 1.05;

const sent = tokenTypes.filter((type) => type !== "outputTokens");

/** The input of the last seven days at the prices that the bill tells; null where it tells none. */
export function pricedInput({ last7, moments }: Usage): Priced[] | null {
  const prices = pricesOf(moments);
  return prices && sent.map((type) => ({ type, tokens: last7.tokens[type], price: prices[type] ?? 0 })).filter(({ tokens }) => tokens > 0);
}

/** What the input of the last seven days cost: by the prices that the bill tells, else at most, as output tokens are dearer than input. */
export function inputCost(usage: Usage): Micros {
  const { last7 } = usage;
  const priced = pricedInput(usage);
  if (priced !== null) return partOf(last7.cost, priced.reduce((sum, { tokens, price }) => sum + tokens * price, 0) / Number(last7.cost));
  return partOf(last7.cost, inputOf(last7) / (inputOf(last7) + last7.tokens.outputTokens));
}

/** Prompts that grew: more input tokens for each request of a model and feature, worth what the same requests would have cost less. */
export const prompts: Detect = ({ lasting }) =>
  lasting.flatMap((one) => {
    const { last7, prior7 } = one;
    if (last7.requests <= 0 || prior7.requests <= 0 || inputOf(prior7) <= 0 || last7.cost <= 0n) return [];
    const tokensPerRequest = { last7: inputOf(last7) / last7.requests, prior7: inputOf(prior7) / prior7.requests };
    const growth = tokensPerRequest.last7 / tokensPerRequest.prior7;
    if (!isAtLeast(growth, leastGrowth)) return [];
    const saving = partOf(inputCost(one), 1 - 1 / growth);
    return [{ kind: "prompts", path: pathOf(one), saving, tokensPerRequest, requests: last7.requests }];
  });
