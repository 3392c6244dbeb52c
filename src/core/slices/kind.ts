import type { Attributed } from "../attribution/attribution.ts";
import { byNames } from "../ledger/by-names.ts";
import type { Charge } from "../ledger/charge.ts";
import type { Allocated } from "../settings/allocation.ts";

/** What charges of one model of one service that belong to the same feature, customer and team have in common: few objects for many charges. */
export interface Kind {
  readonly provider: string;
  readonly service: string;
  readonly model: string;
  readonly allocated: Allocated;
}

/**
 * Makes the function that gives charges alike the same object. Where a bill is split by what other sources say, charges of the same names belong to
 * several features: then each is asked for by itself.
 */
export function kindsBy({ allocate, shares }: Pick<Attributed, "allocate" | "shares">): (charge: Charge) => Kind {
  const known = new Map<string, Map<Allocated, Kind>>();
  const find = (charge: Charge): Kind => {
    const { provider, service, model } = charge;
    const key = `${provider}\0${service}\0${model}`;
    const kinds = known.get(key) ?? new Map<Allocated, Kind>();
    known.set(key, kinds);
    const allocated = allocate(charge);
    const kind = kinds.get(allocated) ?? { provider, service, model, allocated };
    kinds.set(allocated, kind);
    return kind;
  };
  return shares.length === 0 ? byNames(find) : find;
}
