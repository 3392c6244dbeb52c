import { type CostBasis, type SourceState, costOf, isLateCorrection } from "../../ledger/charge.ts";
import { isPaced } from "../../ledger/usage.ts";
import { type Day, addDays, daysBetween, monthOf, monthPeriod } from "../../day.ts";
import { type Micros, absolute, divideRounded, sum } from "../../money.ts";
import type { ServiceCost } from "../slices/service-cost.ts";

/** Divides by 1 to 7 without a rest: amounts "at pace" are kept in 420ths so that thresholds are compared exactly. */
export const paceScale = 420n;
const paceDays = 7;

/** Where the month stands and where it ends at the current pace. */
export interface Pace {
  readonly month: string;
  /** Month-end total at the current pace, in 1/420 micro-units, exact. */
  readonly scaled: bigint;
  readonly total: Micros;
  /** What of it is spent: month to date of each source through its own last settled day, corrections included. */
  readonly spent: Micros;
  /** Mean of the last settled days, per day, over all sources. */
  readonly perDay: Micros;
  /** Days still to come, of the source that is settled furthest, and of the one that is settled least far. */
  readonly daysToCome: number;
  readonly mostDaysToCome: number;
  /**
   * What the last settled days cost that is carried on, what of them is apart from it, and their number, where they are the same days for every
   * source; else null.
   */
  readonly recent: { readonly cost: Micros; readonly apart: Micros; readonly days: number } | null;
  /** What recurring and one-time charges cost a day that still run on the last settled days: it is not carried on. */
  readonly running: Micros;
  readonly parts: readonly PacePart[];
}

/** What one source adds to the pace. */
export interface PacePart {
  readonly source: string;
  /** Month to date, corrections included. */
  readonly spent: Micros;
  /** In 1/420 micro-units. */
  readonly perDayScaled: bigint;
  readonly daysToCome: number;
  /** It costs nothing on the days to come. */
  readonly ended: boolean;
}

export const paceMethod = "month to date + mean of the last 7 settled days × days still to come";

/** What the charges that count cost. */
function costWhere(charges: readonly ServiceCost[], basis: CostBasis, counts: (charge: ServiceCost) => boolean): Micros {
  let total = 0n;
  for (const charge of charges) if (counts(charge)) total += costOf(charge, basis);
  return total;
}

/** Late corrections that the month bills: they count in it whatever their day. */
export function correctionsOf(charges: readonly ServiceCost[], month: string, basis: CostBasis): Micros {
  return costWhere(charges, basis, (charge) => isLateCorrection(charge) && monthOf(charge.billingPeriod) === month);
}

/** What the days of the month through `through` (inclusive) cost, late corrections of earlier months apart. */
export function monthToDate(charges: readonly ServiceCost[], month: string, through: Day | null, basis: CostBasis): Micros {
  if (through === null) return 0n;
  const { start, end } = monthPeriod(month);
  return costWhere(charges, basis, (charge) => {
    const { day } = charge;
    return start <= day && day <= through && day < end && !isLateCorrection(charge);
  });
}

/** All that the month has cost so far, corrections that it bills included. */
export function spentIn(charges: readonly ServiceCost[], month: string, basis: CostBasis): Micros {
  return monthToDate(charges, month, addDays(monthPeriod(month).end, -1), basis) + correctionsOf(charges, month, basis);
}

/** What is apart from the pace and cost the same on so many last settled days still runs, such as a fee spread over its months. */
const runningDays = 3;

interface Recent {
  readonly paced: Micros;
  readonly unpaced: Micros;
  readonly running: Micros;
}

/** What the days from one through the last settled one cost of what is carried on, and what a day of the rest costs that still runs. */
function recentOf(charges: readonly ServiceCost[], from: Day, settled: Day, basis: CostBasis): Recent {
  let [paced, unpaced] = [0n, 0n];
  const apart = Array.from({ length: runningDays }, () => 0n);
  for (const charge of charges) {
    const { day } = charge;
    if (day < from || day > settled || isLateCorrection(charge)) continue;
    if (isPaced(charge)) paced += costOf(charge, basis);
    else {
      unpaced += costOf(charge, basis);
      const back = daysBetween(day, settled);
      if (back < runningDays) apart[back] = (apart[back] ?? 0n) + costOf(charge, basis);
    }
  }
  const [last = 0n] = apart;
  const isSame = apart.every((amount) => absolute(amount - last) * 100n <= absolute(last));
  return { paced, unpaced, running: isSame ? last : 0n };
}

interface SourcePace extends PacePart {
  readonly running: Micros;
  readonly scaled: bigint;
  readonly recent: Micros;
  readonly apart: Micros;
  readonly known: number;
}

/** A source that has ended: all that it cost, and nothing for the days to come. */
function paceOfEnded(charges: readonly ServiceCost[], daysToCome: number, month: string, basis: CostBasis): Omit<SourcePace, "source"> {
  const spent = spentIn(charges, month, basis);
  const nothing = { perDayScaled: 0n, recent: 0n, apart: 0n, running: 0n, known: 0 };
  return { ...nothing, scaled: spent * paceScale, spent, daysToCome, ended: true };
}

function paceOfSource(
  charges: readonly ServiceCost[],
  { settledThrough: settled, until }: SourceState & { readonly settledThrough: Day },
  month: string,
  basis: CostBasis,
): Omit<SourcePace, "source"> {
  const { start, end } = monthPeriod(month);
  const firstToCome = settled < start ? start : addDays(settled, 1);
  const daysToCome = Math.max(0, daysBetween(firstToCome, end));
  if (until !== undefined) return paceOfEnded(charges, daysToCome, month, basis);
  const first = charges.reduce((earliest, charge) => (charge.day < earliest && !isLateCorrection(charge) ? charge.day : earliest), settled);
  const known = Math.min(paceDays, daysBetween(first, settled) + 1);
  const from = addDays(settled, 1 - known);
  const { paced, unpaced, running } = recentOf(charges, from, settled, basis);
  const perDayScaled = (paced * paceScale) / BigInt(known);
  const spent = monthToDate(charges, month, settled, basis) + correctionsOf(charges, month, basis);
  return {
    scaled: spent * paceScale + perDayScaled * BigInt(daysToCome),
    spent,
    perDayScaled,
    daysToCome,
    recent: paced,
    apart: unpaced,
    running,
    known,
    ended: false,
  };
}

/**
 * Month-end total at the current pace, summed over sources, each with its own settled day: month to date + mean of its last
 * 7 settled days (of as many as it has) of charges that are neither recurring nor one-time × days still to come. Of one that has ended nothing is
 * carried on.
 */
export function paceOf(charges: readonly ServiceCost[], sources: readonly SourceState[], month: string, basis: CostBasis): Pace {
  const parts = sources.flatMap((source): SourcePace[] => {
    const { name, settledThrough } = source;
    const own = charges.filter((charge) => charge.source === name);
    return settledThrough === null || own.length === 0
      ? []
      : [{ source: name, ...paceOfSource(own, { ...source, settledThrough }, month, basis) }];
  });
  const scaled = sum(parts.map((part) => part.scaled));
  const going = parts.filter(({ ended }) => !ended);
  const [first] = going;
  const alike = first !== undefined && going.every(({ daysToCome, known }) => daysToCome === first.daysToCome && known === first.known);
  return {
    month,
    scaled,
    total: divideRounded(scaled, paceScale),
    spent: sum(parts.map(({ spent }) => spent)),
    perDay: divideRounded(sum(parts.map((part) => part.perDayScaled)), paceScale),
    daysToCome: going.length === 0 ? 0 : Math.min(...going.map((part) => part.daysToCome)),
    mostDaysToCome: Math.max(0, ...going.map((part) => part.daysToCome)),
    recent: alike ? { cost: sum(going.map(({ recent }) => recent)), apart: sum(going.map(({ apart }) => apart)), days: first.known } : null,
    running: sum(parts.map((part) => part.running)),
    parts,
  };
}

/** An amount in the scale of `Pace.scaled`. */
export function atPaceScale(amount: Micros): bigint {
  return amount * paceScale;
}
