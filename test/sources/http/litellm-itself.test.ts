import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Activity, liteLlmApi, liteLlmProxy, proxyKey } from "../../support/vendors/litellm.ts";
import { startVendor } from "../../support/vendors/server.ts";
import { folderWith, readEntry, refusalOf } from "../support.ts";

/** A Python that has `litellm[proxy]`. */
const python = process.env["OVERPACE_LITELLM_PYTHON"];

/** A row as the proxy's tables hold it. */
const tableRow = (row: Activity & { readonly tag?: string }, index: number) => ({
  id: String(index).padStart(6, "0"),
  date: row.date,
  api_key: row.key,
  model: row.model,
  model_group: row.model,
  custom_llm_provider: row.provider,
  mcp_namespaced_tool_name: null,
  endpoint: "/chat/completions",
  user_id: "default_user_id",
  spend: row.spend,
  prompt_tokens: row.prompt,
  completion_tokens: row.completion,
  cache_read_input_tokens: row.read ?? 0,
  cache_creation_input_tokens: row.written ?? 0,
  compression_saved_tokens: 0,
  compression_savings_spend: 0,
  prompt_caching_savings_spend: 0.5,
  gateway_injected_caching_savings_spend: 0,
  autorouter_savings_spend: 0,
  api_requests: row.requests + 1,
  successful_requests: row.requests,
  failed_requests: 1,
  total_response_time_ms: 0,
  timed_requests: 0,
  ...(row.tag === undefined ? {} : { tag: row.tag }),
});

const tagged = liteLlmProxy.rows
  .filter(({ date, model }) => date === "2026-08-11" && model !== null)
  .map((row) => ({ ...row, spend: 4.5, prompt: 600, requests: 2, tag: "feature:search" }));
const proxy = { ...liteLlmProxy, tags: tagged, teams: {} };

const tables = {
  litellm_dailyuserspend: proxy.rows.map(tableRow),
  litellm_dailytagspend: proxy.tags.map(tableRow),
  litellm_verificationtoken: Object.entries(proxy.keys).map(([token, { alias, team }]) => ({
    token,
    key_alias: alias,
    team_id: team,
    user_id: null,
    metadata: {},
  })),
};

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

describe.skipIf(python === undefined)("LiteLLM itself (skipped unless OVERPACE_LITELLM_PYTHON names a Python with litellm[proxy])", () => {
  let process: ChildProcess | undefined;
  let url = "";
  beforeAll(async () => {
    const file = join(folderWith({}), "tables.json");
    writeFileSync(file, JSON.stringify(tables));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const env = { ...globalThis.process.env, LITELLM_LOCAL_MODEL_COST_MAP: "True" };
    process = spawn(python ?? "", [join(import.meta.dirname, "../../support/litellm/serve.py"), file, proxyKey, String(port)], {
      env,
      stdio: "ignore",
    });
    for (let tries = 0; tries < 120; tries += 1) {
      if (
        await fetch(`${url}/health/liveliness`).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        return;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    throw new Error("LiteLLM did not start");
  }, 150_000);
  afterAll(() => process?.kill());

  const read = (baseUrl: string, setting: object = {}) =>
    readEntry(
      "/",
      { type: "litellm", baseUrl },
      { asOf: "2026-11-09", env: { LITELLM_API_KEY: proxyKey }, tagKeys: ["feature"], ...setting },
    );

  test("gives what our own server gives", async () => {
    const server = await startVendor(liteLlmApi(proxy));
    const ours = await read(server.url);
    await server.close();
    expect(await read(url)).toEqual(ours);
  }, 60_000);

  test("refuses another key", async () => {
    const problem = await refusalOf(read(url, { env: { LITELLM_API_KEY: "sk-4rTk29QmXw81ZbVt0c" } }));
    expect(problem.message).toContain("does not accept the key");
  });
});
