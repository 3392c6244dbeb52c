/** Families of models as meters spell them, once blanks are dashes. */
const families =
  "gpt-oss|gpt-image|gpt-audio|gpt-realtime|gpt|chatgpt|o[1345]|text-embedding|codex|computer-use|dall-e|whisper|tts|sora|claude|deepseek|llama|mistral|ministral|codestral|grok|phi|cohere|command|jamba|kimi|qwen\\d*";
/** What belongs to a name behind its family: a version or a date, a size, a variant. */
const part =
  "v?\\d+(?:\\.\\d+)*[ob]?|mini|nano|pro|turbo|chat|codex|audio|realtime|transcribe|tts|ada|small|medium|large|opus|sonnet|haiku|r1|fast|vision|instruct|preview|maverick|scout|nemo|reasoning|embed|hd|command|r|plus|k2";
const named = new RegExp(
  `(?<![a-z0-9])(?:o[1345]|(?:${families})(?:-(?:${part})(?![a-z0-9]))+|whisper|computer-use)(?:-(?:${part})(?![a-z0-9]))*`,
);

/** Services whose meters name models. */
export const sellsModels = (service: string): boolean =>
  /openai|cognitive services|foundry|\bai\b|machine learning|claude|anthropic|mistral|cohere|llama/i.test(service);

/**
 * The model of a meter: `gpt 4o 0806 Inp glbl Tokens` → `gpt-4o-0806`, `gpt-4.1-mini-Outp-regnl Tokens` → `gpt-4.1-mini`. Directions, regions
 * and tiers share their model. Azure has no dimension for it and no grammar, so a meter that names no model known here stands as it is.
 */
export function modelOf(meter: string): string {
  const flat = meter
    .toLowerCase()
    .replace(/[\s_]+/g, "-")
    .replace(/\bgpt(?=\d)/g, "gpt-");
  return named.exec(flat)?.[0] ?? meter.trim();
}
