import * as z from "zod/mini";
import { matchesGlob } from "../glob.ts";
import { glob } from "./values.ts";

/** What a rule of `allocation.yaml` may match and a scope may not: odd days are looked for in no smaller slice than a service. */
const smaller = ["model", "feature", "customer", "team", "account", "project", "apiKey", "tags"] as const;
const refused = z.optional(z.never("cannot be in a scope: odd days are looked for by provider and by service alone; name one of these"));
const noOther = Object.fromEntries(smaller.map((name) => [name, refused])) as Record<(typeof smaller)[number], typeof refused>;

/** Which services something is about, by globs as in `allocation.yaml`; without `service` the whole provider. */
export const scopeSchema = z
  .strictObject({ provider: z.optional(glob), service: z.optional(glob), ...noOther })
  .check(
    z.refine(
      ({ provider, service }) => provider !== undefined || service !== undefined,
      "names nothing; name a provider or a service, or leave `scope` out for all costs",
    ),
  );
export type Scope = z.infer<typeof scopeSchema>;

/** Whether a provider or service lies in a scope; no scope holds everything. A provider does not lie in the scope of one of its services. */
export function inScope(scope: Scope | undefined, [provider = "", service]: readonly string[]): boolean {
  if (scope === undefined) return true;
  const fits = (pattern: string | undefined, name: string | undefined) =>
    pattern === undefined || (name !== undefined && matchesGlob(pattern, name));
  return fits(scope.provider, provider) && fits(scope.service, service);
}
