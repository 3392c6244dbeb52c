import type { Period } from "../../core/day.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { inParallel } from "../../shell/parallel.ts";
import { activity, cellKey, cellsOf, namesIn, tagsRefused } from "./activity.ts";
import { isNothing, isOverdrawn, type Metrics, rest } from "./metrics.ts";

/** What requests with one value of the tag came to, for one day, model and key. */
interface Tagged {
  readonly value: string;
  readonly metrics: Metrics;
}

/** What is known of tags, by `cellKey` of day, model and key. */
export interface TagParts {
  readonly cells: ReadonlyMap<string, readonly Tagged[]>;
  readonly warnings: readonly string[];
}

export const noTags: TagParts = { cells: new Map(), warnings: [] };

/** What requests with tags `<tagKey>:<value>` came to. A refusal is a warning: charges then stay without tags. */
export async function tagParts(peer: Peer, asked: Period, source: string, tagKey: string): Promise<TagParts> {
  const refused = await tagsRefused(peer, asked);
  if (refused !== null) return { ...noTags, warnings: [`source \`${source}\` shows no tags: ${refused}`] };
  const prefix = `${tagKey}:`;
  const named = namesIn(await activity(peer, asked, { path: "/tag/daily/activity" }), "entities").filter((tag) => tag.startsWith(prefix));
  // LiteLLM takes a comma for the end of a tag.
  const readable = named.filter((tag) => !tag.includes(","));
  const cells = new Map<string, Tagged[]>();
  const each = await inParallel(readable, 4, async (tags) => activity(peer, asked, { path: "/tag/daily/activity", tags }));
  each.forEach((results, index) => {
    const value = readable[index]?.slice(prefix.length) ?? "";
    for (const [id, { metrics }] of cellsOf(results, "models")) cells.set(id, [...(cells.get(id) ?? []), { value, metrics }]);
  });
  const left = named.length - readable.length;
  return {
    cells,
    warnings:
      left === 0
        ? []
        : [
            `source \`${source}\` leaves ${left === 1 ? "a tag out that holds" : `${left} tags out that hold`} a comma: LiteLLM cannot be asked for ${left === 1 ? "it" : "them"}`,
          ],
  };
}

/** A row with everything that tells it apart, before names are put in. */
export interface Row {
  readonly day: string;
  readonly provider: string;
  readonly model: string;
  readonly key: string;
  /** The value of the tag; empty for none. */
  readonly tag: string;
  readonly metrics: Metrics;
}

/**
 * Rows told apart by tag: what no tag explains stays a row without. A row whose tags come to more than it holds, because a request bears two
 * of them, and one that several providers share, stay whole.
 */
export function splitByTag(rows: readonly Row[], { cells }: TagParts): { readonly rows: Row[]; readonly overlaps: number } {
  const idOf = (row: Row) => cellKey({ day: row.day, name: row.model, key: row.key });
  const shared = Map.groupBy(rows, idOf);
  let overlaps = 0;
  const split = rows.flatMap((row) => {
    const tagged = cells.get(idOf(row)) ?? [];
    if (tagged.length === 0 || (shared.get(idOf(row))?.length ?? 0) > 1) return [row];
    const left = rest(
      row.metrics,
      tagged.map(({ metrics }) => metrics),
    );
    if (isOverdrawn(left)) {
      overlaps += 1;
      return [row];
    }
    const parts = tagged.map(({ value, metrics }) => ({ ...row, tag: value, metrics }));
    return isNothing(left) ? parts : [...parts, { ...row, metrics: left }];
  });
  return { rows: split, overlaps };
}
