import type { ReadyMapping } from "../mapped/fields.ts";

/** What gateways write for each request. docs/sources/log.md says where each shape was read. */
export const logMappings = {
  /** Rows of LiteLLM_SpendLogs, as `/spend/logs` and exports of the table give them. */
  litellm: {
    time: "startTime",
    fields: {
      cost: "spend",
      currency: { constant: "USD" },
      provider: "custom_llm_provider",
      service: { constant: "LiteLLM" },
      model: "model",
      account: "team_id",
      apiKey: "api_key",
      customer: "end_user",
      inputTokens: "prompt_tokens",
      outputTokens: "completion_tokens",
    },
    estimated: true,
  },
  /** StandardLoggingPayload, as LiteLLM hands it to S3, Azure and Google Cloud Storage buckets. */
  "litellm-payload": {
    time: "startTime",
    fields: {
      cost: "response_cost",
      currency: { constant: "USD" },
      provider: "custom_llm_provider",
      service: { constant: "LiteLLM" },
      model: "model",
      account: "metadata.user_api_key_team_id",
      apiKey: "metadata.user_api_key_alias",
      customer: "end_user",
      inputTokens: "prompt_tokens",
      outputTokens: "completion_tokens",
    },
    estimated: true,
  },
  /** The `data` object of OpenRouter's `GET /generation`. */
  openrouter: {
    time: "created_at",
    fields: {
      cost: "total_cost",
      currency: { constant: "USD" },
      provider: { constant: "OpenRouter" },
      service: "provider_name",
      model: "model",
      customer: "external_user",
      inputTokens: "native_tokens_prompt",
      cacheReadTokens: "native_tokens_cached",
      outputTokens: "native_tokens_completion",
    },
    inputIncludesCached: true,
  },
  /** The `data` object of Vercel's `GET /v1/generation`. Whether its prompt tokens contain cached ones is not documented. */
  "vercel-ai-gateway": {
    time: "created_at",
    fields: {
      cost: "total_cost",
      currency: { constant: "USD" },
      provider: { constant: "Vercel" },
      service: "provider_name",
      model: "model",
      inputTokens: "native_tokens_prompt",
      outputTokens: "native_tokens_completion",
    },
  },
} as const satisfies Record<string, ReadyMapping>;
