import { describe, expect, test } from "vitest";
import { countersOf, modelOf } from "../../../src/sources/aws-cost-explorer/bedrock.ts";
import { regionOf } from "../../../src/sources/aws-cost-explorer/peer.ts";
import { kindOf } from "../../../src/sources/aws-cost-explorer/record-type.ts";

describe("Bedrock", () => {
  test.each([
    ["Claude Sonnet 4.6 (Amazon Bedrock Edition)", "USE1-MP:USE1_InputTokenCount-Units", "Amazon Bedrock", "Claude Sonnet 4.6"],
    [
      "OpenAI GPT-5.6 Terra (Amazon Bedrock Edition)",
      "USW2-MP:USW2_cache_write_tokens_30m_standard-Units",
      "Amazon Bedrock",
      "OpenAI GPT-5.6 Terra",
    ],
    ["Amazon Bedrock", "USE1-NovaPro-input-tokens", "Amazon Bedrock", "NovaPro"],
    ["Amazon Bedrock", "NovaPro-output-tokens", "Amazon Bedrock", "NovaPro"],
    ["Amazon Bedrock", "EU-NovaPro-cache-read-input-token-count", "Amazon Bedrock", "NovaPro"],
    ["Amazon Bedrock", "USW2-Nova2.0Lite-input-tokens-cross-region-global", "Amazon Bedrock", "Nova2.0Lite"],
    ["Amazon Bedrock", "USE1-Llama4-Maverick-17B-input-tokens-batch", "Amazon Bedrock", "Llama4-Maverick-17B"],
    ["Amazon Bedrock", "USE1-openai.gpt-oss-120b-mantle-input-tokens-standard", "Amazon Bedrock", "openai.gpt-oss-120b"],
    ["Amazon Bedrock", "UGW1-openai.gpt-5.6-terra-mantle-cache-write-tokens-30m-standard", "Amazon Bedrock", "openai.gpt-5.6-terra"],
    ["AmazonBedrockFoundationModels", "USE1-Claude2.0-output-tokens", "Amazon Bedrock", "Claude2.0"],
    ["Amazon Bedrock", "USE1-Guardrail-ContentPolicyUnitsConsumed", "Amazon Bedrock", "Guardrail-ContentPolicyUnitsConsumed"],
    ["Amazon Bedrock AgentCore", "USE1-Runtime:Consumption-based:Memory", "Amazon Bedrock AgentCore", "Runtime:Consumption-based:Memory"],
  ])("%s · %s is %s, model %s", (service, usageType, as, model) => {
    expect(modelOf(service, usageType)).toEqual({ service: as, model });
  });

  const quantity = (units: bigint, unit: string) => ({ amount: { units, scale: 1 }, unit });
  test.each([
    ["USE1-NovaPro-input-tokens", quantity(15n, "1K tokens"), { inputTokens: 1500 }],
    ["USE1-NovaPro-output-tokens", quantity(20n, "Tokens"), { outputTokens: 2 }],
    ["USE1-NovaPro-cache-read-input-token-count", quantity(5n, "1M Tokens"), { cacheReadTokens: 500_000 }],
    ["USE1-x-mantle-cache-write-tokens-30m-standard", quantity(10n, "Thousand Tokens"), { cacheWriteTokens: 1000 }],
  ])("%s counts %o once", (usageType, used, counted) => {
    expect(countersOf(usageType, used)).toEqual({
      requests: null,
      inputTokens: null,
      cacheReadTokens: null,
      cacheWriteTokens: null,
      outputTokens: null,
      ...counted,
    });
  });

  test.each([
    ["USE1-MP:USE1_InputTokenCount-Units", quantity(10n, "Units")],
    ["USE1-NovaPro-input-tokens", quantity(10n, "N/A")],
    ["USE1-Guardrail-TextUnits", quantity(10n, "1K tokens")],
    ["USE1-NovaPro-input-tokens", null],
  ])("%s of %o counts no tokens: the unit does not say so", (usageType, used) => {
    expect(Object.values(countersOf(usageType, used)).every((count) => count === null)).toBe(true);
  });
});

test.each([
  ["Usage", "Usage", "Usage-Based"],
  ["DiscountedUsage", "Usage", "Usage-Based"],
  ["SavingsPlanNegation", "Usage", "Usage-Based"],
  ["Tax", "Tax", "Recurring"],
  ["Credit", "Credit", "One-Time"],
  ["Refund", "Adjustment", "One-Time"],
  ["Support fee", "Purchase", "Recurring"],
  ["Recurring reservation fee", "Purchase", "Recurring"],
  ["SavingsPlanRecurringFee", "Purchase", null],
  ["Upfront reservation fee", "Purchase", "One-Time"],
  ["Enterprise Discount Program Discount", "Adjustment", "Usage-Based"],
  ["Solution Provider Program Discount", "Adjustment", "Usage-Based"],
])("charges of the type %s are %s, %s", (type, category, frequency) => {
  expect(kindOf(type)).toEqual({ category, frequency });
});

test.each([
  ["https://ce.us-east-1.amazonaws.com", "us-east-1"],
  ["https://ce.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1"],
  ["https://ce.us-gov-west-1.amazonaws.com", "us-gov-west-1"],
  ["https://ce.us-east-1.api.aws", "us-east-1"],
  ["http://127.0.0.1:5000", "us-east-1"],
  ["https://costs.example.com/aws", "us-east-1"],
])("requests to %s are signed for %s", (address, region) => {
  expect(regionOf(address)).toBe(region);
});
