import type { ReadyMapping } from "../mapped/fields.ts";

/**
 * What people export by hand from consoles. The needed columns were each seen in at least two public programs or notes that read such exports;
 * docs/sources/csv.md says what that leaves open.
 */
export const csvMappings = {
  /** Usage page, "Export", cost data: `cost_<from>_<to>.csv`. A day without spend is a row without an amount. */
  "openai-console": {
    time: "start_time_iso",
    fields: {
      cost: "amount_value",
      currency: "amount_currency",
      provider: { constant: "OpenAI" },
      service: { constant: "OpenAI API" },
      model: "line_item",
      account: "organization_id",
      project: "project_id",
      apiKey: "api_key_id",
    },
    optional: ["line_item", "organization_id", "project_id", "api_key_id"],
    modelBeforeComma: true,
    emptyCost: "zero",
    mistaken: {
      column: "num_model_requests",
      sentence: "It looks like the export of usage, which has tokens and no costs: export the costs.",
    },
  },
  /** Cost page, "Export". */
  "anthropic-console": {
    time: "usage_date_utc",
    fields: {
      cost: "cost_usd",
      currency: { constant: "USD" },
      provider: { constant: "Anthropic" },
      service: { constant: "Claude API" },
      model: "model",
      project: "workspace",
      apiKey: "api_key",
    },
    optional: ["workspace", "api_key"],
    mistaken: {
      column: "usage_output_tokens",
      sentence: "It looks like the export of the Usage page, which has tokens and no costs: export from the Cost page.",
    },
  },
  /** Activity page, one row for each generation. */
  "openrouter-activity": {
    time: "created_at",
    fields: {
      cost: "cost_total",
      currency: { constant: "USD" },
      provider: { constant: "OpenRouter" },
      service: "provider_name",
      model: "model_permaslug",
      apiKey: "api_key_name",
      inputTokens: "tokens_prompt",
      cacheReadTokens: "tokens_cached",
      outputTokens: "tokens_completion",
    },
    optional: ["api_key_name"],
    rowsAreRequests: true,
    inputIncludesCached: true,
    mistaken: {
      column: "Slug",
      sentence: "It looks like the export by day, whose columns are mapped by hand (docs/sources/csv.md shows how).",
    },
  },
} as const satisfies Record<string, ReadyMapping>;
