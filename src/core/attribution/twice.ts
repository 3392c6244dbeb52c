import type { Day } from "../day.ts";
import { type Charge, isLateCorrection } from "../ledger/charge.ts";
import { absolute, type Micros, microsPerCent, microsText } from "../money.ts";
import { Problem } from "../problem.ts";
import { providerKey, remembering } from "./names.ts";
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

/** Totals this near are the same: a cent, or a thousandth. */
function isSame(a: Micros, b: Micros): boolean {
  const difference = absolute(a - b);
  return difference <= microsPerCent || difference * 1000n <= absolute(a);
}

/** As many different daily totals that two sources share are no accident. */
const fewestAlike = 3;

interface Overlap {
  readonly days: readonly Day[];
  /** Day by day the same. */
  readonly isAlike: boolean;
}

function overlapOf(a: Bill, b: Bill): Overlap {
  const days = [...a.days.keys()].filter((day) => b.days.has(day)).sort();
  const alike = days.filter((day) => isSame(a.days.get(day) ?? 0n, b.days.get(day) ?? 0n));
  const different = new Set(alike.map((day) => (a.days.get(day) ?? 0n) / microsPerCent));
  return { days, isAlike: different.size >= fewestAlike && alike.length * 5 >= days.length * 4 };
}

/** Two doors: a vendor's own bill beside another kind of source that bills the same provider. */
const areTwoDoors = (a: PayingSource, b: PayingSource) => a.type !== b.type && (a.isVendor || b.isVendor);

function problemOf(a: Bill, b: Bill, { days, isAlike }: Overlap): Problem {
  const [first, last] = [days[0] ?? "", days.at(-1) ?? ""];
  const total = (bill: Bill) => microsText(days.reduce((sum, day) => sum + (bill.days.get(day) ?? 0n), 0n));
  const [left, right] = [a.source.name, b.source.name];
  const how = isAlike ? "the same amounts day by day" : "each its own bill";
  return new Problem(
    `${a.provider} would be counted twice: source \`${left}\` has ${total(a)} for it from ${first} to ${last}, source \`${right}\` ${total(b)}; ${how}`,
    {
      remedy: `Keep one of them; or write \`counts: attribution\` at the one that should only say whose costs they are; or \`counts: money\` at both, if they bill different accounts`,
      kind: "usage",
    },
  );
}

/**
 * The same money through two doors: two sources that charge for one provider on the same days, where one is the vendor's own bill and the other
 * comes another way, or where their totals are the same day by day. Sources at which both `counts: money` is written are taken at their word.
 * @returns one Problem for each pair and provider.
 */
export function countedTwice(charges: readonly Charge[], sources: readonly PayingSource[]): Problem[] {
  if (sources.length < 2) return [];
  const bills = billsOf(charges, sources);
  const key = remembering(providerKey);
  return bills.flatMap((a, index) =>
    bills.slice(index + 1).flatMap((b) => {
      if (key(a.provider) !== key(b.provider) || (a.source.counts === "money" && b.source.counts === "money")) return [];
      const overlap = overlapOf(a, b);
      const isCertain = overlap.isAlike || (areTwoDoors(a.source, b.source) && overlap.days.length > 0);
      return isCertain ? [problemOf(a, b, overlap)] : [];
    }),
  );
}
