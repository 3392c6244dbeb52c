import { resolve } from "node:path";
import { attributed } from "../../core/attribution/attribution.ts";
import { withEnds } from "../../core/attribution/roles.ts";
import { type Day, addDays } from "../../core/day.ts";
import { type Charge, type CostBasis, costOf, isLateCorrection } from "../../core/ledger/charge.ts";
import { type Days, chargesOf, lastDayOf, resolve as resolveLedger } from "../../core/ledger/ledger.ts";
import { Problem } from "../../core/problem.ts";
import { isPlannedSilence, silentProviders } from "../../core/review/data/arrivals.ts";
import { endOf, endedOf, endingsOf, settledAfter } from "../../core/review/data/ended.ts";
import { holesOf } from "../../core/review/data/holes.ts";
import { type Missing, missingIn } from "../../core/review/data/missing.ts";
import { type Outcome, outcomeOf } from "../../core/review/effects/outcome.ts";
import { aliased } from "../../core/settings/aliases.ts";
import { allocator } from "../../core/settings/allocation.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import { kindsBy } from "../../core/slices/kind.ts";
import { byService } from "../../core/slices/service-cost.ts";
import { settledOf } from "../../core/slices/settled.ts";
import { type Slice, sliceNamed, slicesOf } from "../../core/slices/slice.ts";
import type { TrackedAction } from "../../document/actions/track.ts";
import type { Settings } from "../../shell/config.ts";
import { readLedger } from "../../shell/ledger.ts";
import type { Call } from "../command.ts";
import { presentNames } from "../figures/compose.ts";

/** What actions changed, by their ids, and the currency it is told in. */
export interface Outcomes {
  readonly currency: string;
  readonly of: (tracked: TrackedAction) => Outcome | null;
}

function notMeasured({ action }: TrackedAction, why: string): Outcome {
  const { effect } = action;
  const expected = effect && "cost" in effect ? BigInt(Math.round(effect.cost * 100)) : null;
  return { state: "not-measurable", why, expected, measured: null, low80: null, high80: null, weeks: 0, weekdays: [] };
}

/** Outcomes where costs are not known, for a reason. */
export function unknownOutcomes(why: string, currency = "USD"): Outcomes {
  return { currency, of: (tracked) => notMeasured(tracked, why) };
}

interface Costs extends Missing {
  readonly slices: readonly Slice[];
  readonly firstDay: Day | null;
  /** The last final day of a slice. */
  readonly settled: (slice: Slice) => Day | null;
}

function outcomeIn({ slices, firstDay, settled, ...missing }: Costs, tracked: TrackedAction): Outcome | null {
  const { action, decided, due } = tracked;
  if (!action.effect) return null;
  if (action.about === undefined) return notMeasured(tracked, "it does not say in `about` which slice it changes");
  const slice = sliceNamed(action.about, slices);
  if (!slice) return notMeasured(tracked, `${action.about} is no slice of the ledger`);
  return outcomeOf({
    effect: action.effect,
    decided,
    due,
    days: slice.days,
    firstDay,
    settled: settled(slice),
    holes: missingIn(slice, missing),
  });
}

/** The last final day of a source. */
function lastFinalDay(source: SourceConfig, ledger: Days, asOf: Day): Day | null {
  const end = endOf(source, ledger, asOf);
  if (end !== null) return settledAfter(end, source.settlingDays, asOf);
  const last = lastDayOf(ledger, source.name, asOf);
  return last && addDays(last, -source.settlingDays);
}

/** Reads the ledger and compares what slices cost before and after; charges of the review date and later are ignored. */
export async function readOutcomes(call: Call, settings: Settings, asOf: Day): Promise<Outcomes> {
  const planned = settings.plan?.currency;
  try {
    const { sources, costBasis, aliases } = settings.config;
    const ledger = resolveLedger(await readLedger(resolve(call.world.cwd, call.reviews), call.reviews, presentNames(settings)));
    const read = chargesOf(ledger, new Set(sources.map(({ name }) => name)), "", asOf);
    const known = aliased(read, aliases).filter((charge) => !isLateCorrection(charge));
    const ended = endedOf(sources, ledger, asOf);
    const ready = attributed(known, withEnds(sources, ended), allocator(settings.allocation), costBasis);
    const { money: charges, parts } = ready;
    const cost = (charge: Pick<Charge, CostBasis>) => costOf(charge, costBasis);
    const slices = slicesOf(
      parts.filter(({ category }) => category === "Usage"),
      kindsBy(ready),
      cost,
    );
    const settled = settledOf(sources.map((source) => ({ name: source.name, settledThrough: lastFinalDay(source, ledger, asOf) })));
    const firstDay = charges.reduce<Day | null>((first, { day }) => (first === null || day < first ? day : first), null);
    const events = [...settings.config.events, ...endingsOf(ended, charges)];
    const silences = silentProviders(slices, settled).filter((silence) => !isPlannedSilence(silence, events));
    const costs = { slices, firstDay, settled, ...holesOf(byService(charges), cost, events), silences };
    return { currency: charges[0]?.currency ?? planned ?? "USD", of: (tracked) => outcomeIn(costs, tracked) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return unknownOutcomes(`the ledger cannot be read: ${error.message}`, planned);
  }
}
