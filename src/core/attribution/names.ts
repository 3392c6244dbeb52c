import { slug } from "../slug.ts";

/** Providers that sources call by several names, to one of them. */
const aliases: Readonly<Record<string, string>> = {
  "amazon-web-services": "aws",
  amazon: "aws",
  bedrock: "aws",
  "amazon-bedrock": "aws",
  "microsoft-azure": "microsoft",
  azure: "microsoft",
  "azure-openai": "microsoft",
  google: "google-cloud",
  "google-vertex": "google-cloud",
  "google-ai-studio": "google-cloud",
  gcp: "google-cloud",
  "google-cloud-platform": "google-cloud",
  "vertex-ai": "google-cloud",
  vertex_ai: "google-cloud",
  gemini: "google-cloud",
  "vercel-ai-gateway": "vercel",
};

/** Clouds bill much besides models: what they bill without a model is no traffic of a gateway. */
const clouds = new Set(["aws", "microsoft", "google-cloud"]);

/** A provider by one name, however sources spell it; empty for none. */
export function providerKey(name: string): string {
  if (name.trim() === "") return "";
  const key = slug(name);
  return aliases[key] ?? key;
}

/** Whether a provider is a cloud, by its `providerKey`. */
export const isCloud = (key: string): boolean => clouds.has(key);

/** No model has a longer name; the patterns below take quadratic time for some. */
const longestName = 500;

/**
 * A model by one name: `openai/gpt-5.4-2026-03-05`, `GPT 5.4` and `gpt-5.4` are one, so are `us.anthropic.claude-sonnet-5-20260101-v1:0` and
 * `Claude Sonnet 5`. What stands before a slash, vendors and regions before dots, variants after a colon, dates and `-v1` are left out.
 */
export function modelKey(name: string): string {
  return name
    .slice(0, longestName)
    .toLowerCase()
    .replace(/^.*\//, "")
    .replace(/@.*$/, "")
    .replace(/:.*$/, "")
    .replace(/^(?:(?:us|eu|apac|global|jp|au)\.)?(?:[a-z]+[0-9]*\.)(?=[a-z])/, "")
    .replace(/\s*\([^)]*\)/g, "")
    .replace(/[-@_ ](?:20\d{2}-?\d{2}-?\d{2})(?=$|[^0-9])/, "")
    .replace(/[-_ ](?:v\d+|latest)$/, "")
    .replace(/(?<=\d)[-_](?=\d(?:$|[^0-9]))/g, ".")
    .replace(/[^\p{L}\p{N}.]+/gu, "-")
    .replace(/^-|-$/g, "");
}
