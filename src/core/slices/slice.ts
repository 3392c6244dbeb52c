import type { Day, Period } from "../day.ts";
import { contains } from "../day.ts";
import type { Charge } from "../ledger/charge.ts";
import type { Micros } from "../money.ts";
import { type Allocated, type AllocationTarget, allocationTargets } from "../settings/allocation.ts";
import { slug, slugs } from "../slug.ts";
import type { Kind } from "./kind.ts";

/** What a set of charges may have one value of. */
export const dimensions = ["provider", "service", "model", ...allocationTargets] as const;
export type Dimension = (typeof dimensions)[number];

/** Shown where a name is empty. */
export const unnamed = "(unnamed)";
export const unallocated = "(unallocated)";

/** The charges with one value of a dimension, added up by day. */
export interface Slice {
  readonly dimension: Dimension;
  /** Raw names from the outermost in: provider, service, model; or the one value. */
  readonly path: readonly string[];
  /** `openai/inference`, `feature:search`. */
  readonly id: string;
  /** Name without its parents. */
  readonly key: string;
  /** Sources whose charges it holds. */
  readonly sources: ReadonlySet<string>;
  /** Providers whose charges it holds, with the last day of each: several of a feature, a customer or a team. */
  readonly providers: ReadonlyMap<string, Day>;
  readonly days: ReadonlyMap<Day, Micros>;
  /** What of the days is estimated, not billed. */
  readonly estimated: ReadonlyMap<Day, Micros>;
}

interface Growing {
  readonly dimension: Dimension;
  readonly path: readonly string[];
  readonly sources: Set<string>;
  readonly providers: Map<string, Day>;
  readonly days: Map<Day, Micros>;
  estimated: Map<Day, Micros> | null;
  /** The day and source of the charge before, and what is not yet in `days` and `estimated`: charges come in the order of their days. */
  day: Day;
  source: string;
  amount: Micros;
  guess: Micros | null;
}

function addTo(days: Map<Day, Micros>, day: Day, amount: Micros): void {
  days.set(day, (days.get(day) ?? 0n) + amount);
}

/** Puts what was added up for a day where it belongs. */
function keep(slice: Growing): void {
  addTo(slice.days, slice.day, slice.amount);
  if (slice.guess !== null) addTo((slice.estimated ??= new Map()), slice.day, slice.guess);
}

function grow(slice: Growing, { day, source, estimated }: Charge, amount: Micros): void {
  if (slice.source !== source) slice.sources.add(source);
  slice.source = source;
  if (slice.day === day) slice.amount += amount;
  else {
    if (slice.day !== "") keep(slice);
    slice.day = day;
    slice.amount = amount;
    slice.guess = null;
  }
  if (estimated) slice.guess = (slice.guess ?? 0n) + amount;
}

/** Every slice that a charge belongs to, by dimension and raw names. */
export function pathsOf(charge: Pick<Charge, "provider" | "service" | "model">, allocated: Allocated): [Dimension, string[]][] {
  const provider = charge.provider || unnamed;
  const service = charge.service || unnamed;
  const model: [Dimension, string[]][] = charge.model === "" ? [] : [["model", [provider, service, charge.model]]];
  const targets = allocationTargets.map((name): [AllocationTarget, string[]] => [name, [allocated[name] || unallocated]]);
  return [["provider", [provider]], ["service", [provider, service]], ...model, ...targets];
}

function begun(dimension: Dimension, path: readonly string[]): Growing {
  const [sources, providers, days] = [new Set<string>(), new Map<string, Day>(), new Map<Day, Micros>()];
  return { dimension, path, sources, providers, days, estimated: null, day: "", source: "", amount: 0n, guess: null };
}

/** The slices that charges of a kind belong to, and the last day of these charges. */
interface KindSlices {
  readonly slices: readonly Growing[];
  last: Day;
}

/** Finds the slices of charges of a kind, and begins those that are new. */
function finder(growing: Map<string, Growing>, known: Map<Kind, KindSlices>): (kind: Kind) => KindSlices {
  const begin = ([dimension, path]: [Dimension, string[]]): Growing => {
    const name = [dimension, ...path].join("\0");
    const slice = growing.get(name) ?? begun(dimension, path);
    growing.set(name, slice);
    return slice;
  };
  return (kind) => {
    const found = known.get(kind) ?? { slices: pathsOf(kind, kind.allocated).map(begin), last: "" };
    known.set(kind, found);
    return found;
  };
}

/** Tells each slice the providers of its kinds. */
function keepProviders(known: ReadonlyMap<Kind, KindSlices>): void {
  for (const [kind, { slices, last }] of known) {
    const provider = kind.provider || unnamed;
    for (const { providers } of slices) if (last > (providers.get(provider) ?? "")) providers.set(provider, last);
  }
}

/**
 * Every slice of the given charges, in the order of `dimensions`, then by path.
 * `kindOf` says what a charge has in common with others; `cost` what it costs.
 */
export function slicesOf(charges: readonly Charge[], kindOf: (charge: Charge) => Kind, cost: (charge: Charge) => Micros): Slice[] {
  const growing = new Map<string, Growing>();
  const known = new Map<Kind, KindSlices>();
  const find = finder(growing, known);
  for (const charge of charges) {
    const amount = cost(charge);
    const found = find(kindOf(charge));
    if (charge.day > found.last) found.last = charge.day;
    for (const slice of found.slices) grow(slice, charge, amount);
  }
  for (const slice of growing.values()) keep(slice);
  keepProviders(known);
  const list = [...growing].sort(([a, x], [b, y]) => dimensions.indexOf(x.dimension) - dimensions.indexOf(y.dimension) || (a < b ? -1 : 1));
  const idOf = idsFor(list.map(([, slice]) => slice));
  const nothing: Slice["estimated"] = new Map();
  return list.map(([, slice]) => {
    const { dimension, path, sources, providers, days, estimated } = slice;
    return { dimension, path, sources, providers, days, estimated: estimated ?? nothing, id: idOf(slice), key: path.at(-1) ?? "" };
  });
}

/** Ids by slug of each name on the path; names that collide under one parent are told apart. */
function idsFor(list: readonly Growing[]): (slice: Growing) => string {
  const siblings = new Map<string, Map<string, string>>();
  const parentOf = (dimension: Dimension, parents: readonly string[]) =>
    JSON.stringify([allocationTargets.some((name) => name === dimension) ? dimension : "tree", ...parents]);
  const names = new Map<string, string[]>();
  for (const { dimension, path } of list) {
    const parent = parentOf(dimension, path.slice(0, -1));
    const children = names.get(parent) ?? [];
    children.push(path.at(-1) ?? "");
    names.set(parent, children);
  }
  for (const [parent, children] of names) siblings.set(parent, slugs(children));
  return ({ dimension, path }) => {
    const parts = path.map((name, depth) => siblings.get(parentOf(dimension, path.slice(0, depth)))?.get(name) ?? "");
    return allocationTargets.some((name) => name === dimension) ? `${dimension}:${parts.join("/")}` : parts.join("/");
  };
}

/** The slices whose path begins with their provider. */
const providerDimensions: ReadonlySet<Dimension> = new Set(["provider", "service", "model"]);

/** Whether a slice is one of a provider, or lies in one. */
export const isInProvider = ({ dimension }: Pick<Slice, "dimension">): boolean => providerDimensions.has(dimension);

/** Whether it is this provider, or lies in it. */
export function isOfProvider(slice: Pick<Slice, "dimension" | "path">, provider: string): boolean {
  return isInProvider(slice) && slice.path[0] === provider;
}

/** What a slice cost in a period. */
export function costIn(days: ReadonlyMap<Day, Micros>, period: Period): Micros {
  let total = 0n;
  for (const [day, amount] of days) if (contains(period, day)) total += amount;
  return total;
}

/** The slice that a person names: by its id, as an anomaly of it, or as printed. */
export function sliceNamed<S extends { readonly id: string }>(about: string, slices: readonly S[]): S | undefined {
  const name = about.includes("@") ? about.slice(0, about.lastIndexOf("@")) : about;
  const ids = new Set([name, slug(name), name.split("/").map(slug).join("/"), name.split(" · ").map(slug).join("/")]);
  return slices.find(({ id }) => id === name) ?? slices.find(({ id }) => ids.has(id));
}

/** `OpenAI · Inference`. */
export function sliceName(slice: { readonly path: readonly string[] }): string {
  return slice.path.join(" · ");
}
