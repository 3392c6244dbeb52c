import { type UsageWeek, modelKey, tokenTypes, usageBy } from "../economics/usage.ts";
import type { Micros } from "../money.ts";
import { type Detect, inputOf, partOf, pathOf } from "./candidate.ts";

/** Growth below this, as a ratio, is what people write. */
const leastGrowth = 1.05;

const sent = tokenTypes.filter((type) => type !== "outputTokens");

/**
 * What a week's input cost: of rows that hold one token type each exactly; of rows that mix types at most, as output tokens are dearer
 * than input tokens.
 */
export function inputCost(week: UsageWeek): Micros {
  const told = sent.reduce((count, type) => count + (week.priced[type]?.tokens ?? 0), 0);
  if (told === inputOf(week)) return sent.reduce((sum, type) => sum + (week.priced[type]?.cost ?? 0n), 0n);
  return partOf(week.cost, inputOf(week) / (inputOf(week) + week.tokens.outputTokens));
}

/** Prompts that grew: more input tokens for each request of a model and feature, worth what the same requests would have cost less. */
export const prompts: Detect = ({ usage }) =>
  usageBy(usage, (one) => `${modelKey(one)}\0${one.feature}`).flatMap((one) => {
    const { last7, prior7 } = one;
    if (last7.requests <= 0 || prior7.requests <= 0 || inputOf(prior7) <= 0) return [];
    const tokensPerRequest = { last7: inputOf(last7) / last7.requests, prior7: inputOf(prior7) / prior7.requests };
    const growth = tokensPerRequest.last7 / tokensPerRequest.prior7;
    if (growth < leastGrowth) return [];
    const saving = partOf(inputCost(last7), 1 - 1 / growth);
    return [{ kind: "prompts", path: pathOf(one), saving, tokensPerRequest, requests: last7.requests }];
  });
