import { type Day, type Period, addDays, overlap } from "../../day.ts";
import { absolute } from "../../money.ts";
import type { Thresholds } from "../../settings/config.ts";
import type { PlannedEvent } from "../../settings/events.ts";
import { type IgnoreEntry, ignoredBy } from "../../settings/ignore.ts";
import type { Slice } from "../../slices/slice.ts";
import { asItCost, knownDays, withoutKnown } from "./known-days.ts";
import { type Anomaly, type Found, type Search, foundIn, sensitivityFor } from "./odd-days.ts";
import { type Passed, type Through, passedIn } from "./way-back.ts";

/** What departed in a week, largest first: what people are asked about, what was planned, and what they said to ignore. */
export interface Findings {
  readonly anomalies: readonly Anomaly[];
  readonly planned: readonly Anomaly[];
  readonly ignored: readonly { readonly anomaly: Anomaly; readonly entry: IgnoreEntry }[];
  /** What departed in the week before, in services, and has come back. */
  readonly passed: readonly Passed[];
}

/** All that departed in the week: what people are asked about, what was planned, and what is ignored. */
export function allAnomalies({ anomalies, planned, ignored }: Pick<Findings, "anomalies" | "planned" | "ignored">): Anomaly[] {
  return [...anomalies, ...planned, ...ignored.map(({ anomaly }) => anomaly)];
}

const agree = (a: Anomaly, b: Anomaly) => a.direction === b.direction && overlap(a.period, b.period);

const sizeOf = ({ actual, expected }: Anomaly) => absolute(actual - expected);

function entryFor(entries: readonly IgnoreEntry[], anomaly: Anomaly): IgnoreEntry | undefined {
  const { slice, direction, period } = anomaly;
  return ignoredBy(entries, { path: slice.path, direction, period, size: sizeOf(anomaly) });
}

function bySize(a: Anomaly, b: Anomaly): number {
  return sizeOf(a) === sizeOf(b) ? (a.id < b.id ? -1 : 1) : sizeOf(a) > sizeOf(b) ? -1 : 1;
}

function sortedOut(all: readonly Anomaly[], ignore: readonly IgnoreEntry[]): Omit<Findings, "passed"> {
  const isPlanned = ({ event }: Anomaly) => event?.explains === true;
  return {
    planned: all.filter(isPlanned),
    ignored: all.flatMap((anomaly) => {
      const entry = isPlanned(anomaly) ? undefined : entryFor(ignore, anomaly);
      return entry ? [{ anomaly, entry }] : [];
    }),
    anomalies: all.filter((anomaly) => !isPlanned(anomaly) && entryFor(ignore, anomaly) === undefined),
  };
}

/** What is planned and what is to be ignored. */
export interface Exceptions {
  readonly events: readonly PlannedEvent[];
  readonly ignore: readonly IgnoreEntry[];
}

/**
 * Anomalies of the services, and of providers where no service of theirs explains it, whose run touches the period or days before it that are news
 * (`newFrom`). `through` gives the last settled day of a slice. Beside them what departed in services in the week before and has come back.
 */
export function findingsIn(
  slices: readonly Slice[],
  through: Through,
  period: Period,
  thresholds: Thresholds,
  { events, ignore, holes, newFrom }: Exceptions & Pick<Search, "holes"> & { readonly newFrom: (slice: Slice) => Day },
): Findings {
  const services = slices.filter((slice) => slice.dimension === "service");
  const last = services
    .map(through)
    .filter((day) => day !== null)
    .sort()
    .at(-1);
  if (last === undefined) return { anomalies: [], planned: [], ignored: [], passed: [] };
  const prior = { start: addDays(period.start, -7), end: period.start };
  const search = { since: prior.start, sensitivity: sensitivityFor(services, last, thresholds), events, week: period.start, holes };
  const find = (slice: Slice) => {
    const day = through(slice);
    return day === null ? [] : foundIn(slice, day, search);
  };
  const isKnown = ({ anomaly }: Found) => anomaly.event?.explains === true || entryFor(ignore, anomaly) !== undefined;
  const touches = ({ anomaly }: Found) => anomaly.period.end > newFrom(anomaly.slice);
  const found = services.flatMap(find);
  const ofServices = found.filter(touches);
  // Of the week before, too: what moved a service then is no news of its provider now.
  const known = found.filter(isKnown);
  const asked = ofServices.filter((found) => !isKnown(found));
  // What a provider's only service does not explain, the provider does not either.
  const several = new Set(services.map(({ path }) => path[0]).filter((name, index, all) => all.indexOf(name) !== index));
  const ofProviders = slices
    .filter(({ dimension, path }) => dimension === "provider" && several.has(path[0]))
    .flatMap((slice) => {
      const own = knownDays(slice, known, through(slice));
      return own.length === 0
        ? find(slice)
        : find(withoutKnown(slice, own)).map((found) => ({ ...found, anomaly: asItCost(found.anomaly, slice, own) }));
    })
    .filter(touches)
    .filter(
      ({ anomaly }) => !asked.some((inner) => inner.anomaly.slice.path[0] === anomaly.slice.path[0] && agree(inner.anomaly, anomaly)),
    );
  const all = [...ofServices, ...ofProviders].map(({ anomaly }) => anomaly).sort(bySize);
  return { ...sortedOut(all, ignore), passed: passedIn(found, prior, { through, holes }) };
}
