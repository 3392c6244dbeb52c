import { attributionIn } from "../attribution/attribution.ts";
import { candidatesIn } from "../candidates/index.ts";
import { type Day, type Period, addDays, contains, eachDay, monthOf, overlap } from "../day.ts";
import type { CostLacks } from "../economics/customers.ts";
import { economicsOf, growthFrom } from "../economics/economics.ts";
import { inputWeeksOf } from "../economics/input-weeks.ts";
import { type Usage, usageOf } from "../economics/usage.ts";
import type { Charge, SourceState } from "../ledger/charge.ts";
import { sum } from "../money.ts";
import { planOf } from "../settings/plan.ts";
import { type Delta, bySize, deltasOf } from "../slices/delta.ts";
import { estimatedTotals } from "../slices/estimated.ts";
import { settledOf } from "../slices/settled.ts";
import type { Slice } from "../slices/slice.ts";
import { unallocatedOf } from "../slices/unallocated.ts";
import { kindWeeksOf } from "../split/kind-weeks.ts";
import type { Basics } from "./basics.ts";
import { otherCategoriesOf } from "./categories.ts";
import type { Counted } from "./counted.ts";
import { type Arrival, type Silence, absenceOf, answeredBy, arrivalsOf, isPlannedSilence, silentProviders } from "./data/arrivals.ts";
import { isHeld, onSameDays } from "./data/beginning.ts";
import { weekOnFinalDays } from "./data/final-days.ts";
import { driversOf } from "./deltas/drivers.ts";
import { type Rename, isPlannedMove, likelyRenames } from "./deltas/renames.ts";
import { splitsWith } from "./deltas/splits.ts";
import type { Findings } from "./findings/findings.ts";
import { lastingOf } from "./findings/lasting.ts";
import type { ReviewInput } from "./input.ts";
import { closedMonths } from "./month/closed-months.ts";
import { gapOf } from "./month/gap.ts";
import { monthFigures } from "./month/month.ts";
import { atPaceScale } from "./month/pacing.ts";
import { otherBasisOf } from "./totals.ts";
import { daysOf, weeksOf } from "./trend.ts";
import { paceIsOver, triggersOf, verdictOf, weekIsUp } from "./verdict.ts";

/** The parts of a review, each computed from the same basics. */

function grossOf(deltas: readonly Delta[]): { up: bigint; down: bigint } {
  const changes = deltas.filter(({ slice }) => slice.dimension === "service").map(({ change }) => change);
  return { up: sum(changes.filter((change) => change > 0n)), down: sum(changes.filter((change) => change < 0n)) };
}

/** Days of which the costs of a source or provider have not come, while others have. */
function lateDays(
  { providerHoles }: Pick<Basics, "providerHoles">,
  { arrivals, silences }: { arrivals: readonly Arrival[]; silences: readonly Silence[] },
  { prior, period }: Basics["weeks"],
): Period[] {
  const late = [...arrivals.filter(({ missing }) => missing > 0), ...silences].map(({ lastDay }) => lastDay);
  const since = late.map((lastDay) => ({ start: lastDay === null ? prior.start : addDays(lastDay, 1), end: period.end }));
  return [...providerHoles.map((hole) => hole.period), ...since];
}

/** Totals of the week, categories, trend and what has not arrived. */
export function weekFacts(
  { asOf, costBasis, sources, restatements, metrics, counting, events, thresholds }: ReviewInput,
  { weeks, costs, late, byDay, firstDay, holes, providerHoles, totals, usage, slices, settledThrough, readThrough }: Basics,
  { ready, sharing }: Counted,
  renames: readonly Rename[],
) {
  const arrivals = arrivalsOf(sources, costs.daily, weeks.period, answeredBy(counting ?? []));
  const isRenamed = (name: string) => renames.some(({ dimension, from }) => dimension === "provider" && from === name);
  const silences = silentProviders(slices, settledOf(sources)).filter(
    (silence) => !isRenamed(silence.provider) && !isPlannedSilence(silence, events),
  );
  return {
    ...weeks,
    settledThrough,
    total: totals.total,
    usage,
    estimated: estimatedTotals(costs.daily, weeks.period, settledThrough, costBasis),
    otherBasis: otherBasisOf(costs.daily, weeks.period, costBasis, totals.total),
    otherCategories: otherCategoriesOf(costs.daily, totals, { weeks, basis: costBasis, percent: thresholds.listed }),
    weeks: weeksOf(byDay, weeks.period, firstDay),
    days: daysOf(byDay, asOf, firstDay),
    restatements,
    metrics,
    firstDay,
    holes,
    providerHoles,
    sameDays: onSameDays(byDay, { ...weeks, firstDay, holes }, lateDays({ providerHoles }, { arrivals, silences }, weeks)),
    finalWeek: weekOnFinalDays(byDay, weeks, settledThrough),
    closedMonths: closedMonths(byDay, late, firstDay, readThrough),
    arrivals: [...arrivals, ...arrivalsOf(sharing, ready.shares, weeks.period)],
    silences,
    incomplete:
      silences.length > 0 ||
      arrivals.some(({ missing }) => missing > 0) ||
      [...holes, ...providerHoles.map(({ period }) => period)].some((hole) => overlap(hole, weeks.period)),
  };
}

/** The month, the gap to its plan, and the verdict. */
export function pacingFacts(input: ReviewInput, basics: Basics) {
  const { weeks, costs, byDay, services, firstDay, totals, settledThrough } = basics;
  const { asOf, thresholds } = input;
  const month = monthOf(addDays(asOf, -1));
  const plan = planOf(input.plan, month, asOf);
  const planBefore = planOf(input.plan, month, addDays(asOf, -7));
  const figures = monthFigures({ ...input, ...basics, charges: costs.billed, month, plan, planBefore });
  const { last7, prior7 } = totals.total.exact;
  const amounts = { pace: figures.pace.scaled, plan: plan && atPaceScale(plan.amount), last7, prior7 };
  const started = settledThrough !== null && settledThrough >= `${month}-01`;
  return {
    month: figures,
    gap:
      plan && started && firstDay !== null
        ? gapOf({ plan, daily: byDay, through: settledThrough, period: weeks.period, services, first: firstDay })
        : null,
    weekUp: weekIsUp(amounts, thresholds),
    paceOver: paceIsOver(amounts, thresholds),
    verdict: verdictOf(amounts, thresholds),
    triggers: triggersOf(amounts, thresholds),
  };
}

/** Tells days of which nothing is missing. */
function heldDays({ firstDay, holes, providerHoles }: Basics): (day: Day) => boolean {
  const missing = providerHoles.map(({ period }) => period);
  return (day) => isHeld({ firstDay, holes: [...holes, ...missing] }, day);
}

/** Tells days whose cost is all there: every source was read through them, nothing of them is missing, and no provider has fallen silent. */
function wholeDays(basics: Basics, silences: readonly Silence[]): (day: Day) => boolean {
  const [isThere, { readThrough }] = [heldDays(basics), basics];
  const isSilent = (day: Day) => silences.some(({ lastDay }) => day > lastDay);
  return (day) => isThere(day) && readThrough !== null && day <= readThrough && !isSilent(day);
}

/** What the cost of the week lacks: days of it are missing, or those after the last final one of a source may still come in, in part or at all. */
function costLacks(basics: Basics, { sources, counting }: ReviewInput, incomplete: boolean): CostLacks {
  const { period, prior } = basics.weeks;
  if (incomplete || !eachDay(period).every(heldDays(basics))) return "missing";
  const answered = answeredBy(counting ?? []);
  const isOpen = (state: SourceState) => {
    const final = state.settledThrough ?? "";
    const own = basics.costs.daily.filter(({ source, day }) => source === state.name && day >= prior.start);
    const mayCome = final < addDays(period.end, -1) && (answered(state) ?? "") > final;
    return (mayCome && own.length > 0) || own.some(({ day }) => day > final && contains(period, day));
  };
  return sources.some(isOpen) ? "not final" : null;
}

type Coming = Parameters<typeof absenceOf>[1];

/** Providers of which days of either week are missing. */
function lackingOf(deltas: readonly Delta[], week: Coming): ReadonlySet<string> {
  const before = week.providerHoles.filter(({ period }) => overlap(period, week.prior));
  const providers = deltas.map(({ slice }) => slice).filter(({ dimension }) => dimension === "provider");
  const lacks = (slice: Slice) => absenceOf(slice, week) !== null || before.some(({ provider }) => slice.providers.has(provider));
  return new Set(providers.filter(lacks).map(({ key }) => key));
}

/** Other facts that what cost buys rests on. */
interface EconomicGround {
  readonly deltas: readonly Delta[];
  readonly findings: Findings;
  readonly week: Coming & { readonly incomplete: boolean };
}

/** What cost buys, and whether it grew in line with the product. */
export function economicFacts(input: ReviewInput, basics: Basics, { deltas, findings, week }: EconomicGround, used: readonly Usage[]) {
  const { weeks, daily, bothWeeks, byDay, totals, usage, kindOf } = basics;
  const growth = growthFrom(input.growth, input.metrics);
  const { currency, costBasis, metrics, thresholds } = input;
  const amounts = { total: totals.total, usageTotal: usage, threshold: thresholds.week };
  const inputWeeks = inputWeeksOf(daily, used, weeks.period, kindOf);
  const { whole, parts } = bothWeeks;
  const attributed = parts === whole ? used : usageOf(parts, weeks, kindOf, costBasis);
  const lasting = lastingOf(used, findings, input.sources);
  const isWhole = [...eachDay(weeks.prior), ...eachDay(weeks.period)].every(heldDays(basics));
  const found = { usage: used, lasting, attributed, inputWeeks, metrics, growthMetric: growth?.metric ?? null };
  const lacks = { costLacks: costLacks(basics, input, week.incomplete), lacking: lackingOf(deltas, week) };
  const days = { byDay, isWhole: wholeDays(basics, week.silences), ...lacks };
  return {
    growth,
    economics: economicsOf({ weeks, currency, metrics, growth, usage: used, deltas, ...days, ...amounts }),
    candidates: candidatesIn({ ...found, isWhole, config: input.candidateConfig }, totals.total.exact.prior7, thresholds.listed),
  };
}

/** Slices in both weeks, those to explain, and how they add up. */
export function deltaFacts(input: ReviewInput, basics: Basics, used: readonly Usage[]) {
  const { thresholds, costBasis } = input;
  const { weeks, daily, bothWeeks, slices, totals, usage, kindOf } = basics;
  const { total } = totals;
  const deltas = deltasOf(slices, weeks, usage, total, thresholds);
  const listed = deltas.filter((delta) => delta.listed).sort(bySize);
  const change = sum(listed.map((delta) => delta.change));
  const kindWeeks = (charges: readonly Charge[]) => kindWeeksOf(charges, weeks, kindOf, costBasis);
  const whole = kindWeeks(bothWeeks.whole);
  const parts = bothWeeks.parts === bothWeeks.whole ? whole : kindWeeks(bothWeeks.parts);
  return {
    deltas,
    listed: listed.map((delta) => ({ delta, drivers: driversOf(delta, parts, weeks.period, basics.untold) })),
    ...splitsWith(deltas, { whole, parts }, used),
    renames: likelyRenames(
      daily.filter(({ category }) => category === "Usage"),
      weeks,
      total.exact.last7,
      costBasis,
    ).filter((rename) => !isPlannedMove(rename, input.events)),
    gross: grossOf(deltas),
    reconciliation: { listed: change, other: total.change - change, total: total.change },
    unallocated: unallocatedOf(deltas, usage),
  };
}

/** Whose costs are whose, by what attribution sources say, and which sources only say that. */
export function attributionFacts({ ready, input, sharing }: Counted, period: Period) {
  return {
    attribution: attributionIn(ready, input.counting ?? [], period, input.costBasis),
    shareOnly: sharing.map(({ name }) => name),
  };
}
