import type { SourceType } from "../source.ts";
import { type GcpBillingConfig, schema, vendor } from "./entry.ts";

/** What Google Cloud's billing export holds in BigQuery. The reader is loaded only when it reads. */
export const gcpBilling = {
  type: "gcp-billing",
  schema,
  vendor,
  read: async (config, context) => (await import("./read.ts")).readGcpBilling(config, context),
} satisfies SourceType<GcpBillingConfig>;
