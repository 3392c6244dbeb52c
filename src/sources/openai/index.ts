import type { SourceType } from "../source.ts";
import { type OpenAiConfig, schema, vendor } from "./entry.ts";

/** The costs of an OpenAI organization with their tokens and requests. The reader is loaded only when it reads. */
export const openai = {
  type: "openai",
  schema,
  vendor,
  read: async (config, context) => (await import("./read.ts")).readOpenAi(config, context),
} satisfies SourceType<OpenAiConfig>;
