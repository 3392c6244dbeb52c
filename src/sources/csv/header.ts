import { nearest } from "../../core/nearest.ts";
import { Problem } from "../../core/problem.ts";
import { shortList } from "../../core/short-list.ts";
import { headerNames } from "../focus/files/csv.ts";
import { type Mapping, placesOf } from "../mapped/fields.ts";
import type { SourceFile } from "../mapped/files.ts";

/** What the first line of a file says: where each mapped column stands, and how many columns there are. */
export interface Header {
  readonly width: number;
  readonly positions: ReadonlyMap<string, number>;
}

/** Files with the same header. */
export interface HeaderGroup {
  readonly header: Header;
  readonly files: readonly SourceFile[];
}

/**
 * Reads the header of each file and groups the files by it.
 * @throws Problem for a file that is empty or unreadable, that lacks a mapped column, or that has one twice.
 */
export async function groupByHeader(files: readonly SourceFile[], delimiter: string, mapping: Mapping): Promise<HeaderGroup[]> {
  const groups = new Map<string, { header: Header; files: SourceFile[] }>();
  for (const file of files) {
    const names = (await headerNames(file, delimiter))?.map((name) => name.trim());
    if (names === undefined) {
      throw new Problem(`${file.name} is empty; expected a header line with column names.`, {
        remedy: "Export the file again, or take it out of path.",
        place: { file: file.name, line: 1 },
      });
    }
    const key = JSON.stringify(names);
    const group = groups.get(key);
    if (group !== undefined) group.files.push(file);
    else groups.set(key, { header: headerOf(names, file, mapping), files: [file] });
  }
  return [...groups.values()];
}

function headerOf(names: readonly string[], file: SourceFile, mapping: Mapping): Header {
  const positions = new Map<string, number>();
  const missing: string[] = [];
  for (const place of placesOf(mapping)) {
    const found = positionsOf(place, names);
    const [first, second] = found;
    if (second !== undefined) {
      throw new Problem(
        `${file.name} has the column ${place} ${found.length === 2 ? "twice" : `${found.length} times`}, as column ${found.map((index) => index + 1).join(" and ")}.`,
        {
          remedy: "Leave one of them in the export, or give each a name of its own.",
          place: { file: file.name, line: 1 },
        },
      );
    }
    if (first !== undefined) positions.set(place, first);
    else if (!mapping.optional.has(place)) missing.push(place);
  }
  if (missing.length > 0) throw missingColumns(file, missing, names, mapping);
  return { width: names.length, positions };
}

/** Where a name stands: exactly so, or else whatever its case. */
function positionsOf(place: string, names: readonly string[]): number[] {
  const where = (same: (name: string) => boolean) => names.flatMap((name, index) => (same(name) ? [index] : []));
  const exact = where((name) => name === place);
  return exact.length > 0 ? exact : where((name) => name.toLowerCase() === place.toLowerCase());
}

/** Why a header may look as if it lacked columns; empty text where nothing tells. */
function likelyReason(names: readonly string[], { mistaken }: Mapping): string {
  const [first = ""] = names;
  if (mistaken && names.includes(mistaken.column)) return `${mistaken.sentence} `;
  if (/^sep=/i.test(first)) return "The first line only tells Excel the separator: take it out. ";
  if (names.length === 1 && /[;\t|,]/.test(first))
    return "The first line is one column that holds other separators: say delimiter for this source. ";
  return names.some((name) => name.includes("\uFFFD")) ? "The header is not in UTF-8: save the file as CSV in UTF-8. " : "";
}

function missingColumns(file: SourceFile, missing: readonly string[], names: readonly string[], mapping: Mapping): Problem {
  const likely = missing.map((place) => `${place} (nearest: ${nearest(place, names, 2).join(", ")})`).join("; ");
  const shown = shortList(names, 30);
  return new Problem(`${file.name} lacks the column${missing.length === 1 ? "" : "s"} ${likely}. Its columns are ${shown}.`, {
    remedy: `${likelyReason(names, mapping)}Correct columns of this source in config/overpace.yaml, or export the file with these columns.`,
    place: { file: file.name, line: 1 },
  });
}
