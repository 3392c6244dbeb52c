import type { Charge } from "../ledger/charge.ts";
import type { Allocated } from "../settings/allocation.ts";

/** What charges of one model of one service that belong to the same feature, customer and team have in common: few objects for many charges. */
export interface Kind {
  readonly provider: string;
  readonly service: string;
  readonly model: string;
  readonly allocated: Allocated;
}

/** Finds the kinds of one model of one service; charges come in an order in which the one before is mostly of the same. */
function modelsBy(): (charge: Charge) => Map<Allocated, Kind> {
  const known = new Map<string, Map<Allocated, Kind>>();
  let before: { readonly charge: Charge; readonly kinds: Map<Allocated, Kind> } | undefined;
  return (charge) => {
    const { provider, service, model } = charge;
    const last = before?.charge;
    if (before !== undefined && last?.model === model && last.service === service && last.provider === provider) return before.kinds;
    const key = `${provider}\0${service}\0${model}`;
    const kinds = known.get(key) ?? new Map<Allocated, Kind>();
    known.set(key, kinds);
    before = { charge, kinds };
    return kinds;
  };
}

/** Makes the function that gives charges alike the same object. */
export function kindsBy(allocate: (charge: Charge) => Allocated): (charge: Charge) => Kind {
  const kindsOf = modelsBy();
  return (charge) => {
    const [kinds, allocated] = [kindsOf(charge), allocate(charge)];
    const { provider, service, model } = charge;
    const kind = kinds.get(allocated) ?? { provider, service, model, allocated };
    kinds.set(allocated, kind);
    return kind;
  };
}
