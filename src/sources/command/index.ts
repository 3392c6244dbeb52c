import type { SourceType } from "../source.ts";
import { type CommandConfig, schema } from "./entry.ts";

/** Any program that prints FOCUS rows, as CSV or as JSON lines, on standard output. */
export const command = {
  type: "command",
  schema,
  read: async (config, context) => (await import("./read.ts")).readCommand(config, context),
} satisfies SourceType<CommandConfig>;
