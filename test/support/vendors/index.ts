import { anthropic } from "./anthropic.ts";
import { awsCostExplorer } from "./aws-cost-explorer.ts";
import { azureCost } from "./azure-cost.ts";
import { claudeCode } from "./claude-code.ts";
import { cursor } from "./cursor.ts";
import { gcpBilling } from "./gcp-billing.ts";
import { githubBilling } from "./github-billing.ts";
import { langfuse } from "./langfuse.ts";
import { litellm } from "./litellm.ts";
import { openai } from "./openai.ts";
import { openrouter } from "./openrouter.ts";
import type { TestVendor } from "./vendor.ts";
import { vercelAiGateway } from "./vercel-ai-gateway.ts";

/** The test server of every source over HTTP, by its type or another name; the contract test runs over all of them. */
export const vendors: Readonly<Record<string, TestVendor>> = {
  openai,
  anthropic,
  "claude-code": claudeCode,
  "aws-cost-explorer": awsCostExplorer,
  cursor,
  "azure-cost": azureCost,
  "gcp-billing": gcpBilling,
  "github-billing": githubBilling,
  openrouter,
  "vercel-ai-gateway": vercelAiGateway,
  litellm,
  langfuse,
};
