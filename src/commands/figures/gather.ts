import { join, resolve as resolvePath } from "node:path";
import { deliveredInRoles, withEnds } from "../../core/attribution/roles.ts";
import type { Causes } from "../../core/causes/causes.ts";
import { type Day, addDays } from "../../core/day.ts";
import type { ListPrice } from "../../core/economics/list-price.ts";
import type { SourceState } from "../../core/ledger/charge.ts";
import type { Delivery } from "../../core/ledger/delivery.ts";
import { doubles, doubleText } from "../../core/ledger/doubles.ts";
import {
  type Days,
  foldDays,
  lastDayOf,
  lastReviewIn,
  ledgerName,
  ownDays,
  resolve,
  sourcesIn,
  splitDayKey,
} from "../../core/ledger/ledger.ts";
import { parseLedger } from "../../core/ledger/parse.ts";
import type { Metric } from "../../core/metrics/metric.ts";
import { Problem, throwAll } from "../../core/problem.ts";
import { endOf, endedOf, isStillAsked, settledAfter, untilWarning } from "../../core/review/data/ended.ts";
import type { ReviewInput } from "../../core/review/input.ts";
import { type Review, reviewOf } from "../../core/review/review.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import { outdatedNames } from "../../core/settings/outdated-names.ts";
import { shortList } from "../../core/short-list.ts";
import { weekBefore } from "../../core/weeks.ts";
import { type Settings } from "../../shell/config.ts";
import { type StoredLedger, readLedger } from "../../shell/ledger.ts";
import { inParallel } from "../../shell/parallel.ts";
import { progressOn } from "../../shell/progress.ts";
import { isRemote, readSource } from "../../sources/index.ts";
import type { Call } from "../command.ts";
import { firstDayThatCounts, presentNames, reviewInputOf } from "./compose.ts";
import { compareWithList } from "./list-prices.ts";
import { metricsFor, unread } from "./metrics.ts";
import { miscountings } from "./miscounting.ts";

/** What one review date needs: the review, and the days of the ledger file that it would commit. */
export interface Gathered {
  readonly review: Review;
  /** What it was computed from. */
  readonly input: ReviewInput;
  readonly warnings: readonly string[];
  /** What was billed for tokens against the price list, where vendors are asked or anything is estimated. */
  readonly listPrices: readonly ListPrice[];
  readonly ledger: {
    /** Where the review's own file stands, as shown. */
    readonly path: string;
    readonly name: string;
    /** What it saw new or changed. */
    readonly own: Days;
    /** The files before it. */
    readonly older: readonly StoredLedger[];
    /** Older days than this change no figure. */
    readonly from: Day;
  };
}

/** What came of a source: both where a long range was read in part. */
interface Outcome {
  readonly delivery: Delivery | null;
  readonly problem: Problem | null;
}

interface Reading {
  readonly deliveries: readonly Delivery[];
  readonly problems: ReadonlyMap<string, Problem>;
}

/** At most so many vendors are asked at a time; files are read one after another, as each takes all cores. */
const mostAtOnce = 4;

/** Reads every source; one that fails is named and leaves the others. @throws Problem when none brings anything. */
async function readSources({ world }: Call, { config, root, tagKeys, prices }: Settings, asOf: Day, known: Days): Promise<Reading> {
  const progress = progressOn(world).say;
  const read = async (source: SourceConfig): Promise<Outcome> => {
    try {
      progress(`reading ${source.name} …`);
      const reading = await readSource(source, { world, root, asOf, tagKeys, prices, lastDay: lastDayOf(known, source.name, asOf) });
      progress(`${source.name}: ${reading.delivery.charges.length} charges${reading.problem ? ", then failed" : ""}`);
      return reading;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const end = endOf(source, known, asOf);
      progress(`${source.name}: ${end === null ? "failed" : `could not be read any more, ended with ${addDays(end, -1)}`}`);
      return { delivery: null, problem: end === null ? error : null };
    }
  };
  const sources = config.sources.filter((source) => !isRemote(source) || isStillAsked(source, endOf(source, known, asOf), asOf));
  const lane = (remote: boolean, most: number) =>
    inParallel(
      sources.filter((source) => isRemote(source) === remote),
      most,
      async (source) => [source.name, await read(source)] as const,
    );
  const outcomes = await Promise.all([lane(false, 1), lane(true, mostAtOnce)]);
  return readingOf(config.sources, new Map(outcomes.flat()));
}

/** Why sources brought nothing, each with its name where there are several: two of one vendor may ask for keys of one name. */
function failuresOf(problems: Reading["problems"], sources: readonly SourceConfig[]): Problem[] {
  if (sources.length === 1) return [...problems.values()];
  return [...problems].map(([name, problem]) => new Problem(`source \`${name}\`: ${problem.message}`, problem, problem.others));
}

/** What came of each source, in the order of the configuration, whatever came first. @throws Problem when none brings anything. */
function readingOf(sources: readonly SourceConfig[], outcomes: ReadonlyMap<string, Outcome>): Reading {
  const problems = new Map<string, Problem>();
  const deliveries: Delivery[] = [];
  for (const { name } of sources) {
    const { delivery = null, problem = null } = outcomes.get(name) ?? {};
    if (problem) problems.set(name, problem);
    if (delivery) deliveries.push(delivery);
  }
  if (deliveries.length === 0) throwAll(failuresOf(problems, sources));
  return { deliveries, problems };
}

/** The sources with their ends, as ledger and reading confirm them together. */
function endingSources(sources: readonly SourceConfig[], base: Days, own: Days, { deliveries }: Reading, asOf: Day) {
  if (sources.every(({ until }) => until === undefined)) return sources;
  return withEnds(sources, endedOf(sources, new Map([...base, ...ownDays(base, own, deliveries)]), asOf));
}

/** What was delivered, as the ledger keeps it: without cost where it is no money, and warned of money that an earlier source brings as well. */
function sortedOut({ deliveries, problems }: Reading, known: Days, sources: readonly SourceConfig[]): Reading {
  const sorted = deliveredInRoles(deliveries, known, sources);
  const sure = new Set(sources.flatMap(({ name, counts }) => (counts === "money" ? [name] : [])));
  const found = doubles(sorted).filter(({ sources: pair }) => !pair.every((name) => sure.has(name)));
  const warned = sorted.map((delivery) => {
    const own = found.filter(({ sources: pair }) => pair[1] === delivery.source).map(doubleText);
    return own.length === 0 ? delivery : { ...delivery, warnings: [...delivery.warnings, ...own] };
  });
  return { deliveries: warned, problems };
}

function laterOf(a: Day | null, b: Day | null): Day | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

function earlierOf(a: Day, b: Day): Day {
  return a < b ? a : b;
}

/**
 * What is known of a source now. `known` is what the review says that the last reading of it brought: what had to be tolerated holds until it is
 * read again; where nothing is read at all so do why it could not be read, and through which day it had answered, be it with nothing.
 */
function stateOf(source: SourceConfig, days: Days, asOf: Day, reading: Reading | null, known: SourceState | undefined): SourceState {
  const last = lastDayOf(days, source.name, asOf);
  const settled = last === null ? null : addDays(last, -source.settlingDays);
  const delivery = reading?.deliveries.find((candidate) => candidate.source === source.name);
  const until = endOf(source, days, asOf);
  const before = reading === null ? known?.settledThrough : undefined;
  const answered = before ? earlierOf(before, addDays(asOf, -1 - source.settlingDays)) : (delivery?.settledThrough ?? null);
  const problem = reading === null ? known?.problem : reading.problems.get(source.name)?.message;
  return {
    name: source.name,
    settledThrough: until === null ? laterOf(settled, answered) : settledAfter(until, source.settlingDays, asOf),
    ...(until === null ? {} : { until }),
    problem: until === null ? (problem ?? null) : null,
    notes: delivery?.warnings ?? known?.notes ?? [],
  };
}

function strangers(days: Days, sources: readonly SourceConfig[]): string[] {
  const known = new Set(sources.map(({ name }) => name));
  return [...sourcesIn(days)]
    .filter((name) => !known.has(name))
    .sort()
    .map(
      (name) =>
        `the ledger holds days of a source \`${name}\` that is not configured; they are not counted: add the source, or write \`formerly: [${name}]\` at the source it became`,
    );
}

/** What stands of the review already, wherever that is; without its ledger file the one in the folder counts. */
export interface StandingFiles {
  /** Text of its own ledger file; null when there is none. */
  readonly own: string | null;
  /** What came of the last reading of each source. */
  readonly sources: readonly SourceState[];
  readonly metrics: readonly Metric[];
  readonly causes: Causes | null;
}

interface OwnFile {
  readonly name: string;
  readonly path: string;
  readonly names: ReadonlyMap<string, string>;
}

/** The days of the review's own ledger file: as handed over, else as it stands in the folder. */
function ownDaysOf(stored: readonly StoredLedger[], standing: Partial<StandingFiles> | undefined, { name, path, names }: OwnFile): Days {
  if (standing?.own === undefined) return stored.find((file) => file.name === name)?.days ?? new Map();
  return standing.own === null ? new Map() : parseLedger(name, standing.own, path, names).days;
}

function hasCharge(days: Days, before: Day): boolean {
  return [...days].some(([key, charges]) => charges.length > 0 && splitDayKey(key).day < before);
}

/** That there is no charge, with what the sources said, which may be why: those that failed, and what the others had to tolerate. */
function nothingToCount(asOf: Day, fetched: boolean, { deliveries, problems }: Reading, sources: readonly SourceConfig[]): Problem[] {
  const said = shortList(deliveries.flatMap(({ warnings }) => warnings));
  const none = new Problem(`there is no charge before ${asOf}${said && `: ${said}`}`, {
    remedy: fetched ? "check --as-of and the sources in the configuration" : "run without --no-fetch, so that the sources are read",
  });
  return [none, ...failuresOf(problems, sources)];
}

/**
 * Reads sources (unless `--no-fetch`) and ledger, and computes the review of `asOf`. Writes nothing.
 * @throws Problem when no source can be read, currencies mix, or there is no charge at all.
 */
export async function gather(call: Call, settings: Settings, asOf: Day, standing?: Partial<StandingFiles>): Promise<Gathered> {
  const { sources } = settings.config;
  const name = ledgerName(asOf, weekBefore(asOf).id);
  const path = join(call.reviews, "ledger", name);
  const names = presentNames(settings);
  const stored = await readLedger(resolvePath(call.world.cwd, call.reviews), call.reviews, names);
  const older = stored.filter((file) => file.name < name);
  const own = ownDaysOf(stored, standing, { name, path, names });
  const base = resolve(older);
  const read = call.fetch
    ? await readSources(call, settings, asOf, new Map([...base, ...own]))
    : { deliveries: [], problems: new Map<string, Problem>() };
  const reading = sortedOut(read, new Map([...base, ...own]), endingSources(sources, base, own, read, asOf));
  const fresh = foldDays(ownDays(base, own, reading.deliveries));
  const days = new Map([...base, ...fresh]);
  throwAll(miscountings(days, settings, asOf));
  if (!hasCharge(days, asOf)) throwAll(nothingToCount(asOf, call.fetch, reading, sources));
  const stands = new Map((standing?.sources ?? []).map((source) => [source.name, source]));
  const states = sources.map((source) => stateOf(source, days, asOf, call.fetch ? reading : null, stands.get(source.name)));
  const { metrics, warnings: unreadMetrics } = await metricsFor(call, settings, asOf, standing?.metrics ?? []);
  const stated = reviewInputOf(
    { asOf, base, lastReview: lastReviewIn(older), own: fresh, sources: states, metrics },
    settings,
    call.config,
  );
  const delivered = new Set(reading.deliveries.map(({ source }) => source));
  const { input, found: listPrices } = await compareWithList(stated, settings, delivered);
  const failed = [...reading.problems].map(([source, problem]) => unread(`source \`${source}\``, problem));
  const unused = settings.config.unused.map((key) => `\`${key}\` in overpace.yaml has no effect in this version`);
  const review = reviewOf(input);
  const expired = review.expired.map(
    ({ reason, until }) =>
      `an entry of \`ignore\` in overpace.yaml ended with ${addDays(until, -1)} (${reason}): take it out, or give it a new \`until\``,
  );
  const warnings = [
    ...unused,
    ...expired,
    ...outdatedNames(input.charges, settings.allocation),
    ...reading.deliveries.flatMap((delivery) => delivery.warnings),
    ...failed,
    ...unreadMetrics,
    ...sources.flatMap((source) => untilWarning(source, days, asOf) ?? []),
    ...strangers(days, sources),
  ];
  return { review, input, warnings, listPrices, ledger: { path, name, own: fresh, older, from: firstDayThatCounts(asOf) } };
}
