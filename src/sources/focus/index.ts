import type { SourceType } from "../source.ts";
import { type FocusConfig, schema } from "./entry.ts";

/** FOCUS cost and usage files, 1.0-preview to 1.4, as CSV (plain or gzip) or Parquet. The reader and its engine are loaded only when it reads. */
export const focus = {
  type: "focus",
  schema,
  read: async (config, context) => (await import("./read.ts")).readFocus(config, context),
} satisfies SourceType<FocusConfig>;
