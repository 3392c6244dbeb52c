import type { ListPrice } from "../../core/economics/list-price.ts";
import type { ReviewInput } from "../../core/review/input.ts";
import { weekBefore } from "../../core/weeks.ts";
import type { Settings } from "../../shell/config.ts";
import { isRemote } from "../../sources/index.ts";

/** What a review is computed from, its sources with notes of large differences from the price list, and all that was compared. */
interface Compared {
  readonly input: ReviewInput;
  readonly found: readonly ListPrice[];
}

/**
 * Sets what was billed for tokens in the week against the price list, where vendors are asked or anything is estimated: else the list is not loaded.
 * A difference worth a question becomes a note of its source, if that was just read: notes are kept in the review, so it is computed again without
 * the list.
 */
export async function compareWithList(input: ReviewInput, settings: Settings, delivered: ReadonlySet<string>): Promise<Compared> {
  const isAsked = settings.config.sources.some(isRemote) || input.charges.some(({ estimated }) => estimated);
  if (!isAsked) return { input, found: [] };
  const { reconcile, reconciledNotes } = await import("../../sources/prices/reconcile.ts");
  const found = await reconcile(input.charges, weekBefore(input.asOf).period, input.sources, settings.prices);
  const notes = reconciledNotes(found);
  const sources = input.sources.map((source) =>
    delivered.has(source.name) ? { ...source, notes: [...source.notes, ...(notes.get(source.name) ?? [])] } : source,
  );
  return { input: { ...input, sources }, found };
}
