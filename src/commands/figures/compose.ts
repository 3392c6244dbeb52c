import { join } from "node:path";
import { withEnds } from "../../core/attribution/roles.ts";
import { type Day, addDays } from "../../core/day.ts";
import type { Charge, SourceState } from "../../core/ledger/charge.ts";
import { type Days, chargesOf, olderChargesOf } from "../../core/ledger/ledger.ts";
import { rebilledMonths, restatementsOf } from "../../core/ledger/restatement.ts";
import type { Metric } from "../../core/metrics/metric.ts";
import { Problem } from "../../core/problem.ts";
import type { ReviewInput } from "../../core/review/input.ts";
import { historyOf } from "../../core/review/month/history.ts";
import { type Review, reviewOf } from "../../core/review/review.ts";
import { aliased, namerOf } from "../../core/settings/aliases.ts";
import { eventsIn } from "../../core/settings/events.ts";
import type { Settings } from "../../shell/config.ts";

/** Of older days than this no charge is looked at by itself. */
const detailDays = 140;
/** The forecast knows a year ago from 56 weeks on; six more tell how far to trust it. Older days change no figure. */
const historyDays = 62 * 7;

/** The first day that can change a figure of the review of `asOf`: ledger files that only hold older ones are not needed to compute it again. */
export function firstDayThatCounts(asOf: Day): Day {
  return addDays(asOf, -historyDays);
}

/** The first day of which each charge counts by itself; of those before it, what usage cost together. */
export function firstDayInDetail(asOf: Day): Day {
  return addDays(asOf, -detailDays);
}

/** The planned events and the ignored findings that can change a review: those of later weeks, and of long ago, leave it as it is. */
export function exceptionsFor(asOf: Day, { config }: Pick<Settings, "config">): Pick<ReviewInput, "events" | "ignore"> {
  return {
    events: eventsIn(config.events, { start: firstDayInDetail(asOf), end: addDays(asOf, 7) }),
    ignore: config.ignore.filter(({ from }) => from === undefined || from < asOf),
  };
}

/** The present name of each source that was renamed. */
export function presentNames({ config }: Settings): Map<string, string> {
  return new Map(config.sources.flatMap((source) => source.formerly.map((old) => [old, source.name] as const)));
}

/** What a review is composed from, whether its sources were just read or it is computed again. */
export interface Parts {
  readonly asOf: Day;
  /** What the older ledger files say together. */
  readonly base: Days;
  /** The date of the newest review that wrote one of them. */
  readonly lastReview: Day | null;
  /** The days of the review's own ledger file, which win. */
  readonly own: Days;
  readonly sources: readonly SourceState[];
  readonly metrics: readonly Metric[];
}

/** One currency for everything, the plan included. @throws Problem that names the two that meet. */
function currencyOf(charges: readonly Charge[], settings: Settings, config: string): string {
  const bySource = new Map(charges.map((charge) => [charge.currency, charge.source]));
  const [first, second] = [...bySource].sort(([a], [b]) => (a < b ? -1 : 1));
  const remedy =
    "overpace never converts or adds currencies: keep the sources of one currency in this configuration and the others in another";
  if (first && second)
    throw new Problem(`two currencies: ${first[0]} from source \`${first[1]}\` and ${second[0]} from source \`${second[1]}\``, { remedy });
  if (first && settings.plan && settings.plan.currency !== first[0])
    throw new Problem(`the plan is in ${settings.plan.currency}, the costs are in ${first[0]}`, {
      remedy: "state the plan in the currency of the costs",
      place: { file: join(config, "plan.yaml"), ...settings.planCurrencyPlace },
      kind: "usage",
    });
  return first?.[0] ?? settings.plan?.currency ?? "USD";
}

/** What settings and ledger give to compute a review from; `config` is the folder of the settings as shown. @throws Problem when currencies mix. */
export function reviewInputOf({ asOf, base, lastReview, own, sources, metrics }: Parts, settings: Settings, config: string): ReviewInput {
  const { costBasis, thresholds, growth, candidates, aliases } = settings.config;
  const names = new Set(settings.config.sources.map(({ name }) => name));
  const counting = withEnds(settings.config.sources, sources);
  const days = new Map([...base, ...own]);
  const from = firstDayInDetail(asOf);
  const charges = aliased(chargesOf(days, names, from, asOf), aliases);
  const older = aliased(olderChargesOf(days, names, { start: firstDayThatCounts(asOf), end: from }), aliases);
  const nameOf = namerOf(aliases);
  return {
    asOf,
    lastReview,
    currency: currencyOf(charges, settings, config),
    costBasis,
    charges,
    history: historyOf({ older, charges, counting, costBasis }),
    sources,
    counting,
    plan: settings.plan,
    allocation: settings.allocation,
    thresholds,
    growth: growth && ("metric" in growth ? growth : growth.percentPerWeek),
    metrics,
    candidateConfig: candidates,
    restatements: restatementsOf(base, own, costBasis, {
      nameOf: (provider) => nameOf("provider", provider),
      openFrom: (source) => addDays(lastReview ?? asOf, -(counting.find(({ name }) => name === source)?.settlingDays ?? 0)),
      lastReview,
    }),
    rebilled: lastReview === null ? [] : rebilledMonths(base, own, costBasis),
    ...exceptionsFor(asOf, settings),
  };
}

/** The review that settings and ledger give. @throws Problem when currencies mix. */
export function composeReview(parts: Parts, settings: Settings, config: string): Review {
  return reviewOf(reviewInputOf(parts, settings, config));
}
