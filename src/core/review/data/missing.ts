import { type Day, type Period, addDays } from "../../day.ts";
import { type Slice, isInProvider } from "../../slices/slice.ts";
import type { Silence } from "./arrivals.ts";
import type { Holes } from "./holes.ts";

/** What is known to be missing in the data. */
export interface Missing extends Holes {
  readonly silences: readonly Silence[];
}

type Part = Pick<Slice, "dimension" | "providers" | "sources">;

/** What lies in a provider may have costs of it on a day; a feature, customer or team that had some within the week before, or has some since. */
function isWith(slice: Part, provider: string, day: Day): boolean {
  const last = slice.providers.get(provider);
  return last !== undefined && (isInProvider(slice) || last >= addDays(day, -7));
}

/** The days that are missing in a slice: the holes of all, those of its providers, and all since one of them fell silent. */
export function missingIn(slice: Part, { holes, providerHoles, silences }: Missing): Period[] {
  const own = providerHoles.filter(({ provider, source, period }) => slice.sources.has(source) && isWith(slice, provider, period.start));
  const silent = silences.filter(({ provider, lastDay }) => isWith(slice, provider, addDays(lastDay, 1)));
  return [
    ...holes,
    ...own.map(({ period }) => period),
    ...silent.map(({ lastDay, days }) => ({ start: addDays(lastDay, 1), end: addDays(lastDay, days + 1) })),
  ];
}
