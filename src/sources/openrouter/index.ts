import * as z from "zod/mini";
import { httpKeys } from "../http/keys.ts";
import type { SourceType, VendorFacts } from "../source.ts";

const vendor: VendorFacts = {
  name: "OpenRouter",
  baseUrl: "https://openrouter.ai/api/v1",
  dimensions: ["service", "model", "project", "apiKey"],
  money: "billed",
  settlingDays: 1,
  restatementDays: 7,
  oldestDays: 30,
  pieceDays: null,
  requestCost: "free",
  credentials: {
    env: "OPENROUTER_API_KEY",
    role: "a management key, once called provisioning key; keys for inference are refused",
    page: "https://openrouter.ai/settings/management-keys",
  },
  oidc: "no: a key only",
};

const schema = () => z.strictObject({ type: z.literal("openrouter"), ...httpKeys(vendor) });
export type OpenRouterConfig = z.infer<ReturnType<typeof schema>>;

/** The activity of an OpenRouter account. The reader is loaded only when it reads. */
export const openrouter = {
  type: "openrouter",
  schema,
  vendor,
  read: async (config, context) => (await import("./read.ts")).readOpenRouter(config, context),
} satisfies SourceType<OpenRouterConfig>;
