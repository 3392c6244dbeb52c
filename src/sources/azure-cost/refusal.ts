import type { Meaning } from "../../shell/http/peer.ts";

const rolePage = "https://learn.microsoft.com/azure/cost-management-billing/costs/assign-access-acm-data";
const registrations = "https://portal.azure.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade";

type Rule = readonly [pattern: RegExp, meaning: (scope: string) => Meaning];

/** What Cost Management's refusals mean, by their codes and words; the first that fits counts. */
const rules: readonly Rule[] = [
  [
    /MS-AZR-\d|offer (?:id|type)|not supported for (?:this|the) subscription|UnsupportedSubscription/i,
    (scope) => ({
      message: `Azure has no cost data of its own for ${scope}: subscriptions of this offer (such as those of a CSP partner, or sponsored ones) are not supported`,
      remedy: "Ask the partner for a scope of the billing account, or for exports, which the sources focus and csv read.",
    }),
  ],
  [
    /SubscriptionHasNoUsages/i,
    (scope) => ({
      message: `Azure has no usage at all at ${scope} yet`,
      remedy: "Check the scope of this source; a new subscription has its first costs after a day or two.",
    }),
  ],
  [
    /AuthorizationFailed|RBACAccessDenied|AuthorizationDenied|BillingAccessDenied/i,
    (scope) => ({
      message: `Azure does not let this identity read the costs of ${scope}`,
      remedy: `Give it the role Cost Management Reader at the scope (for billing accounts a billing reader role), see ${rolePage}; a new role takes minutes.`,
    }),
  ],
  [
    /SubscriptionNotFound|InvalidSubscriptionId|ResourceGroupNotFound|ManagementGroupNotFound|BillingAccountNotFound|InvalidScope/i,
    (scope) => ({
      message: `Azure knows no ${scope}`,
      remedy: "Check the scope of this source: the id, not the name, of a subscription; and that the identity belongs to the same tenant.",
    }),
  ],
  [
    /dimension|grouping/i,
    (scope) => ({
      message: `Azure does not group the costs of ${scope} like that`,
      remedy: "Choose another splitBy for this source; the words above say what this kind of scope takes.",
    }),
  ],
];

/** What a refusal at a scope means; null where its status says it. */
export function meaningAt(scope: string): (status: number, text: string) => Meaning | null {
  return (status, text) => {
    if (status === 429)
      return {
        message: "Azure asks to wait: the tenant's quota for cost queries is used up",
        remedy: "Run again later. The quota is shared by everything that asks Cost Management in the tenant: dashboards and exporters too.",
      };
    return status >= 500 || status === 401 ? null : (rules.find(([pattern]) => pattern.test(text))?.[1](scope) ?? null);
  };
}

/** What Microsoft's error numbers mean. Source: Microsoft identity platform, page of AADSTS error codes. */
const signInRules: readonly (readonly [pattern: RegExp, message: string, remedy: string])[] = [
  [
    /AADSTS7000222\b/,
    "Azure's sign-in says that AZURE_CLIENT_SECRET has expired",
    `Make a new one at ${registrations}, or use a federated credential.`,
  ],
  [
    /AADSTS7000215\b/,
    "Azure's sign-in does not accept AZURE_CLIENT_SECRET",
    `Set the secret's value, not its id; it is made at ${registrations}.`,
  ],
  [
    /AADSTS70021\d?\b|AADSTS700213\b/,
    "Azure's sign-in knows no federated credential for this workflow",
    `Add one to the app registration at ${registrations}, with the repository and the branch or environment that the workflow runs for.`,
  ],
  [/AADSTS700016\b/, "Azure's sign-in knows no such app in the tenant", "Check AZURE_CLIENT_ID and AZURE_TENANT_ID."],
  [/AADSTS9000[27]\b|AADSTS90002\d?\b/, "Azure's sign-in knows no such tenant", "Check AZURE_TENANT_ID."],
];

/** What a refusal to sign in means; null where its status says it. */
export function signInMeaning(_: number, text: string): Meaning | null {
  const [, message, remedy] = signInRules.find(([pattern]) => pattern.test(text)) ?? [];
  return message === undefined || remedy === undefined ? null : { message, remedy };
}
