import { addDays, eachDay } from "../../core/day.ts";
import type { Delivery } from "../../core/ledger/delivery.ts";
import { Problem } from "../../core/problem.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import { progressOn } from "../../shell/progress.ts";
import type { Piece, Reading, SourceContext, VendorFacts } from "../source.ts";
import { rangesOf, rangeText } from "./days.ts";
import { piecesBackFrom, rangeToAsk } from "./range.ts";

/** What readings of days that follow each other bring together. */
function joined(source: string, parts: readonly Delivery[]): Delivery {
  return {
    source,
    ranges: rangesOf(parts.flatMap(({ ranges }) => ranges.flatMap(eachDay))),
    charges: parts.flatMap(({ charges }) => charges),
    settledThrough: parts.findLast(({ settledThrough }) => settledThrough !== null)?.settledThrough ?? null,
    warnings: [...new Set(parts.flatMap(({ warnings }) => warnings))],
  };
}

/** The pieces of a reading, oldest first; a single one where the vendor is asked for everything at once. */
function piecesFor(config: SourceConfig, vendor: VendorFacts, context: SourceContext): Piece[] {
  const asked = rangeToAsk(config, vendor, context);
  const ranges = vendor.pieceDays === null ? [asked] : piecesBackFrom(asked, vendor.pieceDays);
  return ranges.map((range, index) => ({ range, number: index + 1, of: ranges.length }));
}

/**
 * Reads a long range in pieces of whole days, the oldest first, each whole or not at all. After the first that fails none is begun: what was read
 * before it is delivered, so that the last day in the ledger, from which the next reading goes on, has no gap before it.
 * @throws Problem when nothing was read before the piece that fails, or nothing that the ledger would keep.
 */
export async function readInPieces(
  read: (context: SourceContext) => Promise<Delivery>,
  config: SourceConfig,
  vendor: VendorFacts,
  context: SourceContext,
): Promise<Reading> {
  const { say } = progressOn(context.world);
  const parts: Delivery[] = [];
  for (const piece of piecesFor(config, vendor, context)) {
    if (piece.of > 1) say(`${config.name}: ${rangeText(piece.range)}, piece ${piece.number} of ${piece.of}`);
    try {
      parts.push(await read({ ...context, piece }));
    } catch (error) {
      const known = joined(config.name, parts);
      if (!(error instanceof Problem) || known.charges.length === 0) throw error;
      const warning = `source \`${config.name}\` was read up to ${addDays(piece.range.start, -1)}; the next run goes on from there`;
      return { delivery: { ...known, warnings: [...known.warnings, warning] }, problem: error };
    }
  }
  return { delivery: joined(config.name, parts), problem: null };
}
