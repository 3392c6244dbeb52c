import type { Charge } from "../ledger/charge.ts";
import type { Allocated } from "../settings/allocation.ts";

/** What charges of one model of one service that belong to the same feature, customer and team have in common: few objects for many charges. */
export interface Kind {
  readonly provider: string;
  readonly service: string;
  readonly model: string;
  readonly allocated: Allocated;
}

const isOf = (kind: Kind, charge: Charge) =>
  kind.model === charge.model && kind.service === charge.service && kind.provider === charge.provider;

/** Makes the function that gives charges alike the same object; it remembers each charge, so that every part of a review asks for little. */
export function kindsBy(allocate: (charge: Charge) => Allocated): (charge: Charge) => Kind {
  const known = new Map<Charge, Kind>();
  const byAllocation = new Map<Allocated, Map<string, Kind>>();
  const newest = new Map<Allocated, Kind>();
  const find = (charge: Charge): Kind => {
    const allocated = allocate(charge);
    // Charges come in an order in which the one before is mostly alike.
    const before = newest.get(allocated);
    if (before !== undefined && isOf(before, charge)) return before;
    const alike = byAllocation.get(allocated) ?? new Map<string, Kind>();
    byAllocation.set(allocated, alike);
    const { provider, service, model } = charge;
    const key = `${provider}\0${service}\0${model}`;
    const kind = alike.get(key) ?? { provider, service, model, allocated };
    alike.set(key, kind);
    newest.set(allocated, kind);
    return kind;
  };
  return (charge) => {
    const kind = known.get(charge) ?? find(charge);
    known.set(charge, kind);
    return kind;
  };
}
