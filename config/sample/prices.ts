/** Who sells, and at what price. In the style of public list prices, and no quote of any. */
import type { Seller, TokenType } from "./model.ts";

/** Dollars for a million tokens. */
export const prices: Readonly<Record<string, Readonly<Partial<Record<TokenType, number>>>>> = {
  "gpt-5": { input: 1.25, "cached input": 0.125, output: 10 },
  "gpt-5-mini": { input: 0.25, "cached input": 0.025, output: 2 },
  "text-embedding-3-large": { input: 0.13 },
  "claude-sonnet-4-5": { input: 3, "cached input": 0.3, "cache write": 3.75, output: 15 },
  "claude-haiku-4-5": { input: 1, "cached input": 0.1, "cache write": 1.25, output: 5 },
  "nova-pro": { input: 0.8, output: 3.2 },
};

const account = (provider: string, issuer: string, subAccountId: string, subAccountName: string): Seller => ({
  provider,
  issuer,
  subAccountId,
  subAccountName,
});

export const sellers: Readonly<Record<string, Seller>> = {
  openai: account("OpenAI", "OpenAI, LLC", "proj_support", "Support product"),
  anthropic: account("Anthropic", "Anthropic, PBC", "wrkspc_support", "Support product"),
  aws: account("AWS", "Amazon Web Services, Inc.", "004411220077", "support-prod"),
  pinecone: account("Pinecone", "Pinecone Systems, Inc.", "org-support", "Support product"),
  cursor: account("Cursor", "Anysphere, Inc.", "team-8", "Team"),
};
