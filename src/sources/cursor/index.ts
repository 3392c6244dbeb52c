import type { SourceType } from "../source.ts";
import { type CursorConfig, schema, vendor } from "./entry.ts";

/** The usage events of a Cursor team as daily charges. The reader is loaded only when it reads. */
export const cursor = {
  type: "cursor",
  schema,
  vendor,
  read: async (config, context) => (await import("./read.ts")).readCursor(config, context),
} satisfies SourceType<CursorConfig>;
