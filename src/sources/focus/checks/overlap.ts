import { Problem } from "../../../core/problem.ts";
import type { Query } from "../../engine/duckdb.ts";
import { identifier, pathColumn } from "../../engine/literal.ts";
import { type HeaderGroup, plainName } from "../files/header.ts";
import type { SourceFile } from "../files/source-file.ts";
import { columnOf, kindOf, tableSql } from "../query/table.ts";
import { timeSql } from "../query/values.ts";

/**
 * The same rows in two files: two exports of one billing period, or one export as CSV and as Parquet. Rows that look alike are legal, so only
 * whole days are compared: a day of a provider that is the same in two files, row by row, is one day delivered twice.
 */

/** What a file holds of one day of one provider, as a number that is the same for the same rows. */
export interface FileDay {
  readonly group: HeaderGroup;
  readonly file: SourceFile;
  readonly provider: string;
  readonly day: string;
  readonly rows: number;
  readonly digest: string;
}

/** True when files are read of which none can vouch for the others. */
export function mayOverlap(files: readonly SourceFile[]): boolean {
  return files.length > 1 && !files.every((file) => file.set !== undefined && file.set === files[0]?.set);
}

const alike = ["provider", "service", "category", "chargeClass", "account", "project", "apiKey", "rowCount", "quantity"];

/** The days that several files hold, of each of these files, from the groups that `linesByFile` keeps. */
export async function fileDays(query: Query, groups: readonly HeaderGroup[]): Promise<FileDay[]> {
  const parts = [...alike.map((name) => `CAST(${name} AS VARCHAR)`), "CAST(billed AS DOUBLE)", "CAST(effective AS DOUBLE)"];
  const rows = await query(`SELECT ${pathColumn}, provider, CAST(day AS VARCHAR), CAST(sum(rowCount) AS VARCHAR),
    CAST(sum(CAST(hash(${parts.join(", ")}) AS HUGEINT)) AS VARCHAR) FROM grouped
    WHERE (coalesce(provider, ''), day) IN (SELECT (coalesce(provider, ''), day) FROM grouped GROUP BY ALL HAVING count(DISTINCT ${pathColumn}) > 1)
    GROUP BY ALL`);
  const byPath = new Map(groups.flatMap((group) => group.files.map((file) => [file.path, { group, file }])));
  return rows.flatMap(([path, provider, day, count, digest]) => {
    const found = byPath.get(path ?? "");
    return found === undefined ? [] : [{ ...found, provider: provider ?? "", day: day ?? "", rows: Number(count), digest: digest ?? "" }];
  });
}

/** Two files with days that look the same. */
interface Suspicion {
  readonly a: FileDay;
  readonly b: FileDay;
  readonly days: FileDay[];
}

/** A single row may well be the same in two files; so may be small change. */
const fewestRows = 2;
const mostPairs = 50;

/** @throws Problem when two files hold the same rows of whole days. */
export async function refuseOverlap(query: Query, contents: readonly FileDay[]): Promise<void> {
  for (const suspicion of suspicions(contents)) {
    const confirmed = await sameRows(query, suspicion);
    const rows = confirmed.reduce((sum, day) => sum + day.rows, 0);
    if (rows >= fewestRows) throw twice(suspicion, confirmed, rows);
  }
}

function suspicions(contents: readonly FileDay[]): Suspicion[] {
  const pairs = new Map<string, Suspicion>();
  const same = Map.groupBy(
    contents.toSorted((a, b) => (a.file.name < b.file.name ? -1 : 1)),
    ({ provider, day, rows, digest }) => JSON.stringify([provider, day, rows, digest]),
  );
  for (const [a, ...others] of same.values()) {
    for (const b of a === undefined ? [] : others) {
      if (a === undefined || (a.file.set !== undefined && a.file.set === b.file.set)) continue;
      const key = `${a.file.path}\n${b.file.path}`;
      const known = pairs.get(key);
      if (known !== undefined) known.days.push(a);
      else pairs.set(key, { a, b, days: [a] });
    }
  }
  return [...pairs.values()].filter(({ days }) => days.reduce((sum, day) => sum + day.rows, 0) >= fewestRows).slice(0, mostPairs);
}

/** Columns that tell one row from another and are written alike by every export. */
const identifying = [
  "ResourceId",
  "ResourceName",
  "ChargeDescription",
  "SkuId",
  "SkuPriceId",
  "SubAccountId",
  "RegionId",
  "CommitmentDiscountId",
];

/** The days on which the rows are the same in both files, to the names of their resources. */
async function sameRows(query: Query, { a, b, days }: Suspicion): Promise<FileDay[]> {
  const columns = identifying.map(plainName).filter((name) => [a, b].every(({ group }) => group.header.names.includes(name)));
  const [left, right] = [await rowDigests(query, a, columns), await rowDigests(query, b, columns)];
  return days.filter(({ provider, day }) => {
    const key = JSON.stringify([provider, day]);
    return left.get(key) !== undefined && left.get(key) === right.get(key);
  });
}

async function rowDigests(query: Query, { group, file }: FileDay, columns: readonly string[]): Promise<Map<string, string>> {
  const { header } = group;
  const one: HeaderGroup = { header, files: [file] };
  const started = timeSql(columnOf(one, ["ChargePeriodStart"]) ?? "", kindOf(header, "ChargePeriodStart"));
  const provider = columnOf(one, ["ServiceProviderName", "ProviderName"]) ?? "CAST(NULL AS VARCHAR)";
  const rows =
    await query(`SELECT provider, CAST(CAST(started AS DATE) AS VARCHAR), CAST(sum(CAST(hash(started, ids) AS HUGEINT)) AS VARCHAR)
    FROM (SELECT ${provider} AS provider, ${started} AS started, ${identity(one, columns)} AS ids FROM ${wholeTable(one, columns)}) GROUP BY ALL`);
  return new Map(rows.map(([provider, day, digest]) => [JSON.stringify([provider ?? "", day]), digest ?? ""]));
}

const identity = ({ header }: HeaderGroup, columns: readonly string[]) =>
  `concat_ws(chr(31), '', ${["''", ...columns.map((name) => `coalesce(${header.parquet === undefined ? `c${header.names.indexOf(name)}` : `i_${name}`}, '')`)].join(", ")})`;

/** All rows, with the identifying columns of a Parquet file as `i_<name>`: they are not among those that are read otherwise. */
function wholeTable(group: HeaderGroup, columns: readonly string[]): string {
  const { names, parquet } = group.header;
  if (parquet === undefined) return tableSql(group, { parallel: false });
  return tableSql(group, {
    more: columns.map((name) => `nullif(CAST(${identifier(parquet[names.indexOf(name)]?.name ?? "")} AS VARCHAR), '') AS i_${name}`),
  });
}

function twice({ a, b }: Suspicion, days: readonly FileDay[], rows: number): Problem {
  const sorted = days.map(({ day }) => day).toSorted();
  const [first, last] = [sorted[0] ?? "", sorted.at(-1) ?? ""];
  const span = first === last ? first : `${first} to ${last}`;
  const provider = a.provider || "a provider without a name";
  return new Problem(
    `${b.file.name} and ${a.file.name} hold the same ${rows} rows of ${provider}, ${span}: one billing period seems to be delivered twice.`,
    {
      remedy:
        "Keep the newer of them in path, or name the folder of the export so that its manifest decides; if both are real charges, read them as two sources with a name each.",
      place: { file: b.file.name },
    },
  );
}
