import * as z from "zod/mini";
import { addressKey, httpKeys } from "../http/keys.ts";
import type { VendorFacts } from "../source.ts";

/** What is true of every account of the vendor. */
export const vendor: VendorFacts = {
  name: "LiteLLM",
  baseUrl: "http://localhost:4000",
  dimensions: ["provider", "model", "project", "apiKey", "tag"],
  money: "estimated",
  settlingDays: 1,
  restatementDays: 7,
  oldestDays: null,
  pieceDays: 31,
  requestCost: "free",
  credentials: {
    env: "LITELLM_API_KEY",
    role: "the master key, or a virtual key of a user with the role proxy_admin or proxy_admin_viewer",
    page: "https://docs.litellm.ai/docs/proxy/access_control",
  },
  oidc: "no: the proxy takes keys of its own",
};

/** What its entry under `sources` may say. */
export const schema = () =>
  z.strictObject({
    type: z.literal("litellm"),
    ...httpKeys(vendor),
    /** Every proxy stands somewhere else. */
    baseUrl: addressKey(vendor.baseUrl),
    /** Which request tags tell charges apart: those of the form `<tagKey>:<value>`. */
    tagKey: z._default(z.string().check(z.minLength(1), z.regex(/^[^:,]+$/, "expected the part of a tag before its colon")), "feature"),
  });
export type LiteLlmConfig = z.infer<ReturnType<typeof schema>>;
