import { type Attributed, attributed, shareOnly } from "../attribution/attribution.ts";
import type { SourceState } from "../ledger/charge.ts";
import type { Restatement } from "../ledger/restatement.ts";
import { allocator } from "../settings/allocation.ts";
import { endingsOf } from "./data/ended.ts";
import type { ReviewInput } from "./input.ts";

/** What a review is computed from, with its charges sorted out. */
export interface Counted {
  /** The same with money and the sources of money only. */
  readonly input: ReviewInput;
  readonly ready: Attributed;
  /** Sources of which no money counts, only whose costs the bills of others are. */
  readonly sharing: readonly SourceState[];
}

/** What was restated, without what attribution sources computed: that is no money. */
function restatedMoney(restatements: readonly Restatement[], { shares }: Attributed): readonly Restatement[] {
  if (shares.length === 0) return restatements;
  const keyOf = ({ day, source, provider }: Pick<Restatement, "day" | "source" | "provider">) => `${day}\0${source}\0${provider}`;
  const shared = new Set(shares.map(keyOf));
  return restatements.filter((restatement) => !shared.has(keyOf(restatement)));
}

/** Sorts out what is money: all else of a review is computed from that. */
export function countedOf(input: ReviewInput): Counted {
  const { charges, counting = [], allocation, costBasis, sources, restatements, events } = input;
  const ready = attributed(charges, counting, allocator(allocation), costBasis);
  const names = shareOnly(ready, counting);
  return {
    input: {
      ...input,
      charges: ready.money,
      events: [...events, ...endingsOf(sources, ready.money)],
      sources: sources.filter(({ name }) => !names.has(name)),
      restatements: restatedMoney(restatements, ready),
    },
    ready,
    sharing: sources.filter(({ name }) => names.has(name)),
  };
}
