import type { SourceType } from "../source.ts";
import { type OpenRouterConfig, schema, vendor } from "./entry.ts";

/** The activity of an OpenRouter account. The reader is loaded only when it reads. */
export const openrouter = {
  type: "openrouter",
  schema,
  vendor,
  read: async (config, context) => (await import("./read.ts")).readOpenRouter(config, context),
} satisfies SourceType<OpenRouterConfig>;
