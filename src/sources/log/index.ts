import type { SourceType } from "../source.ts";
import { type LogConfig, schema } from "./entry.ts";

/** Request logs of gateways as JSON lines, plain or gzip. The reader and its engine are loaded only when it reads. */
export const log = {
  type: "log",
  schema,
  read: async (config, context) => (await import("./read.ts")).readLog(config, context),
} satisfies SourceType<LogConfig>;
