import type { Day } from "../../core/day.ts";
import type { Query } from "../engine/duckdb.ts";
import type { SourceFile } from "../mapped/files.ts";

/** What a file holds of a day: how many rows, and a number that is the same for the same rows. */
interface FileDay {
  readonly file: SourceFile;
  readonly day: Day;
  readonly rows: number;
  readonly digest: string;
}

/** A single row may well be the same in two files; so may be small change. */
const fewestRows = 2;

/**
 * A sentence for each two files with days that are the same row by row, as when an export is downloaded again with more days. Rows that look
 * alike are legal, so they are counted; whoever knows the files decides. `rows` gives the path, the day and the columns of each row.
 */
export async function overlapWarnings(query: Query, files: readonly SourceFile[], rows: string, columns: string): Promise<string[]> {
  if (files.length < 2) return [];
  const found =
    await query(`SELECT filename, CAST(day AS VARCHAR), CAST(count(*) AS VARCHAR), CAST(sum(CAST(hash(${columns}) AS HUGEINT)) AS VARCHAR)
    FROM ${rows} GROUP BY filename, day`);
  const byPath = new Map(files.map((file) => [file.path, file]));
  const days = found.flatMap(([path, day, count, digest]): FileDay[] => {
    const file = byPath.get(path ?? "");
    return file === undefined ? [] : [{ file, day: day ?? "", rows: Number(count), digest: digest ?? "" }];
  });
  return sameDays(days).flatMap(({ first, second, days }) => {
    const rows = days.reduce((sum, day) => sum + day.rows, 0);
    if (rows < fewestRows) return [];
    const inOrder = days.map(({ day }) => day).toSorted();
    const [start = "", end = start] = [inOrder[0], inOrder.at(-1)];
    const span = start === end ? start : `${start} to ${end}`;
    return [
      `${second} and ${first} hold the same ${rows} rows, ${span}, and both are counted: if these are exports whose days overlap, keep each day in one of them.`,
    ];
  });
}

/** The days that are the same in two files, by the names of both. */
function sameDays(days: readonly FileDay[]): { first: string; second: string; days: FileDay[] }[] {
  const pairs = new Map<string, { first: string; second: string; days: FileDay[] }>();
  const inOrder = days.toSorted((a, b) => (a.file.name < b.file.name ? -1 : 1));
  for (const [one, ...others] of Map.groupBy(inOrder, ({ day, rows, digest }) => JSON.stringify([day, rows, digest])).values()) {
    for (const other of one === undefined ? [] : others) {
      const [first, second] = [one?.file.name ?? "", other.file.name];
      const key = JSON.stringify([first, second]);
      const pair = pairs.get(key) ?? { first, second, days: [] };
      pairs.set(key, { ...pair, days: [...pair.days, other] });
    }
  }
  return [...pairs.values()];
}
