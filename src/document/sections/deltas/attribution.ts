import type { ProviderAttribution } from "../../../core/attribution/attribution.ts";
import { percentChange, percentText, shareText } from "../../../core/format.ts";
import type { Review } from "../../../core/review/review.ts";
import { markdownText } from "../../../core/text.ts";
import { blocks, table } from "../../markdown.ts";
import { printer } from "../context.ts";

/** `a`, `a and b`, `a, b and c`. */
function listText(names: readonly string[]): string {
  const shown = names.map(markdownText);
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** The sources that say whose costs are, first as configured: those that only do that, then those that do it for some providers. */
function sharingSources({ shareOnly, attribution }: Review): string[] {
  return [...new Set([...shareOnly, ...attribution.flatMap(({ computed }) => computed.map(({ source }) => source))])];
}

function computedCell(review: Review, { billed, computed }: ProviderAttribution, source: string): string {
  const { money, change } = printer(review);
  const found = computed.find((entry) => entry.source === source);
  if (!found) return "";
  const percent = percentChange(found.amount, billed);
  const share = percent === null ? "" : `, ${percentText(percent)}`;
  return `${money(found.amount)} (${change(found.amount - billed)}${share})`;
}

/** Which sources say whose costs are without being money, how much of each bill they know, and how far off it what they computed is. */
export function attributionText(review: Review): string | null {
  const { money } = printer(review);
  const sources = sharingSources(review);
  if (sources.length === 0) return null;
  const { attribution } = review;
  const computing = sources.filter((source) => attribution.some(({ computed }) => computed.some((entry) => entry.source === source)));
  const rows = attribution.map((provider) => [
    markdownText(provider.provider),
    money(provider.billed),
    `${money(provider.attributed)}${provider.percent === null ? "" : ` (${shareText(provider.percent)})`}`,
    ...computing.map((source) => computedCell(review, provider, source)),
  ]);
  const verb = sources.length === 1 ? "is" : "are";
  const sentence = `**Attribution only:** ${listText(sources)} ${verb} not counted as money beside a bill; the bill is split by what ${sources.length === 1 ? "it says" : "they say"}.`;
  if (rows.length === 0) return `${sentence} Nothing billed this week is known there.`;
  const heads = computing.map((source) => `Computed by ${markdownText(source)}`);
  return blocks([sentence, table(["Provider", "Last 7 days", "Attributed", ...heads], rows)]);
}

/** True when an attribution source lacks days of the week that it says whose costs a provider's bill is: then its parts moved for that alone. */
export function isHalfKnown({ attribution, arrivals }: Review, provider: string): boolean {
  const late = new Set(arrivals.flatMap(({ source, missing }) => (missing > 0 ? [source] : [])));
  return attribution.some((known) => known.provider === provider && known.computed.some(({ source }) => late.has(source)));
}
