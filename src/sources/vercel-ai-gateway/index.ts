import * as z from "zod/mini";
import { httpKeys } from "../http/keys.ts";
import type { SourceType, VendorFacts } from "../source.ts";

const vendor: VendorFacts = {
  name: "Vercel AI Gateway",
  baseUrl: "https://ai-gateway.vercel.sh/v1",
  dimensions: ["model", "service", "project", "account"],
  money: "billed",
  settlingDays: 1,
  restatementDays: 7,
  oldestDays: null,
  pieceDays: 31,
  requestCost: "each request is billed by Vercel",
  credentials: {
    env: "AI_GATEWAY_API_KEY",
    role: "an API key of the gateway, of a team on a Pro or Enterprise plan",
    page: "https://vercel.com/docs/ai-gateway/authentication-and-byok/api-keys",
  },
  oidc: "no: a key only; the tokens of Vercel's own runtimes are not those of a workflow",
};

const schema = () =>
  z.strictObject({
    type: z.literal("vercel-ai-gateway"),
    ...httpKeys(vendor),
    /** What charges are told apart by: Vercel groups by one thing at a time. */
    groupBy: z._default(z.enum(["model", "provider", "tag", "user"], "expected model, provider, tag or user"), "model"),
  });
export type VercelConfig = z.infer<ReturnType<typeof schema>>;

/** What a Vercel AI Gateway charged. The reader is loaded only when it reads. */
export const vercelAiGateway = {
  type: "vercel-ai-gateway",
  schema,
  vendor,
  read: async (config, context) => (await import("./read.ts")).readVercel(config, context),
} satisfies SourceType<VercelConfig>;
