import { type Period, addDays, eachDay } from "../day.ts";
import type { Charge } from "../ledger/charge.ts";
import type { Kind } from "../slices/kind.ts";
import { type Usage, namesOf, usageKey } from "./usage.ts";

/** Input tokens for each request of the models and features of both weeks over the last weeks, oldest first; 0 for a week without a request that is counted. */
export type InputWeeks = ReadonlyMap<Usage, readonly number[]>;

/** As many weeks as a slow drift is told over. */
const weeks = 6;

interface Counts {
  readonly requests: number[];
  readonly tokens: number[];
}

const beginning = (): Counts => ({ requests: Array<number>(weeks).fill(0), tokens: Array<number>(weeks).fill(0) });

/** Input tokens, from a cache or not, for each request of the six weeks that end with `period`. */
export function inputWeeksOf(
  charges: readonly Charge[],
  used: readonly Usage[],
  { end }: Period,
  kindOf: (charge: Charge) => Kind,
): InputWeeks {
  const days = eachDay({ start: addDays(end, -7 * weeks), end });
  const weekOn = new Map(days.map((day, index) => [day, Math.floor(index / 7)]));
  const counts = new Map(used.map((usage) => [usageKey(usage), beginning()]));
  const byKind = new Map<Kind, Counts | undefined>();
  for (const charge of charges) {
    const { category, model, requests, inputTokens, cacheReadTokens, cacheWriteTokens } = charge;
    const week = weekOn.get(charge.day);
    if (week === undefined || category !== "Usage" || model === "") continue;
    const kind = kindOf(charge);
    if (!byKind.has(kind)) byKind.set(kind, counts.get(usageKey(namesOf(kind))));
    const own = byKind.get(kind);
    if (own === undefined) continue;
    own.requests[week] = (own.requests[week] ?? 0) + (requests ?? 0);
    own.tokens[week] = (own.tokens[week] ?? 0) + (inputTokens ?? 0) + (cacheReadTokens ?? 0) + (cacheWriteTokens ?? 0);
  }
  const perRequest = ({ requests, tokens }: Counts) => requests.map((count, week) => (count > 0 ? (tokens[week] ?? 0) / count : 0));
  return new Map(used.map((usage) => [usage, perRequest(counts.get(usageKey(usage)) ?? beginning())]));
}
