import { decimalToMicros, microsPerCent } from "../../core/money.ts";
import { minus } from "../http/money.ts";
import type { Activity } from "./activity.ts";

/** Activity with the hash of the key that it is of; empty where that is not known. */
export type Attributed = Activity & { readonly key: string };

const cellOf = ({ date, workspace_id, model, model_permaslug, endpoint_id, provider_name }: Activity) =>
  JSON.stringify([date, workspace_id, model, model_permaslug, endpoint_id, provider_name]);

const less = (whole: Attributed, part: Activity): Attributed => ({
  ...whole,
  usage: minus(whole.usage, part.usage),
  byok_usage_inference: minus(whole.byok_usage_inference, part.byok_usage_inference),
  requests: whole.requests - part.requests,
  prompt_tokens: whole.prompt_tokens - part.prompt_tokens,
  completion_tokens: whole.completion_tokens - part.completion_tokens,
});

const counts = ({ requests, prompt_tokens, completion_tokens }: Activity) => [requests, prompt_tokens, completion_tokens];

/**
 * The activity by key: what the keys did each, and what is left for none of them (deleted keys). The sums stay those of `whole`. Null when the
 * keys together did more than all.
 */
export function attributed(whole: readonly Activity[], byKey: ReadonlyMap<string, readonly Activity[]>): Attributed[] | null {
  const rests = new Map(whole.map((item) => [cellOf(item), { ...item, key: "" }]));
  const parts: Attributed[] = [];
  for (const [key, items] of byKey) {
    for (const item of items) {
      const rest = rests.get(cellOf(item));
      if (rest === undefined) return null;
      rests.set(cellOf(item), less(rest, item));
      parts.push({ ...item, key });
    }
  }
  const left = [...rests.values()];
  const isOverdrawn = left.some((rest) => decimalToMicros(rest.usage) < -microsPerCent || counts(rest).some((count) => count < 0));
  if (isOverdrawn) return null;
  const isNothing = (rest: Attributed) => decimalToMicros(rest.usage) === 0n && counts(rest).every((count) => count === 0);
  return [...parts, ...left.filter((rest) => !isNothing(rest))];
}
