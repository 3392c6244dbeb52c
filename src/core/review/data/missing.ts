import { type Period, addDays } from "../../day.ts";
import { type Slice, isInProvider, isOfProvider } from "../slices/slice.ts";
import type { Silence } from "./arrivals.ts";
import type { Holes } from "./holes.ts";

/** What is known to be missing in the data. */
export interface Missing extends Holes {
  readonly silences: readonly Silence[];
}

/**
 * The days that are missing in a slice: the holes of all, those of its provider, and all since its provider fell silent. In a feature, customer or team
 * those of the sources that it hangs on.
 */
export function missingIn(slice: Pick<Slice, "dimension" | "path" | "sources">, { holes, providerHoles, silences }: Missing): Period[] {
  const own = providerHoles.filter(
    ({ provider, source }) => slice.sources.has(source) && (!isInProvider(slice) || isOfProvider(slice, provider)),
  );
  const silent = silences.filter(({ provider }) => isOfProvider(slice, provider));
  return [
    ...holes,
    ...own.map(({ period }) => period),
    ...silent.map(({ lastDay, days }) => ({ start: addDays(lastDay, 1), end: addDays(lastDay, days + 1) })),
  ];
}
