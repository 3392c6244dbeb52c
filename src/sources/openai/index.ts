import * as z from "zod/mini";
import { httpKeys } from "../http/keys.ts";
import type { SourceType, VendorFacts } from "../source.ts";

const vendor: VendorFacts = {
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

const schema = () => z.strictObject({ type: z.literal("openai"), ...httpKeys(vendor) });
export type OpenAiConfig = z.infer<ReturnType<typeof schema>>;

/** The costs of an OpenAI organization with their tokens and requests. The reader is loaded only when it reads. */
export const openai = {
  type: "openai",
  schema,
  vendor,
  read: async (config, context) => (await import("./read.ts")).readOpenAi(config, context),
} satisfies SourceType<OpenAiConfig>;
