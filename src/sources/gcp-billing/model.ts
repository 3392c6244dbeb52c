/** Families of models that are sold by use on Vertex AI and the Gemini API, as SKUs spell them. */
const families =
  "gemini|gemma|imagen|veo|lyria|chirp|claude|llama|mistral|ministral|codestral|magistral|pixtral|deepseek|qwen\\d*|grok|jamba|gpt-oss|kimi|minimax|glm";
/** What belongs to a name behind its family: a version, a size, a variant. */
const part =
  "v?\\d+(?:\\.\\d+)*[bk]?|pro|flash|lite|ultra|nano|opus|sonnet|haiku|fable|large|medium|small|mini|nemo|scout|maverick|coder|code|fast|ocr|embedding|k2";
const named = new RegExp(`\\b(?:${families})(?:[ -](?:${part})(?![\\w.%]))+|\\bgpt-oss[ -]\\d+b`, "i");

/**
 * Of services and SKUs with this in their names (RE2, for BigQuery) the SKU is read too; everything else is read by service alone, so that a
 * company's storage does not become a thousand rows.
 */
export const modelPattern = `(?i)vertex|gemini|generative language|generative ai|agent platform|\\b(${families})\\b`;

/**
 * The model of a SKU: `Gemini 2.5 Flash Lite Text Input - Predictions` → `gemini-2.5-flash-lite`, `Claude Opus 4.5 - Output Tokens` →
 * `claude-opus-4.5`. Directions, modalities and batch share their model. Google has no column for it and no grammar, so a SKU that names no model
 * known here stands as it is.
 */
export function modelOf(sku: string): string {
  const [found] = named.exec(sku) ?? [];
  return found === undefined ? sku.trim() : found.toLowerCase().replaceAll(" ", "-");
}
