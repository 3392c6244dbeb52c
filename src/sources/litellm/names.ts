import * as z from "zod/mini";
import { askJson } from "../../shell/http/ask.ts";
import type { Peer } from "../../shell/http/peer.ts";
import type { Names } from "../http/names.ts";

/** Providers as LiteLLM calls them, to how their bills do; what is not here stands as it is. */
const providers: Readonly<Record<string, string>> = {
  openai: "OpenAI",
  text_completion_openai: "OpenAI",
  anthropic: "Anthropic",
  azure: "Microsoft Azure",
  azure_ai: "Microsoft Azure",
  azure_text: "Microsoft Azure",
  bedrock: "AWS",
  bedrock_converse: "AWS",
  sagemaker: "AWS",
  vertex_ai: "Google Cloud",
  vertex_ai_beta: "Google Cloud",
  gemini: "Google Cloud",
  openrouter: "OpenRouter",
  vercel_ai_gateway: "Vercel",
  github: "GitHub",
  github_copilot: "GitHub",
  mistral: "Mistral",
  groq: "Groq",
  together_ai: "Together",
  fireworks_ai: "Fireworks",
  xai: "xAI",
  deepseek: "DeepSeek",
  cohere: "Cohere",
  perplexity: "Perplexity",
  unknown: "LiteLLM",
};

/** A provider by the name that stands on bills. */
export function providerName(id: string): string {
  return Object.hasOwn(providers, id) ? (providers[id] ?? id) : id;
}

const teams = z.array(z.object({ team_id: z.string(), team_alias: z.optional(z.nullable(z.string())) }));

/** Names of the teams that keys belong to. */
export async function teamNames(peer: Peer): Promise<Names> {
  const list = await askJson(peer, { path: "/team/list" }, teams);
  return new Map(list.map(({ team_id, team_alias }) => [team_id, team_alias ?? ""]));
}
