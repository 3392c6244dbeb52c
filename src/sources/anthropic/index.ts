import * as z from "zod/mini";
import { httpKeys } from "../http/keys.ts";
import type { SourceType, VendorFacts } from "../source.ts";

const vendor: VendorFacts = {
  name: "Anthropic",
  baseUrl: "https://api.anthropic.com",
  dimensions: ["model", "project", "apiKey"],
  money: "billed",
  settlingDays: 1,
  restatementDays: 7,
  oldestDays: 365,
  pieceDays: 31,
  requestCost: "free",
  credentials: {
    env: "ANTHROPIC_ADMIN_KEY",
    role: "an Admin key (sk-ant-admin…)",
    page: "https://platform.claude.com/settings/admin-keys",
  },
  oidc: "in principle: a token of Workload Identity Federation with the scope org:admin in place of the key; not tried",
};

const schema = () => z.strictObject({ type: z.literal("anthropic"), ...httpKeys(vendor) });
export type AnthropicConfig = z.infer<ReturnType<typeof schema>>;

/** The costs of an Anthropic organization with their tokens and requests. The reader is loaded only when it reads. */
export const anthropic = {
  type: "anthropic",
  schema,
  vendor,
  read: async (config, context) => (await import("./read.ts")).readAnthropic(config, context),
} satisfies SourceType<AnthropicConfig>;
