import type { ProviderAttribution } from "../attribution/attribution.ts";
import type { Candidate } from "../candidates/candidate.ts";
import type { Causes } from "../causes/causes.ts";
import { type Day, addDays } from "../day.ts";
import type { Economics, Growth } from "../economics/economics.ts";
import { usageOf } from "../economics/usage.ts";
import type { CostBasis, SourceState } from "../ledger/charge.ts";
import type { Restatement } from "../ledger/restatement.ts";
import type { Metric } from "../metrics/metric.ts";
import { type PlannedEvent, eventsIn } from "../settings/events.ts";
import { type IgnoreEntry, isExpired } from "../settings/ignore.ts";
import type { Delta, TwoWeeks } from "../slices/delta.ts";
import type { EstimatedTotals } from "../slices/estimated.ts";
import { settledOf } from "../slices/settled.ts";
import type { Unallocated } from "../slices/unallocated.ts";
import type { Splits } from "../split/weeks.ts";
import { type NamedWeeks, weekBefore } from "../weeks.ts";
import { basicsOf } from "./basics.ts";
import type { OtherCategory } from "./categories.ts";
import { countedOf } from "./counted.ts";
import type { Arrival, Silence } from "./data/arrivals.ts";
import type { SameDays } from "./data/beginning.ts";
import type { FinalDays } from "./data/final-days.ts";
import type { Holes } from "./data/holes.ts";
import type { UntoldModels } from "./data/told-counts.ts";
import type { Drivers } from "./deltas/drivers.ts";
import type { Rename } from "./deltas/renames.ts";
import { attributionFacts, deltaFacts, economicFacts, pacingFacts, weekFacts } from "./facts.ts";
import { type Drifts, driftsIn } from "./findings/drift.ts";
import { type Findings, findingsIn } from "./findings/findings.ts";
import { newsFrom } from "./findings/news.ts";
import { type Peak, peakOf } from "./findings/peak.ts";
import { type Yesterday, usageByDay, yesterdayOf } from "./findings/yesterday.ts";
import type { ReviewInput } from "./input.ts";
import type { ClosedMonth } from "./month/closed-months.ts";
import type { Gap } from "./month/gap.ts";
import { type LastMonth, lastMonthOf } from "./month/last-month.ts";
import type { MonthFigures } from "./month/month.ts";
import type { OtherBasis } from "./totals.ts";
import type { DayTotal, WeekTotal } from "./trend.ts";
import type { Verdict } from "./verdict.ts";

/** A delta that the review asks to explain, with what moved inside it. */
export interface ListedDelta {
  readonly delta: Delta;
  readonly drivers: Drivers;
}

/** The computed facts of one week. Amounts are cents of the rounded model unless their type says otherwise. */
export interface Review extends NamedWeeks, Findings, Drifts, Splits, Holes {
  readonly asOf: Day;
  readonly currency: string;
  readonly costBasis: CostBasis;
  readonly settledThrough: Day | null;
  readonly total: TwoWeeks;
  /** The total on the other cost basis, when it differs by more than 1 %. */
  readonly otherBasis: OtherBasis | null;
  readonly usage: TwoWeeks;
  /** What of week and month to date is estimated, not billed; null when nothing is. */
  readonly estimated: EstimatedTotals | null;
  /** Purchases, taxes, credits and adjustments, where there are any. */
  readonly otherCategories: readonly OtherCategory[];
  /** Totals of the last weeks that have data, oldest first, the week under review last. */
  readonly weeks: readonly WeekTotal[];
  /** What each of the last days cost, oldest first, through the day before the review date; at most 13 weeks. */
  readonly days: readonly DayTotal[];
  readonly weekUp: boolean;
  /** The month at the current pace is over plan by more than the threshold. */
  readonly paceOver: boolean;
  readonly growth: Growth | null;
  readonly metrics: readonly Metric[];
  readonly economics: Economics;
  /** Possible savings, the largest first. */
  readonly candidates: readonly Candidate[];
  /** Changes that may have moved the listed deltas; null where they were not looked for. */
  readonly causes: Causes | null;
  readonly month: MonthFigures;
  readonly gap: Gap | null;
  /** How the month before closed, in the first review after it; else null. */
  readonly lastMonth: LastMonth | null;
  readonly yesterday: Yesterday | null;
  /** The day of the week that cost most above its weekday's usual. */
  readonly peak: Peak | null;
  readonly deltas: readonly Delta[];
  readonly listed: readonly ListedDelta[];
  readonly renames: readonly Rename[];
  readonly gross: { readonly up: bigint; readonly down: bigint };
  readonly reconciliation: { readonly listed: bigint; readonly other: bigint; readonly total: bigint };
  readonly unallocated: readonly Unallocated[];
  /** Whose costs bills are, as attribution sources say; empty without any. */
  readonly attribution: readonly ProviderAttribution[];
  /** Sources of which the week counts no money, only whose costs the bills of others are. */
  readonly shareOnly: readonly string[];
  /** Planned events with a day in both weeks or in the seven days after them. */
  readonly events: readonly PlannedEvent[];
  /** Entries of the ignore list that do not hold any more. */
  readonly expired: readonly IgnoreEntry[];
  readonly arrivals: readonly Arrival[];
  readonly silences: readonly Silence[];
  /** Something is known to be missing from the week under review. */
  readonly incomplete: boolean;
  /** Models whose requests, or tokens, are told of some days alone, and are not counted. */
  readonly untold: UntoldModels;
  readonly restatements: readonly Restatement[];
  /** Months that are over, as far back as the data reach: what earlier forecasts are held against. */
  readonly closedMonths: readonly ClosedMonth[];
  /** The first day of all data; null without any. */
  readonly firstDay: Day | null;
  /** All cost on the weekdays that both weeks hold, where one of them is not all in the data. */
  readonly sameDays: SameDays | null;
  /** All cost on the days of the week that are final and the same weekdays before, where not all are. */
  readonly finalWeek: FinalDays | null;
  readonly sources: readonly SourceState[];
  readonly verdict: Verdict;
  readonly triggers: readonly string[];
}

/** Computes all facts of a week, from charges alone. */
export function reviewOf(stated: ReviewInput): Review {
  const counted = countedOf(stated);
  const { input } = counted;
  const { asOf, currency, costBasis, thresholds, sources, ignore } = input;
  const growth = typeof input.growth === "number" ? input.growth : null;
  const basics = basicsOf(counted, weekBefore(asOf));
  const { slices, services, readServices, settledThrough, weeks, firstDay, holes } = basics;
  const used = usageOf(basics.bothWeeks.whole, weeks, basics.kindOf, costBasis);
  const facts = deltaFacts(input, basics, used);
  const newFrom = newsFrom({ ...input, ...weeks });
  const findings = findingsIn(slices, settledOf(sources), weeks.period, thresholds, { ...input, holes, newFrom });
  const [usage, isRead] = [usageByDay(services), readServices.length === services.length];
  const week = weekFacts(input, basics, counted, facts.renames);
  const pacing = pacingFacts(input, basics);
  const { month } = pacing.month;
  return {
    asOf,
    currency,
    costBasis,
    sources: stated.sources,
    ...attributionFacts(counted, weeks.period),
    ...week,
    ...pacing,
    lastMonth: lastMonthOf({ ...input, month, settledThrough: basics.readThrough, closed: week.closedMonths }),
    ...facts,
    ...economicFacts(input, basics, { ...facts, findings, week }, used),
    causes: null,
    untold: basics.untold,
    ...findings,
    ...driftsIn({ services: readServices, settledThrough, thresholds, growth, findings, ignore }),
    events: eventsIn(input.events, { start: weeks.prior.start, end: addDays(asOf, 7) }),
    expired: ignore.filter((entry) => isExpired(entry, asOf)),
    yesterday: settledThrough !== null && isRead ? yesterdayOf(services, usage, settledThrough, thresholds, { ...input, holes }) : null,
    peak: peakOf(usage, weeks.period, { firstDay, holes }, settledThrough, input.events),
  };
}
