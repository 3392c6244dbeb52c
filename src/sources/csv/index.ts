import type { SourceType } from "../source.ts";
import { type CsvConfig, schema } from "./entry.ts";

/** Any CSV whose columns the configuration names, plain or gzip. The reader and its engine are loaded only when it reads. */
export const csv = {
  type: "csv",
  schema,
  read: async (config, context) => (await import("./read.ts")).readCsv(config, context),
} satisfies SourceType<CsvConfig>;
