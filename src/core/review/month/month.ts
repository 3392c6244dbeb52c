import type { CountingSource } from "../../attribution/roles.ts";
import { type Day, addDays, daysBetween, monthOf, monthPeriod } from "../../day.ts";
import { percentChange } from "../../format.ts";
import type { CostBasis, SourceState } from "../../ledger/charge.ts";
import { type Micros, divideRounded, sum, toCents } from "../../money.ts";
import type { PlannedEvent } from "../../settings/events.ts";
import { type MonthPlan, planToDate } from "../../settings/plan.ts";
import type { ServiceCost } from "../../slices/service-cost.ts";
import { unnamed } from "../../slices/slice.ts";
import { slug } from "../../slug.ts";
import type { Holes } from "../data/holes.ts";
import type { History } from "./history.ts";
import { type ModelForecast, modelForecastOf } from "./model-forecast.ts";
import { type Movement, movementOf } from "./movement.ts";
import { type Pace, atPaceScale, correctionsOf, monthToDate, paceOf } from "./pacing.ts";

/** The month of the period's last day: to date, planned, and at the current pace. Amounts in cents unless named otherwise. */
export interface MonthFigures {
  readonly month: string;
  readonly plan: MonthPlan | null;
  readonly planTotal: bigint | null;
  /** How many days of the month are settled. */
  readonly daysToDate: number;
  readonly toDate: { readonly total: bigint; readonly plan: bigint | null; readonly percent: number | null };
  /** Corrections of earlier months that this month bills; part of `toDate.total`. */
  readonly corrections: bigint;
  readonly pace: {
    readonly scaled: bigint;
    readonly total: bigint;
    /** What of it is spent, of each source through its own last settled day. */
    readonly spent: bigint;
    readonly percent: number | null;
    readonly perDay: bigint;
    /** Of the source that is settled furthest, and of the one that is settled least far. */
    readonly daysToCome: number;
    readonly mostDaysToCome: number;
    /** What the last settled days cost that is carried on, and what of them is recurring or one-time. */
    readonly recent: { readonly cost: bigint; readonly apart: bigint; readonly days: number } | null;
    /** What a day of recurring and one-time charges costs that still run, and where the month ends with them; null where none do. */
    readonly running: { readonly perDay: bigint; readonly total: bigint } | null;
  };
  /** The month by the model, beside the pace; null while too little is known. */
  readonly model: (ModelForecast & { readonly percent: number | null }) | null;
  /** Every day of the month is settled, of sources with a problem too. */
  readonly complete: boolean;
  /** How the pace moved since a week ago, where that was the same month. */
  readonly movement: Movement | null;
  /** Planned slices, to date. */
  readonly slices: readonly PlannedSlice[];
}

/** A part of the plan and what it cost, to date, in cents. */
interface PlannedSlice {
  readonly name: string;
  readonly total: bigint;
  readonly plan: bigint;
  readonly percent: number | null;
  /** A source of it that could not be read lacks days that the plan to date counts. */
  readonly isMissing: boolean;
}

/** What is left of the plan, and what a day may cost from now on for the month to end on it, in cents. */
interface Room {
  readonly left: bigint;
  readonly perDay: bigint;
  /** How many days are still to come; null where sources differ in that. */
  readonly days: number | null;
}

/**
 * Null without a plan or a day to come. Where sources are settled through different days, the same part of what each costs at its pace:
 * days that one of them has behind it are to come for another.
 */
export function roomIn({ planTotal, pace }: MonthFigures): Room | null {
  if (planTotal === null || pace.mostDaysToCome === 0) return null;
  const left = planTotal - pace.spent;
  if (pace.daysToCome === pace.mostDaysToCome) return { left, perDay: divideRounded(left, BigInt(pace.daysToCome)), days: pace.daysToCome };
  const toCome = pace.total - pace.spent;
  return toCome <= 0n ? null : { left, perDay: divideRounded(left * pace.perDay, toCome), days: null };
}

interface MonthInput extends Holes {
  readonly asOf: Day;
  readonly month: string;
  readonly plan: MonthPlan | null;
  /** The plan of the month that was in force a week ago. */
  readonly planBefore: MonthPlan | null;
  readonly charges: readonly ServiceCost[];
  readonly history: History;
  readonly sources: readonly SourceState[];
  /** How many days each source takes until it is final. */
  readonly counting?: readonly CountingSource[];
  readonly costBasis: CostBasis;
  readonly settledThrough: Day | null;
  readonly events: readonly PlannedEvent[];
}

/** Pace as it stood a week ago, from what is known today of the days that were final then. */
function weekAgo({ asOf, month, charges, sources, counting = [], costBasis }: MonthInput): Pace | null {
  const before = addDays(asOf, -7);
  const last = addDays(before, -1);
  if (monthOf(last) !== month) return null;
  const known = charges.filter(({ day }) => day < before);
  const settling = new Map(counting.map(({ name, settlingDays = 0 }) => [name, settlingDays]));
  const states = sources.map((source): SourceState => {
    const final = addDays(last, -(settling.get(source.name) ?? 0));
    const { settledThrough } = source;
    const until = source.until !== undefined && source.until > before ? undefined : source.until;
    return { ...source, until, settledThrough: settledThrough === null || settledThrough < final ? settledThrough : final };
  });
  return known.length === 0 ? null : paceOf(known, states, month, costBasis);
}

/**
 * Says whether a charge belongs to a planned slice. It is named by its id or as printed: a provider (`openai`, `OpenAI`) or a provider
 * and a service (`openai/inference`).
 */
export function slicePicker(name: string): (charge: Pick<ServiceCost, "provider" | "service">) => boolean {
  const ids = new Set([name, slug(name), name.split("/").map(slug).join("/")]);
  const known = new Map<string, boolean>();
  return ({ provider, service }) => {
    const path = JSON.stringify([provider, service]);
    const outer = slug(provider || unnamed);
    const belongs = known.get(path) ?? (ids.has(outer) || ids.has(`${outer}/${slug(service || unnamed)}`));
    known.set(path, belongs);
    return belongs;
  };
}

function plannedSlices({ plan, charges, sources, month, settledThrough, costBasis }: MonthInput): readonly PlannedSlice[] {
  if (!plan) return [];
  const behind = sources.filter((source) => source.problem !== null && (source.settledThrough ?? "") < (settledThrough ?? ""));
  const late = new Set(behind.map(({ name }) => name));
  return Object.entries(plan.slices).map(([name, amount]) => {
    const own = charges.filter(slicePicker(name));
    const total = monthToDate(own, month, settledThrough, costBasis);
    const planned = settledThrough === null ? 0n : planToDate(plan, amount, settledThrough);
    const isMissing = own.some(({ source }) => late.has(source));
    return { name, total: toCents(total), plan: toCents(planned), percent: percentChange(total, planned), isMissing };
  });
}

function modelOf(input: MonthInput): MonthFigures["model"] {
  const model = modelForecastOf(input);
  return model && { ...model, percent: input.plan && percentChange(model.total, toCents(input.plan.amount)) };
}

/** Both add up to what the days cost, as it is printed. */
function recentCents({ cost, apart, days }: NonNullable<Pace["recent"]>): NonNullable<MonthFigures["pace"]["recent"]> {
  return { cost: toCents(cost), apart: toCents(cost + apart) - toCents(cost), days };
}

/** Month to date and plan to date through the last settled day, and the forecast at pace. */
export function monthFigures(input: MonthInput): MonthFigures {
  const { month, plan, planBefore, charges, sources, costBasis, settledThrough } = input;
  const reached = settledThrough !== null && settledThrough >= `${month}-01`;
  const corrections: Micros = reached ? correctionsOf(charges, month, costBasis) : 0n;
  const total = reached ? sum([monthToDate(charges, month, settledThrough, costBasis), corrections]) : 0n;
  const planned = plan && (reached ? planToDate(plan, plan.amount, settledThrough) : 0n);
  const pace = paceOf(charges, sources, month, costBasis);
  const before = weekAgo(input);
  return {
    month,
    plan,
    planTotal: plan && toCents(plan.amount),
    daysToDate: reached ? daysBetween(`${month}-01`, settledThrough) + 1 : 0,
    toDate: {
      total: toCents(total),
      plan: planned === null ? null : toCents(planned),
      percent: planned === null ? null : percentChange(total, planned),
    },
    corrections: toCents(corrections),
    pace: {
      scaled: pace.scaled,
      total: toCents(pace.total),
      spent: toCents(pace.spent),
      perDay: toCents(pace.perDay),
      daysToCome: pace.daysToCome,
      mostDaysToCome: pace.mostDaysToCome,
      running:
        pace.running.toCome === 0n ? null : { perDay: toCents(pace.running.perDay), total: toCents(pace.total + pace.running.toCome) },
      recent: pace.recent && recentCents(pace.recent),
      percent: plan ? percentChange(pace.scaled, atPaceScale(plan.amount)) : null,
    },
    model: modelOf(input),
    complete: reached && pace.mostDaysToCome === 0 && addDays(settledThrough, 1) >= monthPeriod(month).end,
    movement: before && movementOf(pace, before, planBefore && plan && toCents(plan.amount) - toCents(planBefore.amount)),
    slices: plannedSlices(input),
  };
}
