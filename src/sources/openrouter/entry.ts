import * as z from "zod/mini";
import { httpKeys } from "../http/keys.ts";
import type { VendorFacts } from "../source.ts";

/** What is true of every account of the vendor. */
export const vendor: VendorFacts = {
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

/** What its entry under `sources` may say. */
export const schema = () => z.strictObject({ type: z.literal("openrouter"), ...httpKeys(vendor) });
export type OpenRouterConfig = z.infer<ReturnType<typeof schema>>;
