import type { Counters } from "../../core/ledger/charge.ts";
import { divideRounded, type Decimal } from "../../core/money.ts";
import { noCounters } from "../http/row.ts";
import type { Line } from "./costs.ts";

/** True for a service of which models are bought: `Amazon Bedrock`, and each model that is billed as a service of its own. */
export function isBedrock(service: string): boolean {
  return /bedrock/i.test(service);
}

/** A region's short form at the front of a usage type: `USE1-`, `EU-`, and once more for the marketplace, `USE1-MP:USE1_`. */
const regionPrefix = /^(?:(?:EU|[A-Z]{3}\d{1,2})-)?(?:MP:(?:EU|[A-Z]{3}\d{1,2})_)?/;
/** A model with what was used of it: `NovaPro-input-tokens-batch`, `openai.gpt-oss-120b-mantle-output-tokens-standard`. */
const ofModel =
  /^(.+?)(?:-mantle)?-(?:(?:text|speech|audio|image|video)-)?(?:input|output|cache-?read|cache-?write)(?:-[a-z0-9]+)*?-tokens?(?:-.*)?$/;

/**
 * Service and model of a usage type. Some models are services of their own (`Claude Sonnet 4.6 (Amazon Bedrock Edition)`), others stand in
 * the usage types of `Amazon Bedrock`. What is neither, such as guardrails, goes by its usage type without the region.
 */
export function modelOf(service: string, usageType: string): { readonly service: string; readonly model: string } {
  const edition = /^(.+?)\s*\(Amazon Bedrock Edition\)$/i.exec(service)?.[1];
  if (edition !== undefined) return { service: "Amazon Bedrock", model: edition };
  const rest = usageType.replace(regionPrefix, "");
  const isPlain = /^Amazon ?Bedrock(?: ?(?:Foundation ?Models|Service))?$/i.test(service);
  return { service: isPlain ? "Amazon Bedrock" : service, model: ofModel.exec(rest)?.[1] ?? rest };
}

/** How many tokens a unit stands for; null for a unit that does not say so. */
function tokensOf(unit: string): bigint | null {
  const [, factor] = /^(1?k|1,?000|thousand|1?m|1,?000,?000|million)?\s*(?:input |output )?tokens?$/i.exec(unit.trim()) ?? [null, null];
  if (factor === null) return null;
  if (factor === undefined) return 1n;
  return /m|1,?000,?000/i.test(factor) ? 1_000_000n : 1000n;
}

const counterOf = (usageType: string): keyof Counters | null => {
  const text = usageType.toLowerCase().replace(/[^a-z]/g, "");
  if (text.includes("cacheread")) return "cacheReadTokens";
  if (text.includes("cachewrite")) return "cacheWriteTokens";
  if (text.includes("output")) return "outputTokens";
  return text.includes("input") ? "inputTokens" : null;
};

const rounded = ({ units, scale }: Decimal, factor: bigint) => Number(divideRounded(units * factor, 10n ** BigInt(scale)));

/**
 * Tokens of a line, in the one counter that its usage type is of. Only where the unit says tokens: that of models billed through the
 * marketplace is `Units`, of which AWS does not say how many tokens they are.
 */
export function countersOf(usageType: string, quantity: Line["quantity"]): Counters {
  const [factor, counter] = [quantity ? tokensOf(quantity.unit) : null, counterOf(usageType)];
  if (quantity === null || factor === null || counter === null) return noCounters;
  const tokens = rounded(quantity.amount, factor);
  return Number.isSafeInteger(tokens) && tokens >= 0 ? { ...noCounters, [counter]: tokens } : noCounters;
}
