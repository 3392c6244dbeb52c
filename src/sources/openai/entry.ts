import * as z from "zod/mini";
import { httpKeys } from "../http/keys.ts";
import type { VendorFacts } from "../source.ts";

/** What is true of every account of the vendor. */
export const vendor: VendorFacts = {
  name: "OpenAI",
  baseUrl: "https://api.openai.com/v1",
  dimensions: ["model", "project", "apiKey"],
  money: "billed",
  settlingDays: 1,
  restatementDays: 7,
  oldestDays: null,
  pieceDays: 31,
  requestCost: "free",
  credentials: {
    env: "OPENAI_ADMIN_KEY",
    role: "an organization admin key (sk-admin-…), or a key with the scope api.usage.read",
    page: "https://platform.openai.com/settings/organization/admin-keys",
  },
  oidc: "no: these reports take an admin key only",
};

/** What its entry under `sources` may say. */
export const schema = () => z.strictObject({ type: z.literal("openai"), ...httpKeys(vendor) });
export type OpenAiConfig = z.infer<ReturnType<typeof schema>>;
