import { type Period, addDays } from "../../day.ts";
import type { Slice } from "../slices/slice.ts";
import type { Silence } from "./arrivals.ts";
import type { Holes } from "./holes.ts";

/** What is known to be missing in the data. */
export interface Missing extends Holes {
  readonly silences: readonly Silence[];
}

/** The days that are missing in a slice: the holes of all, those of its providers, and all since one of them fell silent. */
export function missingIn(slice: Pick<Slice, "providers" | "sources">, { holes, providerHoles, silences }: Missing): Period[] {
  const own = providerHoles.filter(({ provider, source }) => slice.sources.has(source) && slice.providers.has(provider));
  const silent = silences.filter(({ provider }) => slice.providers.has(provider));
  return [
    ...holes,
    ...own.map(({ period }) => period),
    ...silent.map(({ lastDay, days }) => ({ start: addDays(lastDay, 1), end: addDays(lastDay, days + 1) })),
  ];
}
