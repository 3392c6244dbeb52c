import type { SourceType } from "../source.ts";
import { type VercelConfig, schema, vendor } from "./entry.ts";

/** What a Vercel AI Gateway charged. The reader is loaded only when it reads. */
export const vercelAiGateway = {
  type: "vercel-ai-gateway",
  schema,
  vendor,
  read: async (config, context) => (await import("./read.ts")).readVercel(config, context),
} satisfies SourceType<VercelConfig>;
