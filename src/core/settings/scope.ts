import * as z from "zod/mini";
import { matchesGlob } from "../glob.ts";

const glob = z.string("expected text, * stands for anything").check(z.minLength(1, "is empty; use * for anything"));

/** Which services something is about, by globs as in `allocation.yaml`; without `service` the whole provider. */
export const scopeSchema = z
  .strictObject({ provider: z.optional(glob), service: z.optional(glob) })
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
