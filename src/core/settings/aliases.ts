import * as z from "zod/mini";
import { matchesGlob } from "../glob.ts";
import { type Charge, type Identified, idFields } from "../ledger/charge.ts";
import { underPresentNames } from "../ledger/present-names.ts";

/** What of a charge may be called by another name. */
export const renamable = ["provider", "service", "model", "account", "project", "apiKey"] as const;
export type Renamable = (typeof renamable)[number];

const name = z.string("expected a name").check(z.minLength(1, "is empty; expected a name"));
const names = z.optional(
  z.record(
    z.string().check(z.minLength(1, "is empty; expected the earlier name, * stands for anything")),
    name,
    "expected earlier names with the present one, such as { Old name: New name }",
  ),
);

/** `aliases` of the configuration: for each kind of name, earlier names (or globs) with the present one. */
export const aliasesSchema = z.strictObject({
  provider: names,
  service: names,
  model: names,
  account: names,
  project: names,
  apiKey: names,
});
export type Aliases = z.infer<typeof aliasesSchema>;

/** Gives the present name of a name, remembering each: one that stands there as it is goes before globs, of which the first counts. */
function presentName(aliases: Readonly<Record<string, string>>): (name: string) => string {
  const known = new Map(Object.entries(aliases));
  return (name) => {
    const found =
      known.get(name) ?? (name === "" ? undefined : Object.entries(aliases).find(([pattern]) => matchesGlob(pattern, name))?.[1]) ?? name;
    known.set(name, found);
    return found;
  };
}

/** The present name of a provider, service or whatever else `aliases` speak of. */
export function namerOf(aliases: Aliases): (dimension: Renamable, name: string) => string {
  const namers = new Map(renamable.flatMap((dimension) => (aliases[dimension] ? [[dimension, presentName(aliases[dimension])]] : [])));
  return (dimension, name) => namers.get(dimension)?.(name) ?? name;
}

/** The present name of what a charge holds: an alias for its id goes before one for its name. */
function nameFrom(aliases: Aliases, charge: Charge, dimension: Renamable, nameOf: ReturnType<typeof namerOf>): string {
  const id = dimension in idFields ? charge[idFields[dimension as Identified]] : undefined;
  const own = aliases[dimension];
  if (id !== undefined && own !== undefined && Object.hasOwn(own, id)) return own[id] ?? id;
  return nameOf(dimension, charge[dimension]);
}

/**
 * Charges under their present names, so that what was renamed has one history: first as aliases say, then what has an id by its newest name.
 * Applied on reading, as allocation is: the ledger keeps the names that were delivered. Without aliases and ids the list itself.
 */
export function aliased(charges: readonly Charge[], aliases: Aliases): readonly Charge[] {
  const asked = renamable.filter((dimension) => aliases[dimension] !== undefined);
  if (asked.length === 0) return underPresentNames(charges);
  const nameOf = namerOf(aliases);
  const renamed = charges.map((charge) => {
    const names = asked.map((dimension) => [dimension, nameFrom(aliases, charge, dimension, nameOf)] as const);
    const changed = names.filter(([dimension, name]) => name !== charge[dimension]);
    return changed.length === 0 ? charge : { ...charge, ...Object.fromEntries(changed) };
  });
  return underPresentNames(renamed);
}
