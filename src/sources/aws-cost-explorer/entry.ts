import * as z from "zod/mini";
import { addressKeys } from "../http/keys.ts";
import type { VendorFacts } from "../source.ts";

/** What is true of every account of the vendor. */
export const vendor: VendorFacts = {
  name: "AWS Cost Explorer",
  baseUrl: "https://ce.us-east-1.amazonaws.com",
  dimensions: ["service", "model", "account", "tags"],
  money: "billed",
  settlingDays: 2,
  // A month stays open until some days into the next one: this is the whole of both.
  restatementDays: 62,
  // Fourteen months, the current one included.
  oldestDays: 393,
  pieceDays: null,
  requestCost: "$0.01 a request",
  credentials: {
    env: "AWS_ACCESS_KEY_ID",
    role: "a role that may ce:GetCostAndUsage",
    page: "https://console.aws.amazon.com/iam/home#/roles",
  },
  oidc: "yes: a role that trusts the workflow's identity",
};

const named = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));

/** What usage is told apart by besides service and model. */
const grouping = z.union(
  [z.literal("account"), z.strictObject({ tag: named(128) }), z.strictObject({ category: named(50) })],
  "expected account, { tag: <key> } or { category: <name> }",
);
export type Grouping = z.infer<typeof grouping>;

const isDistinct = (groups: readonly unknown[]) => new Set(groups.map((group) => JSON.stringify(group))).size === groups.length;

/** What its entry under `sources` may say. */
export const schema = () =>
  z.strictObject({
    type: z.literal("aws-cost-explorer"),
    ...addressKeys(vendor),
    groupBy: z._default(z.array(grouping).check(z.maxLength(3), z.refine(isDistinct, "expected each grouping once")), ["account"]),
    /** True: private discounts inside each line, as AWS's Net metrics have them, instead of on lines of their own. */
    net: z._default(z.boolean(), false),
    /** A run that would need more is refused: each costs a cent. */
    mostRequests: z._default(z.int().check(z.minimum(3), z.maximum(1000)), 50),
  });
export type AwsConfig = z.infer<ReturnType<typeof schema>>;
