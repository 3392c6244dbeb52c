import type { Day } from "../day.ts";
import type { Charge } from "../ledger/charge.ts";
import type { Delivery } from "../ledger/delivery.ts";
import type { Days } from "../ledger/ledger.ts";
import { remembering } from "../remember.ts";
import type { SourceConfig } from "../settings/config.ts";
import { providerKey } from "./names.ts";

/** A source as configured, as far as it matters here. */
export interface CountingSource extends Pick<SourceConfig, "name" | "counts">, Partial<Pick<SourceConfig, "type" | "settlingDays">> {
  /** The day after its last one, of a source that has ended as its data confirm: it bills nothing from then on. */
  readonly ended?: Day | undefined;
}

/** Sources as configured, with the ends that their data confirm. */
export function withEnds<S extends CountingSource>(
  sources: readonly S[],
  states: readonly { readonly name: string; readonly until?: Day | undefined }[],
): readonly S[] {
  const ends = new Map(states.map(({ name, until }) => [name, until]));
  return sources.map((source) => ({ ...source, ended: ends.get(source.name) }));
}

/** Routers that bill what they charge, and state beside it what own keys cost at providers, who bill that: their estimates are never money. */
const routers: ReadonlySet<string | undefined> = new Set(["openrouter"]);

/** An attribution: no money, what was computed for it stands aside. */
export function asShare(charge: Charge): Charge {
  if (charge.list !== undefined) return charge;
  return { ...charge, list: charge.billed, billed: 0n, effective: 0n };
}

/** Money again: what was computed is its cost. */
export function asMoney(charge: Charge): Charge {
  if (charge.list === undefined) return charge;
  const { list, ...money } = charge;
  return { ...money, billed: list, effective: list };
}

type Role = (charge: Charge) => "money" | "share";

/** The first day on which each source bills a provider with a cost of its own, by provider. */
function billsOf(charges: readonly Charge[], stated: ReadonlyMap<string, CountingSource>, key: (name: string) => string) {
  const bills = new Map<string, Map<string, Day>>();
  for (const charge of charges) {
    const { counts, type } = stated.get(charge.source) ?? {};
    const isEstimate = charge.estimated && (counts !== "money" || routers.has(type));
    if (counts === "attribution" || isEstimate || charge.category !== "Usage") continue;
    const { billed, effective } = asMoney(charge);
    if (billed === 0n && effective === 0n) continue;
    const provider = key(charge.provider);
    const sources = bills.get(provider) ?? new Map<string, Day>();
    bills.set(provider, sources);
    const first = sources.get(charge.source);
    if (first === undefined || charge.day < first) sources.set(charge.source, charge.day);
  }
  return bills;
}

/**
 * Which charges are money and which only say whose costs others are. What a source bills is money; what it estimates is too, unless another
 * source bills the same provider: then, from the first day of that bill on, the estimate is a share of it, until that source has ended. `counts`
 * decides otherwise, but makes no money of what a router says of own keys.
 */
export function roleOf(charges: readonly Charge[], sources: readonly CountingSource[]): Role {
  const stated = new Map(sources.map((source) => [source.name, source]));
  const key = remembering(providerKey);
  let bills: ReturnType<typeof billsOf> | undefined;
  return (charge) => {
    const { counts, type } = stated.get(charge.source) ?? {};
    if (charge.estimated && routers.has(type)) return "share";
    if (counts !== undefined) return counts === "attribution" ? "share" : "money";
    if (!charge.estimated) return "money";
    bills ??= billsOf(charges, stated, key);
    const others = bills.get(key(charge.provider));
    if (others === undefined) return "money";
    for (const [source, first] of others) {
      const end = stated.get(source)?.ended;
      if (source !== charge.source && first <= charge.day && (end === undefined || charge.day < end)) return "share";
    }
    return "money";
  };
}

/** Deliveries as the ledger keeps them: what is no money stands there without cost. `known` is what the ledger holds already. */
export function deliveredInRoles(deliveries: readonly Delivery[], known: Days, sources: readonly CountingSource[]): readonly Delivery[] {
  const mayShare = deliveries.some(({ charges }) => charges.some(({ estimated }) => estimated));
  if (!mayShare && sources.every(({ counts }) => counts !== "attribution")) return deliveries;
  const all = [...[...known.values()].flat(), ...deliveries.flatMap(({ charges }) => charges)];
  const role = roleOf(all, sources);
  return deliveries.map((delivery) => ({ ...delivery, charges: inRoles(delivery.charges, role) }));
}

/** Each charge in its role: shares without cost, money with it. The same charge where that is so already. */
export function inRoles(charges: readonly Charge[], role: Role): Charge[] {
  return charges.map((charge) => (role(charge) === "share" ? asShare(charge) : asMoney(charge)));
}
