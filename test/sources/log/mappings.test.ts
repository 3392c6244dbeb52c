import { readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { sourceSchema } from "../../../src/sources/index.ts";
import { costByDay, folderWith, readEntry, totalOf } from "../support.ts";

const read = (mapping: string, row: object) =>
  readEntry(folderWith({ "a.jsonl": `${JSON.stringify(row)}\n` }), { type: "log", path: "a.jsonl", mapping }, { tagKeys: ["customer"] });

describe("ready mappings", () => {
  test("litellm: a row of spend logs", async () => {
    const { charges } = await read("litellm", {
      request_id: "chatcmpl-1",
      call_type: "acompletion",
      api_key: "hash",
      spend: 0.000054999999999999995,
      startTime: "2024-08-01T14:27:12.563246",
      model: "gpt-3.5-turbo",
      custom_llm_provider: "openai",
      team_id: "",
      metadata: "{}",
      total_tokens: 30,
      prompt_tokens: 10,
      completion_tokens: 20,
      end_user: "c1",
    });
    expect(charges).toMatchObject([
      {
        day: "2024-08-01",
        provider: "openai",
        model: "gpt-3.5-turbo",
        apiKey: "hash",
        account: "",
        tags: '{"customer":"c1"}',
        requests: 1,
        inputTokens: 10,
        outputTokens: 20,
        effective: 55n,
        estimated: true,
      },
    ]);
  });

  test("litellm-payload: what buckets get", async () => {
    const { charges } = await read("litellm-payload", {
      id: "1",
      response_cost: 0.0021,
      status: "success",
      startTime: 1_794_787_200.25,
      model: "gpt-5",
      custom_llm_provider: "azure",
      prompt_tokens: 5,
      completion_tokens: 6,
      metadata: { user_api_key_alias: "support", user_api_key_team_id: "t1" },
      end_user: null,
    });
    expect(charges).toMatchObject([{ day: "2026-11-16", provider: "azure", apiKey: "support", account: "t1", tags: "", effective: 2100n }]);
  });

  test("openrouter and vercel-ai-gateway: one generation a line", async () => {
    const generation = {
      created_at: "2024-07-15T23:33:19.433273+00:00",
      total_cost: 0.0015,
      model: "sao10k/l3-stheno-8b",
      provider_name: "Infermatic",
      external_user: "user-123",
      native_tokens_prompt: 10,
      native_tokens_completion: 25,
      native_tokens_cached: 3,
    };
    expect((await read("openrouter", generation)).charges).toMatchObject([
      {
        day: "2024-07-15",
        provider: "OpenRouter",
        service: "Infermatic",
        effective: 1500n,
        inputTokens: 7,
        cacheReadTokens: 3,
        outputTokens: 25,
      },
    ]);
    expect((await read("vercel-ai-gateway", generation)).charges).toMatchObject([
      { provider: "Vercel", service: "Infermatic", effective: 1500n, inputTokens: 10, outputTokens: 25 },
    ]);
  });

  test("a log without costs is refused in the configuration, with the reason", () => {
    const entry = { type: "log", path: "a.jsonl", fields: { time: "t", currency: { constant: "USD" }, provider: "p" } };
    expect(sourceSchema().safeParse(entry).error?.issues[0]?.message).toMatch(/^names no field for cost \(emptyCost: estimate prices/);
  });
});

test.each(["servegen-14d-12clients.focus.csv", "burstgpt-ai-2023-11-08_2023-12-12.focus.csv"])(
  "public data written as a log adds up to its rows: %s",
  async (name) => {
    const text = readFileSync(join(import.meta.dirname, "../../fixtures/focus", name), "utf8").trim();
    const rows = Papa.parse<Record<string, string>>(text, { header: true }).data;
    // The amounts as JSON numbers, digit for digit.
    const log = rows.map(
      (row, index) =>
        `{"n":${index},"at":"${row["ChargePeriodStart"]}","price":{"usd":${row["BilledCost"]}},"model":"${row["x_Model"]}"}\n`,
    );
    const { charges } = await readEntry(folderWith({ "a.jsonl": log.join("") }), {
      type: "log",
      path: "a.jsonl",
      fields: { time: "at", cost: "price.usd", model: "model", currency: { constant: "USD" }, provider: { constant: "P" } },
    });
    const nano = (amount: string) =>
      BigInt(Math.round(Number(amount.split(".")[0]) * 1e12)) + BigInt((amount.split(".")[1] ?? "").padEnd(12, "0"));
    const days = Map.groupBy(rows, (row) => row["ChargePeriodStart"]?.slice(0, 10) ?? "");
    expect(costByDay(charges)).toEqual(
      Object.fromEntries(
        [...days].map(([day, all]) => [day, (all.reduce((sum, row) => sum + nano(row["BilledCost"] ?? ""), 0n) + 500_000n) / 1_000_000n]),
      ),
    );
    expect(totalOf(charges, ({ requests }) => requests)).toBe(rows.length);
  },
);
