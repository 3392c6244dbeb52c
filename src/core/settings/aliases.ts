import * as z from "zod/mini";
import { matchesGlob } from "../glob.ts";
import type { Charge } from "../ledger/charge.ts";

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

/**
 * Charges under their present names, so that what was renamed has one history. Applied on reading, as allocation is: the ledger keeps the names
 * that were delivered. Without aliases the list itself.
 */
export function aliased(charges: readonly Charge[], aliases: Aliases): readonly Charge[] {
  const asked = renamable.filter((dimension) => aliases[dimension] !== undefined);
  if (asked.length === 0) return charges;
  const nameOf = namerOf(aliases);
  return charges.map((charge) => {
    const changed = asked.filter((dimension) => nameOf(dimension, charge[dimension]) !== charge[dimension]);
    if (changed.length === 0) return charge;
    return { ...charge, ...Object.fromEntries(changed.map((dimension) => [dimension, nameOf(dimension, charge[dimension])])) };
  });
}
