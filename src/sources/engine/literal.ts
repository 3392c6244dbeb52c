/** A text as SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Files by the paths that the engine opens. */
type Files = readonly { readonly path: string }[];

/** A list of files in whose names nothing is a wildcard. */
export function filesLiteral(files: Files): string {
  return `[${files.map((file) => literal(file.path.replace(/[[*?]/g, "[$&]"))).join(", ")}]`;
}

/** The column that holds the path of a row's file, where that is asked for. */
export const pathColumn = "overpace_path";
/** The column that holds the number of a row in a Parquet file, from 0. */
const rowColumn = "file_row_number";

/** A call that reads Parquet files with the same columns; `rows` adds the number of each row, `paths` the path of its file. */
export function parquetSql(files: Files, { rows = false, paths = false } = {}): string {
  const more = `${rows ? `, ${rowColumn} = true` : ""}${paths ? `, filename = ${literal(pathColumn)}` : ""}`;
  return `read_parquet(${filesLiteral(files)}, hive_partitioning = false, binary_as_string = true${more})`;
}
