import { modelKey, providerKey } from "../../attribution/names.ts";
import { type Day, addDays, contains, eachDay } from "../../day.ts";
import { byNames } from "../../ledger/by-names.ts";
import { type Charge, type CostBasis, costOf } from "../../ledger/charge.ts";
import { folded } from "../../ledger/fold.ts";
import { type Micros, absolute } from "../../money.ts";
import { type Renamable, renamable } from "../../settings/aliases.ts";
import { type PlannedEvent, coverOf, eventsFor } from "../../settings/events.ts";
import { slug } from "../../slug.ts";
import type { Weeks } from "../../weeks.ts";

/** A name that ended where another of like size began. */
export interface Rename {
  readonly dimension: Renamable;
  /** The names around it: the provider, of a model the service too. */
  readonly within: readonly string[];
  readonly from: string;
  readonly to: string;
  /** The first day of the new name. */
  readonly since: Day;
  /** How many days are compared. */
  readonly days: number;
  /** What both names cost on these days, and the old one on the same weekdays before. */
  readonly after: Micros;
  readonly before: Micros;
}

/** So many days before the prior week tell what was there. */
const lookBack = 14;
/** A name ends at most so many days before the other begins: a long weekend without use. */
const longestGap = 3;
/** A name was there on so many of the two weeks before the other begins. */
const fewestDays = 4;
/** Both cost the same to within a fifth … */
const likeness = 5n;
/** … of an amount that is at least a hundredth of all cost on those days. */
const smallest = 100n;

function scopeOf(dimension: Renamable, charge: Readonly<Record<Renamable, string>>): readonly string[] {
  if (dimension === "provider") return [];
  return dimension === "model" ? [charge.provider, charge.service] : [charge.provider];
}

/** A planned migration says why one provider, service or model gave way to another: these are two, and each keeps its history. */
export function isPlannedMove({ dimension, within, from, since }: Rename, events: readonly PlannedEvent[]): boolean {
  if (dimension !== "provider" && dimension !== "service" && dimension !== "model") return false;
  const path = dimension === "model" ? within : [...within, from];
  return eventsFor(events, path).some((event) => event.kind === "migration" && contains(coverOf(event), since));
}

/** What a name cost by day; days without cost are not in it. */
interface Line {
  readonly within: readonly string[];
  readonly name: string;
  readonly days: Map<Day, Micros>;
}

function linesOf(charges: readonly Charge[], dimension: Renamable, basis: CostBasis): Map<string, Line> {
  const lines = new Map<string, Line>();
  for (const charge of charges) {
    const [name, cost] = [charge[dimension], costOf(charge, basis)];
    if (name === "" || name === folded || cost === 0n) continue;
    const within = scopeOf(dimension, charge);
    const key = [...within, name].join("\0");
    const line = lines.get(key) ?? { within, name, days: new Map() };
    lines.set(key, line);
    line.days.set(charge.day, (line.days.get(charge.day) ?? 0n) + cost);
  }
  return lines;
}

/** The names of charges that differ in nothing else that could be renamed, and the days on which they first and last cost something. */
interface Span {
  readonly names: Readonly<Record<Renamable, string>>;
  first: Day;
  last: Day;
}

/** The spans of all combinations of names: there are few of them and many charges. */
function spansOf(charges: readonly Charge[], basis: CostBasis): readonly Span[] {
  const spans: Span[] = [];
  const spanOf = byNames((charge) => {
    const span: Span = { names: charge, first: charge.day, last: charge.day };
    spans.push(span);
    return span;
  });
  for (const charge of charges) {
    if (costOf(charge, basis) === 0n) continue;
    const span = spanOf(charge);
    if (charge.day < span.first) span.first = charge.day;
    if (charge.day > span.last) span.last = charge.day;
  }
  return spans;
}

/** The first and last days of each name of a dimension, by what is around them. */
function endsOf(spans: readonly Span[], dimension: Renamable): Pick<Span, "first" | "last">[][] {
  const named = spans.filter(({ names }) => names[dimension] !== "" && names[dimension] !== folded);
  const scopes = Map.groupBy(named, ({ names }) => scopeOf(dimension, names).join("\0"));
  return [...scopes.values()].map((scope) =>
    [...Map.groupBy(scope, ({ names }) => names[dimension]).values()].map((own) => ({
      first: own.reduce((day, { first }) => (first < day ? first : day), own[0]?.first ?? ""),
      last: own.reduce((day, { last }) => (last > day ? last : day), ""),
    })),
  );
}

/** Something ended where something else began: most weeks nothing does, and end here. */
function mayBeRenamed(ends: ReturnType<typeof endsOf>, { period, prior }: Weeks): boolean {
  const end = addDays(period.end, -1);
  return ends.some((names) => names.some(({ last: day }) => day < end) && names.some(({ first: day }) => day >= prior.start));
}

const first = ({ days }: Line): Day => [...days.keys()].reduce((a, b) => (a < b ? a : b));
const last = ({ days }: Line): Day => [...days.keys()].reduce((a, b) => (a > b ? a : b));

/** Names that began on the same day around the same names, and are compared on the same days. */
interface Beginnings {
  readonly since: Day;
  readonly days: readonly Day[];
  /** Each with what it cost on these days. */
  readonly lines: { readonly to: Line; readonly cost: Micros }[];
}

const scopeKey = ({ within }: Line) => within.join("\0");
const costOn = (costs: ReadonlyMap<Day, Micros>, days: readonly Day[]) => days.reduce((sum, day) => sum + (costs.get(day) ?? 0n), 0n);

/** What began, by what is around it; names that were there on a single day are left out. */
function beginningsOf(come: readonly Line[]): Map<string, Beginnings[]> {
  const groups = new Map<string, Map<string, Beginnings>>();
  for (const to of come) {
    const since = first(to);
    const [week, ended] = [addDays(since, 7), addDays(last(to), 1)];
    const until = week < ended ? week : ended;
    const days = eachDay({ start: since, end: until });
    if (days.length < 2) continue;
    const around = groups.get(scopeKey(to)) ?? new Map<string, Beginnings>();
    groups.set(scopeKey(to), around);
    const group = around.get(since + until) ?? { since, days, lines: [] };
    around.set(since + until, group);
    group.lines.push({ to, cost: costOn(to.days, days) });
  }
  return new Map([...groups].map(([scope, around]) => [scope, [...around.values()]]));
}

/** A name however it is spelled: `anthropic` at a gateway and `Anthropic` on its bill. */
function spelling(dimension: Renamable, name: string): string {
  const key = dimension === "provider" ? providerKey(name) : dimension === "model" ? modelKey(name) : slug(name);
  return key || name;
}

type IsPair = (from: Line, to: Line) => boolean;

/** What goes on under another spelling of its name became nothing else, nor did anything else become it. */
function pairing(dimension: Renamable, lines: readonly Line[]): IsPair {
  const keys = new Map(lines.map((line) => [line, [...line.within, spelling(dimension, line.name)].join("\0")]));
  const spelled = Map.groupBy(lines, (line) => keys.get(line));
  const isAlone = (line: Line) => spelled.get(keys.get(line))?.length === 1;
  return (from, to) => keys.get(from) === keys.get(to) || (isAlone(from) && isAlone(to));
}

/** What the last 7 days cost, and which two names can be those of one line. */
interface Likeness {
  readonly total: Micros;
  readonly isPair: IsPair;
}

/**
 * The names that are like `from` a week before, of those that began together; none when it is too small, or was not there long enough. Whether it
 * is is asked once for all of them: names may come and go by the thousand.
 */
function alike(dimension: Renamable, from: Line, { since, days, lines }: Beginnings, { total, isPair }: Likeness): Rename[] {
  const earliest = addDays(since, -lookBack);
  const lived = [...from.days.keys()].filter((day) => day < since && day >= earliest).length;
  if (lived < fewestDays) return [];
  const before = costOn(
    from.days,
    days.map((day) => addDays(day, -7)),
  );
  if (before <= 0n || before * smallest * 7n < total * BigInt(days.length)) return [];
  const still = costOn(from.days, days);
  return lines.flatMap(({ to, cost }) => {
    const after = still + cost;
    const larger = after > before ? after : before;
    if (to === from || after <= 0n || absolute(after - before) * likeness > larger || !isPair(from, to)) return [];
    return [{ dimension, within: from.within, from: from.name, to: to.name, since, days: days.length, before, after }];
  });
}

const unlikeness = ({ before, after }: Rename) => Number(absolute(after - before)) / Number(before);

/** Of pairs that share a name the most alike ones, each name once. */
function distinct(pairs: readonly Rename[]): Rename[] {
  const [gone, come] = [new Set<string>(), new Set<string>()];
  const key = ({ within }: Rename, name: string) => [...within, name].join("\0");
  const ordered = pairs.toSorted(
    (a, b) => unlikeness(a) - unlikeness(b) || (key(a, `${a.from}\0${a.to}`) < key(b, `${b.from}\0${b.to}`) ? -1 : 1),
  );
  return ordered.filter((pair) => {
    const [from, to] = [key(pair, pair.from), key(pair, pair.to)];
    if (gone.has(from) || come.has(to)) return false;
    gone.add(from);
    come.add(to);
    return true;
  });
}

/**
 * Names that ended in the last two weeks where another of like size began: what a rename at a vendor looks like, or a move from one to the other.
 * `charges` are those of usage, `total` what the last 7 days cost; old days are only looked at where a name is new.
 */
export function likelyRenames(charges: readonly Charge[], weeks: Weeks, total: Micros, basis: CostBasis): Rename[] {
  const { period, prior } = weeks;
  const window = { start: addDays(prior.start, -lookBack), end: period.end };
  const recent = charges.filter(({ day }) => contains(window, day));
  const spans = spansOf(recent, basis);
  return renamable.flatMap((dimension) => {
    if (!mayBeRenamed(endsOf(spans, dimension), weeks)) return [];
    const lines = [...linesOf(recent, dimension, basis).values()];
    const gone = lines.filter((line) => last(line) < addDays(period.end, -1));
    const come = gone.length === 0 ? [] : lines.filter((line) => first(line) >= prior.start);
    const beginnings = beginningsOf(come);
    const isPair = gone.length === 0 ? () => false : pairing(dimension, lines);
    const large = gone.flatMap((from) => {
      const ended = last(from);
      const latest = addDays(ended, longestGap);
      const near = (beginnings.get(scopeKey(from)) ?? []).filter(({ since }) => ended <= since && since <= latest);
      return near.flatMap((group) => alike(dimension, from, group, { total, isPair }));
    });
    const known =
      large.length === 0
        ? new Map<string, Line>()
        : linesOf(
            charges.filter(({ day }) => day < window.start),
            dimension,
            basis,
          );
    return distinct(large.filter(({ within, to }) => !known.has([...within, to].join("\0"))));
  });
}
