import { type Day, contains } from "../../day.ts";
import { modelKey } from "../../economics/usage.ts";
import { type Charge, type CostBasis, costOf } from "../../ledger/charge.ts";
import { type Micros, absolute } from "../../money.ts";
import type { Kind } from "../../slices/kind.ts";
import { unnamed } from "../../slices/slice.ts";
import type { Weeks } from "../../weeks.ts";

/** Requests and tokens that charges tell of all days or of none: what is told of some days of a week alone would look like fewer of them. */

const counts = ["requests", "tokens"] as const;
type Count = (typeof counts)[number];

/** What a day of a model cost, and whether its requests and its tokens are told. */
type ToldDay = { cost: Micros } & Record<Count, boolean>;
type Models = Map<string, Map<Day, ToldDay>>;

/** Counts of both weeks that cannot be compared, by the keys of models. */
type Untold = Readonly<Record<Count, ReadonlySet<string>>>;

const tellsTokens = ({ inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens }: Charge) =>
  (inputTokens ?? cacheReadTokens ?? cacheWriteTokens ?? outputTokens) !== null;

/** Tokens that no price is known for: what they cost is missing, so that they are set against no cost either. */
function isUnpriced(charge: Charge): boolean {
  const { estimated, effective, billed, inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens } = charge;
  if (!estimated || effective !== 0n || billed !== 0n) return false;
  return (inputTokens ?? 0) + (cacheReadTokens ?? 0) + (cacheWriteTokens ?? 0) + (outputTokens ?? 0) > 0;
}

/** What each model tells of its days. */
function modelsIn(charges: readonly Charge[], kindOf: (charge: Charge) => Kind, basis: CostBasis): Models {
  const found: Models = new Map();
  const byKind = new Map<Kind, Map<Day, ToldDay>>();
  for (const charge of charges) {
    if (charge.category !== "Usage" || charge.model === "") continue;
    const kind = kindOf(charge);
    const days = byKind.get(kind) ?? found.get(modelKey(kind)) ?? new Map<Day, ToldDay>();
    if (!byKind.has(kind)) found.set(modelKey(kind), days);
    byKind.set(kind, days);
    const day = days.get(charge.day) ?? { cost: 0n, requests: false, tokens: false };
    days.set(charge.day, day);
    day.cost += absolute(costOf(charge, basis));
    day.requests ||= charge.requests !== null;
    day.tokens ||= tellsTokens(charge);
  }
  return found;
}

/** Told of some days of a week alone, of which the others hold more than a hundredth of its cost. */
function isMixed(days: readonly ToldDay[], count: Count): boolean {
  const cost = (some: readonly ToldDay[]) => some.reduce((sum, day) => sum + day.cost, 0n);
  const untold = days.filter((day) => !day[count]);
  return untold.length < days.length && cost(untold) * 100n > cost(days);
}

function untoldIn(models: Models, { prior, period }: Weeks): Untold {
  const of = (count: Count) =>
    [...models].flatMap(([model, days]) => {
      const inWeek = (week: Weeks["prior"]) => [...days].flatMap(([day, told]) => (contains(week, day) ? [told] : []));
      return isMixed(inWeek(prior), count) || isMixed(inWeek(period), count) ? [model] : [];
    });
  return { requests: new Set(of("requests")), tokens: new Set(of("tokens")) };
}

const noTokens = { inputTokens: null, cacheReadTokens: null, cacheWriteTokens: null, outputTokens: null };

function without(charge: Charge, { requests, tokens }: Untold): Charge {
  const model = modelKey(charge);
  const [hidesRequests, hidesTokens] = [requests.has(model), tokens.has(model)];
  if (!hidesRequests && !hidesTokens) return charge;
  return { ...charge, ...(hidesRequests ? { requests: null } : {}), ...(hidesTokens ? noTokens : {}) };
}

/** Models whose requests, or tokens, are not counted: provider, service and model of each, as slices name them. */
export type UntoldModels = Readonly<Record<Count, readonly (readonly string[])[]>>;

const pathOf = (key: string) => key.split("\0").map((name) => name || unnamed);
const pathsOf = (keys: ReadonlySet<string>) => [...keys].sort().map(pathOf);

/** Whether a count of a model is left out. */
export function isUntold(untold: UntoldModels, count: Count, kind: Kind): boolean {
  const own = pathOf(modelKey(kind));
  return untold[count].some((path) => path.every((name, index) => name === own[index]));
}

/** Takes from charges of both weeks what cannot be set against cost. */
export interface ToldCounts {
  /** The very same list where there is nothing to take. */
  readonly take: (charges: readonly Charge[]) => readonly Charge[];
  readonly untold: UntoldModels;
}

/** What all charges of both weeks tell: usage without a price is left out, and the counts of models that tell them of some days alone. */
export function toldCounts(charges: readonly Charge[], weeks: Weeks, kindOf: (charge: Charge) => Kind, basis: CostBasis): ToldCounts {
  const priced = charges.some(isUnpriced) ? charges.filter((charge) => !isUnpriced(charge)) : charges;
  const untold = untoldIn(modelsIn(priced, kindOf, basis), weeks);
  const isWhole = priced === charges && counts.every((count) => untold[count].size === 0);
  return {
    take: (some) => (isWhole ? some : some.flatMap((charge) => (isUnpriced(charge) ? [] : [without(charge, untold)]))),
    untold: { requests: pathsOf(untold.requests), tokens: pathsOf(untold.tokens) },
  };
}
