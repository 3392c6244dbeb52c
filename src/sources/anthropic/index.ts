import type { SourceType } from "../source.ts";
import { type AnthropicConfig, schema, vendor } from "./entry.ts";

/** The costs of an Anthropic organization with their tokens and requests, or its use of Claude Code. Readers are loaded only when they read. */
export const anthropic = {
  type: "anthropic",
  schema,
  vendor,
  read: async (config, context) =>
    config.report === "costs"
      ? (await import("./read.ts")).readAnthropic(config, context)
      : (await import("./claude-code.ts")).readClaudeCode(config, context),
} satisfies SourceType<AnthropicConfig>;
