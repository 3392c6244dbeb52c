import { readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { sourceSchema } from "../../../src/sources/index.ts";
import { costByDay, folderWith, readEntry, refusalOf, totalOf } from "../support.ts";

const read = (mapping: string, text: string, more: Record<string, unknown> = {}) =>
  readEntry(folderWith({ "a.csv": text }), { type: "csv", path: "a.csv", mapping, ...more });

describe("ready mappings", () => {
  test("openai-console: a line item is the model, an empty bucket a day without spend", async () => {
    const text =
      "start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,quantity,quantity_unit,line_item,user_id,api_key_id,project_id,organization_id\n" +
      "1794700800,1794787200,2026-11-15T00:00:00+00:00,2026-11-16T00:00:00+00:00,,,,,,,,,\n" +
      '1794787200,1794873600,2026-11-16T00:00:00+00:00,2026-11-17T00:00:00+00:00,0.500000000000000000000000000000,usd,1000,tokens,"gpt-5-nano, input_tokens",,key_1,proj_a,org-1\n' +
      "1794787200,1794873600,2026-11-16T00:00:00+00:00,2026-11-17T00:00:00+00:00,0.25,usd,,,web search tool calls,,,proj_a,org-1\n";
    const { charges, warnings } = await read("openai-console", text);
    expect(charges.map(({ day, model, effective, currency }) => [day, model, effective, currency])).toEqual([
      ["2026-11-15", "", 0n, "USD"],
      ["2026-11-16", "gpt-5-nano", 500_000n, "USD"],
      ["2026-11-16", "web search tool calls", 250_000n, "USD"],
    ]);
    expect(charges[1]).toMatchObject({ provider: "OpenAI", service: "OpenAI API", project: "proj_a", apiKey: "key_1", account: "org-1" });
    expect(warnings).toEqual([]);
  });

  test("openai-console: the shorter columns of an export that is not grouped", async () => {
    const text =
      "start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id,organization_id,organization_name\n" +
      "1759622400,1759708800,2025-10-05T00:00:00+00:00,2025-10-06T00:00:00+00:00,0.8958740000000000,usd,,,org-1,Personal\n";
    expect((await read("openai-console", text)).charges).toMatchObject([{ day: "2025-10-05", effective: 895_874n, model: "" }]);
  });

  test("openai-console: the export of usage is told apart", async () => {
    const problem = await refusalOf(read("openai-console", "start_time,end_time,start_time_iso,end_time_iso,num_model_requests,model\n"));
    expect(problem.remedy).toMatch(/export of usage, which has tokens and no costs/);
  });

  test("anthropic-console", async () => {
    const text =
      "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type,inference_geo,speed\n" +
      "2026-11-15,Claude Opus 4.6,Default,OB-1,message,≤ 200k,input_no_cache,1.50,1.50,token,global,\n" +
      "2026-11-15,Claude Opus 4.6,Default,OB-1,message,≤ 200k,output,0.50,0.75,token,global,\n";
    const { charges } = await read("anthropic-console", text);
    expect(charges).toMatchObject([
      {
        provider: "Anthropic",
        service: "Claude API",
        model: "Claude Opus 4.6",
        project: "Default",
        apiKey: "OB-1",
        effective: 2_000_000n,
        inputTokens: null,
      },
    ]);
    const problem = await refusalOf(read("anthropic-console", "usage_date_utc,model_version,api_key,workspace,usage_output_tokens\n"));
    expect(problem.remedy).toMatch(/export from the Cost page/);
  });

  test("openrouter-activity: one request a row, cached tokens taken out of the prompt", async () => {
    const text =
      "generation_id,created_at,cost_total,tokens_prompt,tokens_completion,tokens_reasoning,tokens_cached,model_permaslug,provider_name,api_key_name\n" +
      "gen-a,2026-11-16T10:00:00+00:00,0.00123,100,20,5,30,openai/gpt-5,OpenAI,Primary\n" +
      "gen-b,2026-11-16T11:00:00+00:00,0.00077,50,10,0,0,openai/gpt-5,OpenAI,Primary\n";
    expect((await read("openrouter-activity", text)).charges).toMatchObject([
      { provider: "OpenRouter", service: "OpenAI", effective: 2000n, requests: 2, inputTokens: 120, cacheReadTokens: 30, outputTokens: 30 },
    ]);
  });

  test("columns change what the mapping says", async () => {
    const text = "usage_date_utc,model,cost_usd,list\n2026-11-15,m,1.5,2\n";
    expect((await read("anthropic-console", text, { columns: { cost: "list", model: "model" } })).charges[0]?.effective).toBe(2_000_000n);
  });
});

describe("what the configuration lacks is said where it stands", () => {
  test.each([
    [{ type: "csv", path: "a.csv" }, /names no column for day, cost, currency, provider; add .* or name a mapping \(openai-console/],
    [{ type: "csv", path: "a.csv", columns: { day: "d", cost: "c", provider: "p" } }, /names no column for currency/],
    [
      { type: "csv", path: "a.csv", mapping: "anthropic-console", columns: { category: { constant: "Purchse" } } },
      /^expected one of Usage, Purchase, Tax, Credit, Adjustment$/,
    ],
    [
      { type: "csv", path: "a.csv", mapping: "anthropic-console", columns: { frequency: { constant: "monthly" } } },
      /^expected one of Usage-Based, Recurring, One-Time$/,
    ],
    [{ type: "csv", path: "a.csv", mapping: "bing" }, /expected one of openai-console, anthropic-console/],
    [{ type: "csv", path: "a.csv", mapping: "anthropic-console", columns: { costs: "x" } }, /costs/],
  ])("%j", (entry, message) => {
    expect(
      sourceSchema()
        .safeParse(entry)
        .error?.issues.map((issue) => (issue.code === "unrecognized_keys" ? issue.keys.join() : issue.message))
        .join("; "),
    ).toMatch(message);
  });
});

describe("public data, mapped by hand, adds up to the rows added by other means", () => {
  const fixtures = join(import.meta.dirname, "../../fixtures/focus");
  test.each(["servegen-14d-12clients.focus.csv", "burstgpt-ai-2023-11-08_2023-12-12.focus.csv", "mybinder-gcp-2017-12_2018-08.focus.csv"])(
    "%s",
    async (name) => {
      const rows = Papa.parse<Record<string, string>>(readFileSync(join(fixtures, name), "utf8").trim(), { header: true }).data;
      const pico = (text: string) => {
        const [, sign, whole, fraction = ""] = /^(-?)(\d+)\.?(\d*)$/.exec(text) ?? [];
        return BigInt(`${sign}${whole}${fraction.padEnd(12, "0")}`);
      };
      const expected = Map.groupBy(rows, (row) => row["ChargePeriodStart"]?.slice(0, 10) ?? "");
      const { charges } = await readEntry(fixtures, {
        type: "csv",
        path: name,
        columns: {
          day: "ChargePeriodStart",
          cost: "BilledCost",
          currency: "BillingCurrency",
          provider: "ProviderName",
          service: "ServiceName",
          model: "x_Model",
          requests: "x_RequestCount",
        },
      });
      expect(costByDay(charges)).toEqual(
        Object.fromEntries(
          [...expected].map(([day, all]) => [
            day,
            (all.reduce((sum, row) => sum + pico(row["BilledCost"] ?? ""), 0n) + 500_000n) / 1_000_000n,
          ]),
        ),
      );
      expect(totalOf(charges, ({ requests }) => requests)).toBe(rows.reduce((sum, row) => sum + Number(row["x_RequestCount"]), 0));
    },
  );
});
