import type { SourceType } from "../source.ts";
import { type AwsConfig, schema, vendor } from "./entry.ts";

/** The costs of an AWS organization or account, Bedrock by model. The reader is loaded only when it reads. */
export const awsCostExplorer = {
  type: "aws-cost-explorer",
  schema,
  vendor,
  read: async (config, context) => (await import("./read.ts")).readAws(config, context),
} satisfies SourceType<AwsConfig>;
