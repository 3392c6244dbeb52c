import { contains, type Day, type Period } from "../../core/day.ts";
import type { Decimal } from "../../core/money.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { assertSameSums } from "../http/sums.ts";
import { sellsModels } from "./model.ts";
import { type Cost, costsBy, type Group, type Question } from "./query.ts";

/** What something cost on a day; texts are empty where they were not asked for. */
export interface Spent {
  readonly day: Day;
  readonly amount: Decimal;
  readonly currency: string;
  readonly chargeType: string;
  readonly service: string;
  readonly meter: string;
  /** Whose costs they are. */
  readonly owner: string;
}

const dimension = (name: string): Group => ({ type: "Dimension", name });

/** Usage, and what was paid for commitments that nothing used. */
const isUsage = (chargeType: string) => /^(?:usage|unused.*|)$/i.test(chargeType);
const distinct = (values: readonly string[]) => [...new Set(values)].sort();

function spent({ day, amount, currency }: Cost, more: Partial<Spent>): Spent {
  return { day, amount, currency, chargeType: "Usage", service: "", meter: "", owner: "", ...more };
}

/**
 * All costs of a range. Azure groups by two things at once, so it is asked in steps, each of which must add up to the one before, day by day: as a
 * whole; by kind of charge and service; usage by service and owner; and, for each service that sells models, by meter and owner.
 */
export async function costsOf(peer: Peer, scope: string, type: Question["type"], asked: Period, owner: Group): Promise<Spent[]> {
  const ask = async (groups: readonly Group[], only: Question["only"] = {}) =>
    (await costsBy(peer, scope, { type, asked, groups, only })).filter(({ day }) => contains(asked, day));
  const kinds = await ask([dimension("ChargeType"), dimension("ServiceName")]);
  assertSameSums(peer.name, kinds, await ask([]));
  const usage = kinds.filter(({ values: [kind = ""] }) => isUsage(kind));
  const others = kinds.filter(({ values: [kind = ""] }) => !isUsage(kind));
  const lumps = others.map((cost) => spent(cost, { chargeType: cost.values[0] ?? "", service: cost.values[1] ?? "" }));
  if (usage.length === 0) return lumps;
  const onlyUsage = { ChargeType: distinct(usage.map(({ values: [kind = ""] }) => kind)) };
  const owned = await ask([dimension("ServiceName"), owner], onlyUsage);
  assertSameSums(peer.name, owned, usage);
  const plain = owned.filter(({ values: [service = ""] }) => !sellsModels(service));
  const result = [...lumps, ...plain.map((cost) => spent(cost, { service: cost.values[0] ?? "", owner: cost.values[1] ?? "" }))];
  for (const service of distinct(owned.flatMap(({ values: [name = ""] }) => (sellsModels(name) ? [name] : [])))) {
    const metered = await ask([dimension("Meter"), owner], { ...onlyUsage, ServiceName: [service] });
    const ofService = owned.filter(({ values: [name] }) => name === service);
    assertSameSums(peer.name, metered, ofService);
    result.push(...metered.map((cost) => spent(cost, { service, meter: cost.values[0] ?? "", owner: cost.values[1] ?? "" })));
  }
  return result;
}
