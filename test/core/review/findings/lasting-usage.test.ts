import { expect, test } from "vitest";
import { noMoments } from "../../../../src/core/economics/prices.ts";
import type { Usage } from "../../../../src/core/economics/usage.ts";
import { lastingOf } from "../../../../src/core/review/findings/lasting.ts";
import type { Anomaly } from "../../../../src/core/review/findings/odd-days.ts";

const week = { cost: 0n, requests: 0, tokens: { inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 0 } };
const used = (provider: string, service: string): Usage => ({
  provider,
  service,
  model: "large",
  feature: "",
  last7: week,
  prior7: week,
  moments: noMoments(),
});
const usage = [used("OpenAI", "Inference"), used("OpenAI", "Batch"), used("Groq", "Inference")];

const spike = {
  class: "spike",
  direction: "up",
  period: { start: "2026-11-17", end: "2026-11-20" },
  slice: { path: ["OpenAI", "Inference"], sources: new Set(["bill"]) },
};
const [all, others] = [
  ["OpenAI Inference", "OpenAI Batch", "Groq Inference"],
  ["OpenAI Batch", "Groq Inference"],
];

/** What rose on some days and has come back was an incident; what else departs goes on, as far as is known. */
test.each<[string, object, string | null, string[]]>([
  ["a spike that is over, with a final day after it", {}, "2026-11-20", others],
  ["a spike whose last day is the last that is final", {}, "2026-11-19", all],
  ["a spike while nothing is final", {}, null, all],
  ["a fall that is over", { direction: "down" }, "2026-11-22", all],
  ["a shift", { class: "shift" }, "2026-11-22", all],
  ["days of which it is too early to tell", { class: "undecided" }, "2026-11-22", all],
  ["a spike of the provider", { slice: { path: ["OpenAI"], sources: new Set(["bill"]) } }, "2026-11-22", ["Groq Inference"]],
])("%s", (_, part, settled, expected) => {
  const anomalies = [{ ...spike, ...part }] as unknown as Anomaly[];
  const found = lastingOf(usage, { anomalies, planned: [], ignored: [], passed: [] }, [
    { name: "bill", settledThrough: settled },
    { name: "stale", settledThrough: "2026-11-01" },
  ]);
  expect(found.map(({ provider, service }) => `${provider} ${service}`)).toEqual(expected);
});
