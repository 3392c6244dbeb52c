import * as z from "zod/mini";
import { httpKeys, usersKey } from "../http/keys.ts";
import type { VendorFacts } from "../source.ts";

/** What is true of every account of the vendor. */
export const vendor: VendorFacts = {
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

const entry = () =>
  z.strictObject({
    type: z.literal("anthropic"),
    ...httpKeys(vendor),
    /** The organization's costs, or who used Claude Code: two entries where both are wanted. */
    report: z._default(z.enum(["costs", "claude-code"], "expected costs or claude-code"), "costs"),
    users: usersKey(),
  });

/** What its entry under `sources` may say. What Claude Code is said to cost is never money: the organization's costs hold it, or nobody owes it. */
export const schema = () =>
  z.pipe(
    entry().check(
      z.refine(({ report, counts }) => report === "costs" || counts !== "money", {
        path: ["counts"],
        message: "expected attribution: what Claude Code is estimated to cost is never added to a bill",
      }),
    ),
    z.transform((config) => (config.report === "costs" ? config : { ...config, counts: "attribution" as const })),
  );
export type AnthropicConfig = z.infer<ReturnType<typeof schema>>;
