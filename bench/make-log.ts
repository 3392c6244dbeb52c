/**
 * Writes a gateway's request log as JSON lines for measuring: the shape of LiteLLM's spend logs, about 640 bytes a line, 30 days of October
 * 2026. The same arguments give the same bytes.
 *
 *   node bench/make-log.ts <rows> <file>
 */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { randomFrom } from "./random.ts";

const models = [
  { name: "gpt-5", provider: "openai", input: 1.25, output: 10 },
  { name: "gpt-5-mini", provider: "openai", input: 0.25, output: 2 },
  { name: "claude-sonnet-4-5", provider: "anthropic", input: 3, output: 15 },
  { name: "claude-haiku-4-5", provider: "anthropic", input: 1, output: 5 },
];
const features = ["chat", "search", "triage"];
const start = Date.UTC(2026, 9, 1);
const span = 30 * 86_400_000;

function line(index: number, rows: number, random: () => number): string {
  const model = models[Math.floor(random() * models.length)] ?? { name: "", provider: "", input: 0, output: 0 };
  const [prompt, completion] = [Math.floor(random() * 4000), Math.floor(random() * 800)];
  const time = start + Math.floor((index / rows) * span);
  return `${JSON.stringify({
    request_id: `chatcmpl-${index}-${Math.floor(random() * 1e9)}`,
    call_type: "acompletion",
    api_key: `hash-${index % 20}`,
    spend: (prompt * model.input + completion * model.output) / 1e6,
    total_tokens: prompt + completion,
    prompt_tokens: prompt,
    completion_tokens: completion,
    startTime: new Date(time).toISOString(),
    endTime: new Date(time + 900).toISOString(),
    model: model.name,
    model_group: model.name,
    custom_llm_provider: model.provider,
    api_base: "https://api.example.com/v1",
    user: `user-${index % 50}`,
    metadata: { feature: features[index % 3], requester_ip_address: "10.0.0.1", additional_usage_values: { cached_tokens: 0 } },
    cache_hit: "False",
    cache_key: "Cache OFF",
    request_tags: ["production", `v${index % 3}`],
    end_user: `customer-${index % 40}`,
    messages: "{}",
    response: "{}",
  })}\n`;
}

async function main(rows: number, file: string): Promise<void> {
  const random = randomFrom(20261001);
  const output = createWriteStream(file);
  let text = "";
  for (let index = 0; index < rows; index += 1) {
    text += line(index, rows, random);
    if (text.length < 1 << 20 && index < rows - 1) continue;
    if (!output.write(text)) await once(output, "drain");
    text = "";
  }
  output.end();
  await once(output, "close");
}

const [rows, file] = process.argv.slice(2);
if (rows === undefined || file === undefined || !/^\d+$/.test(rows)) {
  process.stderr.write("usage: node bench/make-log.ts <rows> <file>\n");
  process.exitCode = 2;
} else {
  await main(Number(rows), file);
}
