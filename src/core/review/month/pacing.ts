import { type Day, addDays, daysBetween, monthOf, monthPeriod } from "../../day.ts";
import { type CostBasis, type SourceState, costOf, isLateCorrection } from "../../ledger/charge.ts";
import { isPaced } from "../../ledger/usage.ts";
import { type Micros, absolute, divideRounded, sum } from "../../money.ts";
import type { ServiceCost } from "../../slices/service-cost.ts";

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
  /** What recurring and one-time charges cost a day that still run on the last settled days, and on all days to come: it is not carried on. */
  readonly running: { readonly perDay: Micros; readonly toCome: Micros };
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
  /** The last day that counts. */
  readonly settled: Day;
  readonly running: Pace["running"];
  readonly scaled: bigint;
  readonly recent: Micros;
  readonly apart: Micros;
  readonly known: number;
}

/** Days of the month after one, all of them where it is before the month. */
function daysAfter(settled: Day, month: string): number {
  const { start, end } = monthPeriod(month);
  return Math.max(0, daysBetween(settled < start ? start : addDays(settled, 1), end));
}

const stillRuns = (perDay: Micros, days: number): Pace["running"] => ({ perDay: days === 0 ? 0n : perDay, toCome: perDay * BigInt(days) });

/** A source that has ended: all that it cost, and nothing for the days to come. A fee still runs where it reaches to its last charge. */
function paceOfEnded(charges: readonly ServiceCost[], settled: Day, month: string, basis: CostBasis): Omit<SourcePace, "source"> {
  const spent = spentIn(charges, month, basis);
  const last = charges.reduce((latest, charge) => (charge.day > latest && !isLateCorrection(charge) ? charge.day : latest), settled);
  const { running } = recentOf(charges, addDays(last, 1 - paceDays), last, basis);
  const nothing = { perDayScaled: 0n, recent: 0n, apart: 0n, known: 0, daysToCome: daysAfter(settled, month) };
  return { ...nothing, settled, scaled: spent * paceScale, spent, running: stillRuns(running, daysAfter(last, month)), ended: true };
}

function paceOfSource(
  charges: readonly ServiceCost[],
  { settledThrough: settled, until }: SourceState & { readonly settledThrough: Day },
  month: string,
  basis: CostBasis,
): Omit<SourcePace, "source"> {
  if (until !== undefined) return paceOfEnded(charges, settled, month, basis);
  const daysToCome = daysAfter(settled, month);
  const first = charges.reduce((earliest, charge) => (charge.day < earliest && !isLateCorrection(charge) ? charge.day : earliest), settled);
  const known = Math.min(paceDays, daysBetween(first, settled) + 1);
  const { paced, unpaced, running } = recentOf(charges, addDays(settled, 1 - known), settled, basis);
  const perDayScaled = (paced * paceScale) / BigInt(known);
  const spent = monthToDate(charges, month, settled, basis) + correctionsOf(charges, month, basis);
  return {
    scaled: spent * paceScale + perDayScaled * BigInt(daysToCome),
    spent,
    perDayScaled,
    daysToCome,
    settled,
    recent: paced,
    apart: unpaced,
    running: stillRuns(running, daysToCome),
    known,
    ended: false,
  };
}

/** What recurring and one-time charges of sources that have ended cost on the days that the pace of the others is the mean of. */
function apartOfEnded(
  charges: readonly ServiceCost[],
  parts: readonly SourcePace[],
  { settled, known }: SourcePace,
  basis: CostBasis,
): Micros {
  const names = new Set(parts.flatMap(({ source, ended }) => (ended ? [source] : [])));
  const own = names.size === 0 ? [] : charges.filter(({ source }) => names.has(source));
  return recentOf(own, addDays(settled, 1 - known), settled, basis).unpaced;
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
    recent: alike
      ? {
          cost: sum(going.map(({ recent }) => recent)),
          apart: sum(going.map(({ apart }) => apart)) + apartOfEnded(charges, parts, first, basis),
          days: first.known,
        }
      : null,
    running: { perDay: sum(parts.map(({ running }) => running.perDay)), toCome: sum(parts.map(({ running }) => running.toCome)) },
    parts,
  };
}

/** An amount in the scale of `Pace.scaled`. */
export function atPaceScale(amount: Micros): bigint {
  return amount * paceScale;
}
