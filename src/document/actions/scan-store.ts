import type { Action, CarriedAction } from "../front-matter/schema.ts";
import type { ActionSource } from "./track.ts";

/** What scanning gave for blobs, by their ids; null for one that cannot be read. */
export type Scans = Map<string, ActionSource | null>;

type Stored = readonly [Omit<ActionSource, "actions" | "previous">, readonly number[], readonly number[]] | null;

interface Packed {
  readonly actions: readonly Action[];
  readonly previous: readonly CarriedAction[];
  readonly blobs: Readonly<Record<string, Stored>>;
}

/** Numbers things by identity: versions of a file share what they repeat. */
function numbering<T extends object>(): { list: T[]; numberOf: (item: T) => number } {
  const list: T[] = [];
  const numbers = new Map<T, number>();
  const numberOf = (item: T) => {
    const known = numbers.get(item);
    if (known !== undefined) return known;
    numbers.set(item, list.length);
    return list.push(item) - 1;
  };
  return { list, numberOf };
}

function storedOf(
  { actions, previous, ...head }: ActionSource,
  own: (item: Action) => number,
  carried: (item: CarriedAction) => number,
): Stored {
  return [head, (actions ?? []).map(own), (previous ?? []).map(carried)];
}

/** The scans of the given blobs as one text. */
export function packScans(scans: ReadonlyMap<string, ActionSource | null>, ids: Iterable<string>): string {
  const [own, carried] = [numbering<Action>(), numbering<CarriedAction>()];
  const blobs: Record<string, Stored> = {};
  for (const id of ids) {
    const source = scans.get(id);
    if (source === undefined) continue;
    blobs[id] = source && storedOf(source, own.numberOf, carried.numberOf);
  }
  return JSON.stringify({ actions: own.list, previous: carried.list, blobs } satisfies Packed);
}

/** The scans that `packScans` made a text of. */
export function unpackScans(text: string): Scans {
  const { actions, previous, blobs } = JSON.parse(text) as Packed;
  const pick = <T>(list: readonly T[], numbers: readonly number[]) =>
    numbers.map((number) => list[number]).filter((item) => item !== undefined);
  return new Map(
    Object.entries(blobs).map(([id, stored]) => {
      if (stored === null) return [id, null];
      const [head, own, carried] = stored;
      return [id, { ...head, actions: pick(actions, own), previous: pick(previous, carried) }];
    }),
  );
}
