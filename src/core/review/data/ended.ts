import { type Day, addDays, monthOf, monthPeriod } from "../../day.ts";
import type { Charge, SourceState } from "../../ledger/charge.ts";
import { type Days, splitDayKey } from "../../ledger/ledger.ts";
import { isDailyUsage } from "../../ledger/usage.ts";
import type { SourceConfig } from "../../settings/config.ts";
import type { PlannedEvent } from "../../settings/events.ts";

/** A source as far as its end goes. */
type Ending = Pick<SourceConfig, "name" | "until">;

/** Usage that costs anything: exports go on for a while with rows of nothing. */
const isPaidUsage = (charge: Charge) => isDailyUsage(charge) && (charge.billed !== 0n || charge.effective !== 0n);

/** The last day of a source before the review date with usage that costs anything; with any charge, where it has none. A fee reaches beyond the last use. */
function lastUsedDay(days: Days, source: string, before: Day): Day | null {
  let used: Day | null = null;
  let charged: Day | null = null;
  for (const [key, charges] of days) {
    const { day, source: own } = splitDayKey(key);
    if (own !== source || day >= before || charges.length === 0) continue;
    if (charged === null || day > charged) charged = day;
    if ((used === null || day > used) && charges.some(isPaidUsage)) used = day;
  }
  return used ?? charged;
}

/** The day after its last one, of a source that has ended by the review date: its data reach to the very day before `until`. Else null. */
export function endOf({ name, until }: Ending, days: Days, asOf: Day): Day | null {
  if (until === undefined || until > asOf) return null;
  const last = lastUsedDay(days, name, asOf);
  return last !== null && addDays(last, 1) === until ? until : null;
}

/** The sources that have ended by the review date, each with the day after its last one. */
export function endedOf(sources: readonly Ending[], days: Days, asOf: Day) {
  return sources.flatMap((source) => {
    const until = endOf(source, days, asOf);
    return until === null ? [] : [{ name: source.name, until }];
  });
}

/** What to say of an `until` that the data contradict, which is not followed; null where they do not. */
export function untilWarning({ name, until }: Ending, days: Days, asOf: Day): string | null {
  if (until === undefined || until > asOf) return null;
  const last = lastUsedDay(days, name, asOf);
  if (last === null || addDays(last, 1) === until) return null;
  const start = `source \`${name}\` has \`until: ${until}\`, but its last day with usage is ${last}, so that it does not count as ended:`;
  const right = `\`until: ${addDays(last, 1)}\``;
  return last < until ? `${start} write ${right} if nothing is missing after it` : `${start} write ${right}, or take \`until\` out`;
}

/** So long after its last figures can have moved a vendor whose source ended is asked once more. */
const lastReading = 7;

/** A vendor whose source has ended is asked until its days and the fees of its last month are final, and once more: its key is likely gone. */
export function isStillAsked(source: Pick<SourceConfig, "settlingDays">, end: Day | null, asOf: Day): boolean {
  if (end === null) return true;
  const month = monthPeriod(monthOf(addDays(end, -1))).end;
  return asOf < addDays(month, source.settlingDays + lastReading);
}

/** The last final day of a source that has ended: it costs nothing after its end, so only days that may still change are open. */
export function settledAfter(end: Day, settlingDays: number, asOf: Day): Day {
  const last = addDays(asOf, -1);
  return addDays(end, settlingDays) <= asOf ? last : addDays(last, -settlingDays);
}

/** So many days before the end are looked at for who else bills a provider. */
const shortlyBefore = 7;

/** What the end of sources takes away, as planned events: of providers that no source brings costs of that goes on after it. */
export function endingsOf(
  sources: readonly Pick<SourceState, "name" | "until">[],
  charges: readonly Pick<Charge, "day" | "source" | "provider">[],
): PlannedEvent[] {
  return sources.flatMap(({ name, until }): PlannedEvent[] => {
    if (until === undefined) return [];
    const from = addDays(until, -shortlyBefore);
    const over = new Set(sources.flatMap((source) => (source.until !== undefined && source.until <= until ? [source.name] : [])));
    const providers = (isMeant: (source: string) => boolean) =>
      new Set(charges.flatMap(({ day, source, provider }) => (day >= from && isMeant(source) ? [provider] : [])));
    const others = providers((source) => !over.has(source));
    return [...providers((source) => source === name)]
      .filter((provider) => provider !== "" && !others.has(provider))
      .sort()
      .map((provider) => ({
        name: `end of source ${name}`,
        kind: "end",
        start: until,
        end: addDays(until, 1),
        scope: { provider },
        effect: { percent: -100 },
      }));
  });
}
