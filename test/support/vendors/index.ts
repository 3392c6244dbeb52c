import { anthropic } from "./anthropic.ts";
import { azureCost } from "./azure-cost.ts";
import { gcpBilling } from "./gcp-billing.ts";
import { openai } from "./openai.ts";
import type { TestVendor } from "./vendor.ts";

/** The test server of every source over HTTP, by its type; the contract test runs over all of them. */
export const vendors: Readonly<Record<string, TestVendor>> = { openai, anthropic, "gcp-billing": gcpBilling, "azure-cost": azureCost };
