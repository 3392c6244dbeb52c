/** Runs a query whose columns are all text; gives its rows. */
export type Query = (sql: string) => Promise<(string | null)[][]>;

/** Runs a statement that gives nothing. */
type Run = (sql: string) => Promise<void>;

/** What an open engine can do. */
export interface Engine {
  readonly query: Query;
  readonly run: Run;
}

/**
 * Opens an engine in memory, hands it to `work` and closes it again, whatever happens. It works in UTC, within 512 MB, spills to `folder` and
 * never downloads an extension.
 */
export async function withEngine<T>(folder: string, work: (query: Query, run: Run) => Promise<T>): Promise<T> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: "512MB",
    temp_directory: folder,
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    const query: Query = async (sql) => {
      // One JSON text for each row: reading every value on its own takes far longer.
      const result = await connection.runAndReadAll(`SELECT CAST(to_json([*COLUMNS(*)]) AS VARCHAR) FROM (${sql})`);
      return result.getColumnsJson().flatMap((column) => column.map((text) => JSON.parse(String(text))));
    };
    return await work(query, async (sql) => void (await connection.run(sql)));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
