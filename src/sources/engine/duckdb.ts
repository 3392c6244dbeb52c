import { createRequire } from "node:module";
import { availableParallelism } from "node:os";

/** Runs a query whose columns are all text; gives its rows. */
export type Query = (sql: string) => Promise<(string | null)[][]>;

/** Runs a statement that gives nothing. */
type Run = (sql: string) => Promise<void>;

/** What an open engine can do. */
export interface Engine {
  readonly query: Query;
  readonly run: Run;
  /** Gives all memory back, temporary tables too, until something is asked again. */
  readonly rest: () => Promise<void>;
}

/** Each thread holds buffers of its own: with many the engine would not keep within its memory. */
const mostThreads = 4;

/** The engine's package is CommonJS: `import` would read each of its files once more, only to find the names that it exports. */
const require = createRequire(import.meta.url);

/** An engine in memory: in UTC, within 400 MB, on four threads at most; it spills to `folder` and never downloads an extension. */
async function opened(folder: string) {
  const { DuckDBInstance }: typeof import("@duckdb/node-api") = require("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: "400MB",
    threads: String(Math.min(mostThreads, availableParallelism())),
    temp_directory: folder,
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  return { connection, close };
}

/** Hands an engine to `work`, opened when it is first asked and closed again whatever happens; it spills to `folder`. */
export async function withEngine<T>(folder: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  let awake: ReturnType<typeof opened> | null = null;
  const connected = async () => (await (awake ??= opened(folder))).connection;
  const run: Run = async (sql) => void (await (await connected()).run(sql));
  const rest = async () => {
    const resting = awake;
    awake = null;
    (await resting)?.close();
  };
  const query: Query = async (sql) => {
    const rows: (string | null)[][] = [];
    // One JSON text for each row: reading every value on its own takes far longer.
    const result = await (await connected()).run(`SELECT CAST(to_json([*COLUMNS(*)]) AS VARCHAR) FROM (${sql})`);
    for await (const chunk of result) {
      chunk.visitColumnValues(0, (text) => rows.push(JSON.parse(String(text)) as (string | null)[]));
    }
    return rows;
  };
  try {
    return await work({ query, run, rest });
  } finally {
    await rest();
  }
}
