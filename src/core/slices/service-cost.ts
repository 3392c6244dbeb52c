import type { Day } from "../day.ts";
import type { Charge } from "../ledger/charge.ts";
import type { Micros } from "../money.ts";

/** What pacing and totals look at: what a service cost on a day, whatever the model, account, project, key and tags. */
export type ServiceCost = Pick<
  Charge,
  | "day"
  | "billingPeriod"
  | "provider"
  | "service"
  | "category"
  | "correction"
  | "frequency"
  | "source"
  | "estimated"
  | "billed"
  | "effective"
>;

interface Growing extends ServiceCost {
  readonly day: Day;
  billed: Micros;
  effective: Micros;
}

function begun(charge: Charge): Growing {
  const { day, billingPeriod, provider, service, category, correction, frequency, source, estimated, billed, effective } = charge;
  return { day, billingPeriod, provider, service, category, correction, frequency, source, estimated, billed, effective };
}

function isAlike(a: ServiceCost, b: ServiceCost): boolean {
  return (
    a.day === b.day &&
    a.service === b.service &&
    a.provider === b.provider &&
    a.source === b.source &&
    a.billingPeriod === b.billingPeriod &&
    a.category === b.category &&
    a.correction === b.correction &&
    a.frequency === b.frequency &&
    a.estimated === b.estimated
  );
}

/** The same money with neighbours alike added up: charges come in the order of these fields, so few are left of many. */
export function byService(charges: readonly Charge[]): readonly ServiceCost[] {
  const costs: Growing[] = [];
  let last: Growing | undefined;
  for (const charge of charges) {
    if (last !== undefined && isAlike(last, charge)) {
      last.billed += charge.billed;
      last.effective += charge.effective;
    } else {
      last = begun(charge);
      costs.push(last);
    }
  }
  return costs;
}
