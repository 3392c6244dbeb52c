import type { SourceType } from "../source.ts";
import { type AzureCostConfig, schema, vendor } from "./entry.ts";

/** The costs of an Azure scope, as Cost Management counts them. The reader is loaded only when it reads. */
export const azureCost = {
  type: "azure-cost",
  schema,
  vendor,
  read: async (config, context) => (await import("./read.ts")).readAzureCost(config, context),
} satisfies SourceType<AzureCostConfig>;
