import * as z from "zod/mini";
import { httpKeys } from "../http/keys.ts";
import type { VendorFacts } from "../source.ts";

/** What is true of every account of the vendor. */
export const vendor: VendorFacts = {
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

/** What its entry under `sources` may say. */
export const schema = () =>
  z.strictObject({
    type: z.literal("vercel-ai-gateway"),
    ...httpKeys(vendor),
    /** What charges are told apart by: Vercel groups by one thing at a time. */
    groupBy: z._default(z.enum(["model", "provider", "tag", "user"], "expected model, provider, tag or user"), "model"),
  });
export type VercelConfig = z.infer<ReturnType<typeof schema>>;
