import type { SourceType } from "../source.ts";
import { type LiteLlmConfig, schema, vendor } from "./entry.ts";

/** What a LiteLLM proxy says of its traffic: tokens, requests, and costs that it computed. The reader is loaded only when it reads. */
export const litellm = {
  type: "litellm",
  schema,
  vendor,
  read: async (config, context) => (await import("./read.ts")).readLiteLlm(config, context),
} satisfies SourceType<LiteLlmConfig>;
