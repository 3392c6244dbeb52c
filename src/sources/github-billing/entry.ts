import * as z from "zod/mini";
import { httpKeys } from "../http/keys.ts";
import type { VendorFacts } from "../source.ts";

/** What is true of every account of the vendor. */
export const vendor: VendorFacts = {
  name: "GitHub",
  baseUrl: "https://api.github.com",
  dimensions: ["service", "model", "account", "project"],
  money: "billed",
  settlingDays: 2,
  restatementDays: 7,
  oldestDays: 730,
  pieceDays: 31,
  requestCost: "free",
  credentials: {
    env: "GH_BILLING_TOKEN",
    role: "a fine-grained token of an organization owner with the organization permission Administration: read (of an enterprise: a classic token of its owner or billing manager), not the workflow's GITHUB_TOKEN, which cannot read billing",
    page: "https://github.com/settings/tokens",
  },
  oidc: "no: a token only",
};

const login = z.optional(
  z.string().check(z.regex(/^[A-Za-z0-9][\w-]{0,99}$/, "expected a name as it stands in its address on GitHub, such as hubot")),
);
const owners = ["organization", "enterprise", "user"] as const;

/** What its entry under `sources` may say. */
export const schema = () =>
  z
    .strictObject({
      type: z.literal("github-billing"),
      ...httpKeys(vendor),
      /** Whose bill it is: one of the three. */
      organization: login,
      enterprise: login,
      user: login,
    })
    .check((context) => {
      if (owners.filter((owner) => context.value[owner] !== undefined).length === 1) return;
      context.issues.push({
        code: "custom",
        input: context.value,
        path: [],
        message: "expected whose bill it is: one of organization, enterprise and user, with its name",
      });
    });
export type GitHubBillingConfig = z.infer<ReturnType<typeof schema>>;
