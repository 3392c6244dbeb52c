import type { Query } from "../../engine/duckdb.ts";
import { parquetSql } from "../../engine/literal.ts";
import { type CsvRow, unreadable } from "../files/csv.ts";
import type { HeaderGroup } from "../files/header.ts";
import type { SourceFile } from "../files/source-file.ts";
import { parquetColumn } from "../query/table.ts";

const pageRows = 50_000;

/**
 * Goes through the rows of a Parquet file as `scanCsv` does through those of a CSV file: each value that is read as text at its position, and
 * the number of the row, from 1, in place of a line.
 * @throws Problem when the file cannot be read.
 */
export async function scanParquet<T>(
  query: Query,
  { header }: HeaderGroup,
  file: SourceFile,
  visit: (row: CsvRow) => T | null,
): Promise<T | null> {
  const columns = [...header.positions].map(([column, position]) => ({
    position,
    sql: `CAST(${parquetColumn(header, column)} AS VARCHAR)`,
  }));
  for (let start = 0; ; start += pageRows) {
    const rows = await page(query, file, columns.map(({ sql }) => sql).join(", "), start);
    for (const [number, ...values] of rows) {
      const fields = header.names.map(() => "");
      for (const [index, { position }] of columns.entries()) fields[position] = values[index] ?? "";
      const found = visit({ line: Number(number) + 1, fields, brokenQuotes: false });
      if (found !== null) return found;
    }
    if (rows.length < pageRows) return null;
  }
}

async function page(query: Query, file: SourceFile, columns: string, start: number): Promise<(string | null)[][]> {
  try {
    return await query(`SELECT CAST(file_row_number AS VARCHAR), ${columns} FROM ${parquetSql([file], { rows: true })}
      WHERE file_row_number >= ${start} AND file_row_number < ${start + pageRows} ORDER BY file_row_number`);
  } catch (cause) {
    throw unreadable(file, cause);
  }
}
