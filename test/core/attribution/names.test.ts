import { expect, test } from "vitest";
import { modelKey, providerKey } from "../../../src/core/attribution/names.ts";

test.each([
  [["gpt-5.4", "GPT 5.4", "openai/gpt-5.4", "gpt-5.4-2026-03-05", "gpt-5.4:batch", "gpt-5.4-latest"]],
  [
    [
      "claude-sonnet-4-5",
      "Claude Sonnet 4.5",
      "claude-sonnet-4-5-20250929",
      "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
      "claude-sonnet-4-5@20250929",
    ],
  ],
  [["Claude Sonnet 4.5 (Amazon Bedrock Edition)", "anthropic.claude-sonnet-4-5"]],
  [["text-embedding-3-small", "openai/text-embedding-3-small"]],
  [["gemini-2.5-pro", "vertex_ai/gemini-2.5-pro", "models/gemini-2.5-pro"]],
])("%o are one model", (names) => {
  expect(new Set(names.map(modelKey)).size).toBe(1);
});

test.each([
  ["gpt-5.4", "gpt-5.4-mini"],
  ["gpt-4o", "gpt-4.1"],
  ["claude-opus-4-5", "claude-opus-4-1"],
  ["text-embedding-3-small", "text-embedding-3-large"],
  ["llama-3-70b", "llama-3-8b"],
])("%s and %s are two", (a, b) => {
  expect(modelKey(a)).not.toBe(modelKey(b));
});

test.each([
  [["AWS", "Amazon Web Services", "bedrock"]],
  [["Microsoft", "Microsoft Azure", "azure"]],
  [["Google Cloud", "Google", "vertex_ai", "gemini"]],
  [["OpenAI", "openai"]],
])("%o are one provider", (names) => {
  expect(new Set(names.map(providerKey)).size).toBe(1);
});

test("Claude in a cloud is not Anthropic's, and no name is no provider", () => {
  expect(providerKey("bedrock")).not.toBe(providerKey("Anthropic"));
  expect(providerKey(" ")).toBe("");
});

test("a name without end takes no time", () => {
  for (const part of [" (", " ", "@\n", ":\n"]) expect(modelKey(`${part.repeat(500_000)}x`).length).toBeLessThan(600);
});
