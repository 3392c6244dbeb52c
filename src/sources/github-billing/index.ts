import type { SourceType } from "../source.ts";
import { type GitHubBillingConfig, schema, vendor } from "./entry.ts";

/** What GitHub bills an organization, an enterprise or a person. The reader is loaded only when it reads. */
export const githubBilling = {
  type: "github-billing",
  schema,
  vendor,
  read: async (config, context) => (await import("./read.ts")).readGitHubBilling(config, context),
} satisfies SourceType<GitHubBillingConfig>;
