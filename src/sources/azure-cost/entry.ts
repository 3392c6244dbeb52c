import * as z from "zod/mini";
import { httpKeys } from "../http/keys.ts";
import type { VendorFacts } from "../source.ts";

/** What is true of every account of the vendor. */
export const vendor: VendorFacts = {
  name: "Azure",
  baseUrl: "https://management.azure.com",
  dimensions: ["service", "model", "account", "project", "tags"],
  money: "billed",
  settlingDays: 3,
  restatementDays: 62,
  oldestDays: 365,
  pieceDays: null,
  requestCost: "free",
  credentials: {
    env: "AZURE_ACCESS_TOKEN",
    role: "an access token, or AZURE_TENANT_ID and AZURE_CLIENT_ID of an app registration, with Cost Management Reader at the scope",
    page: "https://portal.azure.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade",
  },
  oidc: "yes: a federated credential of an app registration",
};

const part = "[\\w(][\\w.:() -]*";
const scopes = [
  "subscriptions/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:/resourceGroups/" + part + ")?",
  "providers/Microsoft\\.Management/managementGroups/" + part,
  "providers/Microsoft\\.Billing/billingAccounts/" +
    part +
    "(?:/(?:billingProfiles|invoiceSections|departments|enrollmentAccounts|customers)/" +
    part +
    "){0,2}",
];

/** What its entry under `sources` may say. */
export const schema = () =>
  z.strictObject({
    type: z.literal("azure-cost"),
    ...httpKeys(vendor),
    /** What the costs are of. */
    scope: z
      .string()
      .check(
        z.regex(
          new RegExp(`^/?(?:${scopes.join("|")})$`, "i"),
          "expected subscriptions/<id>, subscriptions/<id>/resourceGroups/<name>, providers/Microsoft.Management/managementGroups/<id> or providers/Microsoft.Billing/billingAccounts/<id>",
        ),
      ),
    /** Whose costs they are: Azure groups by two things at once, one of which is the service or the meter. */
    splitBy: z._default(
      z.union([
        z.enum(["resource-group", "subscription", "resource"]),
        z.strictObject({ tag: z.string().check(z.minLength(1), z.maxLength(512)) }),
      ]),
      "resource-group",
    ),
  });
export type AzureCostConfig = z.infer<ReturnType<typeof schema>>;
