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

/** Makes the function that gives charges alike the same object. */
export function kindsBy(allocate: (charge: Charge) => Allocated): (charge: Charge) => Kind {
  const known = new Map<string, Map<Allocated, Kind>>();
  return byNames((charge) => {
    const { provider, service, model } = charge;
    const key = `${provider}\0${service}\0${model}`;
    const kinds = known.get(key) ?? new Map<Allocated, Kind>();
    known.set(key, kinds);
    const allocated = allocate(charge);
    const kind = kinds.get(allocated) ?? { provider, service, model, allocated };
    kinds.set(allocated, kind);
    return kind;
  });
}
