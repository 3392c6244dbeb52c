import type { SourceType } from "../source.ts";
import { type LangfuseConfig, schema, vendor } from "./entry.ts";

/** What a Langfuse project says of its observations, as shares of bills. The reader is loaded only when it reads. */
export const langfuse = {
  type: "langfuse",
  schema,
  vendor,
  read: async (config, context) => (await import("./read.ts")).readLangfuse(config, context),
} satisfies SourceType<LangfuseConfig>;
