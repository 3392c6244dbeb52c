import { anthropic } from "./anthropic.ts";
import { langfuse } from "./langfuse.ts";
import { litellm } from "./litellm.ts";
import { openai } from "./openai.ts";
import type { TestVendor } from "./vendor.ts";

/** The test server of every source over HTTP, by its type; the contract test runs over all of them. */
export const vendors: Readonly<Record<string, TestVendor>> = { openai, anthropic, litellm, langfuse };
