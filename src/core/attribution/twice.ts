import type { Day } from "../day.ts";
import { type Charge, isLateCorrection } from "../ledger/charge.ts";
import { type Micros, microsText, sum } from "../money.ts";
import { Problem } from "../problem.ts";
import { remembering } from "../remember.ts";
import { providerKey } from "./names.ts";
import type { CountingSource } from "./roles.ts";

/** A source as far as it can deliver what another delivers too. */
export interface PayingSource extends CountingSource {
  readonly type: string;
  /** True when a vendor is asked for its own bill. */
  readonly isVendor: boolean;
}

/** What one source charges for one provider. */
interface Bill {
  readonly source: PayingSource;
  readonly provider: string;
  readonly days: Map<Day, Micros>;
}

function billsOf(charges: readonly Charge[], sources: readonly PayingSource[]): Bill[] {
  const key = remembering(providerKey);
  const byName = new Map(sources.map((source) => [source.name, source]));
  const bills = new Map<string, Bill>();
  for (const charge of charges) {
    const source = byName.get(charge.source);
    if (!source || charge.list !== undefined || charge.category !== "Usage" || charge.billed === 0n || isLateCorrection(charge)) continue;
    const id = `${key(charge.provider)}\0${source.name}`;
    const bill = bills.get(id) ?? { source, provider: charge.provider, days: new Map<Day, Micros>() };
    bills.set(id, bill);
    bill.days.set(charge.day, (bill.days.get(charge.day) ?? 0n) + charge.billed);
  }
  return [...bills].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, bill]) => bill);
}

/** Two doors: a vendor's own bill beside another kind of source that bills the same provider. */
const areTwoDoors = (a: PayingSource, b: PayingSource) => a.type !== b.type && (a.isVendor || b.isVendor);

function problemOf(a: Bill, b: Bill, days: readonly Day[]): Problem {
  const total = (bill: Bill) => microsText(sum(days.map((day) => bill.days.get(day) ?? 0n)));
  const part = (bill: Bill) => `source \`${bill.source.name}\` has ${total(bill)} for it`;
  return new Problem(`${a.provider} would be counted twice: from ${days[0]} to ${days.at(-1)} ${part(a)}, ${part(b)}`, {
    remedy:
      "Keep one of them; or write `counts: attribution` at the one that should only say whose costs they are; or `counts: money` at both, if they bill different accounts.",
    kind: "usage",
  });
}

/**
 * The same money through two doors: two sources that charge for one provider on the same days, of which one is a vendor's own bill and the other
 * comes another way. Sources at which both `counts: money` is written are taken at their word. What only looks alike day by day is found by
 * `doubles`, and warned of.
 * @returns one Problem for each pair and provider.
 */
export function countedTwice(charges: readonly Charge[], sources: readonly PayingSource[]): Problem[] {
  if (!sources.some(({ isVendor }) => isVendor) || sources.length < 2) return [];
  const bills = billsOf(charges, sources);
  const key = remembering(providerKey);
  return bills.flatMap((a, index) =>
    bills.slice(index + 1).flatMap((b) => {
      if (key(a.provider) !== key(b.provider) || !areTwoDoors(a.source, b.source)) return [];
      if (a.source.counts === "money" && b.source.counts === "money") return [];
      const days = [...a.days.keys()].filter((day) => b.days.has(day)).sort();
      return days.length === 0 ? [] : [problemOf(a, b, days)];
    }),
  );
}
