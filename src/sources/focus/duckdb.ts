import { availableParallelism } from "node:os";
/** Runs a query whose columns are all text; gives its rows. */
export type Query = (sql: string) => Promise<(string | null)[][]>;

/** Runs a statement that gives nothing. */
type Run = (sql: string) => Promise<void>;

/** What an open engine can do. */
export interface Engine {
  readonly query: Query;
  readonly run: Run;
}

/** A row whose texts are those of the row before where they are the same: rows mostly come in an order, and the texts then stand in memory once. */
function sharing(row: (string | null)[], before: readonly (string | null)[] = []): (string | null)[] {
  for (let at = 0; at < row.length; at++) {
    const known = before[at];
    if (known !== undefined && row[at] === known) row[at] = known;
  }
  return row;
}

/** Each thread holds buffers of its own: with many the engine would not keep within its memory. */
const mostThreads = 4;

/**
 * Opens an engine in memory, hands it to `work` and closes it again, whatever happens. It works in UTC, within 400 MB, on four threads at most,
 * spills to `folder` and never downloads an extension.
 */
export async function withEngine<T>(folder: string, work: (query: Query, run: Run) => Promise<T>): Promise<T> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: "400MB",
    threads: String(Math.min(mostThreads, availableParallelism())),
    temp_directory: folder,
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    const query: Query = async (sql) => {
      const rows: (string | null)[][] = [];
      // One JSON text for each row: reading every value on its own takes far longer.
      const result = await connection.run(`SELECT CAST(to_json([*COLUMNS(*)]) AS VARCHAR) FROM (${sql})`);
      for await (const chunk of result) {
        chunk.visitColumnValues(0, (text) => rows.push(sharing(JSON.parse(String(text)) as (string | null)[], rows.at(-1))));
      }
      return rows;
    };
    return await work(query, async (sql) => void (await connection.run(sql)));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
