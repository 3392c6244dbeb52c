import { type Asked, type Refusal, refuse, type VendorApi } from "./server.ts";
import type { TestVendor } from "./vendor.ts";

/** A row of a daily table of the proxy. */
export interface Activity {
  readonly date: string;
  readonly model: string | null;
  readonly provider: string;
  readonly key: string;
  readonly spend: number;
  /** Cached and cache-written tokens are part of it. */
  readonly prompt: number;
  readonly read?: number;
  readonly written?: number;
  readonly completion: number;
  readonly requests: number;
}

/** A proxy with its database. */
export interface Proxy {
  readonly rows: readonly Activity[];
  /** Rows once more for each tag that their requests bear. */
  readonly tags: readonly (Activity & { readonly tag: string })[];
  readonly keys: Readonly<Record<string, { readonly alias: string | null; readonly team: string | null }>>;
  readonly teams: Readonly<Record<string, string>>;
}

export const proxyKey = "sk-Wd93kLmQ0vRz57TbXe";

function refusalOf({ headers }: Asked): Refusal | null {
  const key = headers.authorization?.replace("Bearer ", "");
  if (key === undefined) return refuse(401, { error: { message: "Authentication Error, No api key passed in." } });
  return key === proxyKey ? null : refuse(401, { error: { message: `Authentication Error, Invalid proxy server token passed: ${key}` } });
}

function sumOf(rows: readonly Activity[]) {
  const total = (of: (row: Activity) => number) => rows.reduce((sum, row) => sum + of(row), 0);
  return {
    spend: total(({ spend }) => spend),
    flat_cost: 0,
    prompt_tokens: total(({ prompt }) => prompt),
    completion_tokens: total(({ completion }) => completion),
    cache_read_input_tokens: total(({ read }) => read ?? 0),
    cache_creation_input_tokens: total(({ written }) => written ?? 0),
    prompt_caching_savings_spend: 0.5,
    total_tokens: total(({ prompt, completion }) => prompt + completion),
    successful_requests: total(({ requests }) => requests),
    failed_requests: 1,
    api_requests: total(({ requests }) => requests) + 1,
  };
}

function breakdown({ keys }: Proxy, rows: readonly Activity[], nameOf: (row: Activity) => string | null) {
  const named = rows.filter((row) => nameOf(row) !== null);
  const parts = Map.groupBy(named, (row) => nameOf(row) ?? "");
  return Object.fromEntries(
    [...parts].map(([name, list]) => {
      const byKey = [...Map.groupBy(list, ({ key }) => key)].map(([key, own]) => {
        const { alias = null, team = null } = keys[key] ?? {};
        return [key, { metrics: sumOf(own), metadata: { key_alias: alias, team_id: team, user_id: null, key_exists: true } }];
      });
      return [name, { metrics: sumOf(list), metadata: {}, api_key_breakdown: Object.fromEntries(byKey) }];
    }),
  );
}

/** One page of rows as the proxy adds them up: by day, as far as they stand on the page. */
function pageOf(proxy: Proxy, all: readonly Activity[], { query }: Asked, standard: number): unknown {
  const [start, end] = [query.get("start_date") ?? "", query.get("end_date") ?? ""];
  if (start === "" || end === "") return refuse(400, { detail: { error: "Please provide start_date and end_date" } });
  const [size, page] = [Number(query.get("page_size") ?? standard), Number(query.get("page") ?? 1)];
  if (size < 1 || size > 1000 || page < 1)
    return refuse(422, { detail: [{ loc: ["query", "page_size"], msg: "Input should be less than or equal to 1000" }] });
  const known = all
    .filter(({ date, model }) => start <= date && date <= end && (query.get("model") ?? model) === model)
    .toSorted((a, b) => (a.date > b.date ? -1 : a.date < b.date ? 1 : 0));
  const rows = known.slice((page - 1) * size, page * size);
  const results = [...Map.groupBy(rows, ({ date }) => date)].map(([date, list]) => ({
    date,
    metrics: sumOf(list),
    breakdown: {
      models: breakdown(proxy, list, ({ model }) => model),
      model_groups: breakdown(proxy, list, ({ model }) => model),
      providers: breakdown(proxy, list, ({ provider }) => provider),
      endpoints: breakdown(proxy, list, () => "/chat/completions"),
      api_keys: {},
      mcp_servers: {},
      entities: breakdown(proxy, list, (row) => ("tag" in row ? String(row.tag) : "default_user_id")),
    },
  }));
  const metadata = {
    total_spend: sumOf(rows).spend,
    page,
    total_pages: Math.ceil(known.length / size),
    has_more: page * size < known.length,
  };
  return { results, metadata };
}

const common = ["start_date", "end_date", "model", "api_key", "page", "page_size"];
const schema = "litellm-daily-activity.schema.json";

/** A LiteLLM proxy. */
export function liteLlmApi(proxy: Proxy): VendorApi {
  return {
    base: "",
    refusalOf,
    routes: [
      {
        at: "GET /user/daily/activity",
        // `timezone` is one of its own, and is refused here: it made single days several times too large.
        params: [...common, "user_id"],
        schema,
        answer: (asked) => pageOf(proxy, proxy.rows, asked, 50),
      },
      {
        at: "GET /tag/daily/activity",
        params: [...common, "tags"],
        schema,
        answer: (asked) => {
          const tags = asked.query.get("tags")?.split(",");
          return pageOf(proxy, tags ? proxy.tags.filter(({ tag }) => tags.includes(tag)) : proxy.tags, asked, 10);
        },
      },
      {
        at: "GET /team/list",
        params: ["user_id", "organization_id"],
        answer: () => Object.entries(proxy.teams).map(([team_id, team_alias]) => ({ team_id, team_alias, models: [], spend: 0 })),
      },
    ],
  };
}

const row = { model: "gpt-5.4-mini", provider: "openai", key: "88dc28d0f030c55e", prompt: 0, completion: 0, requests: 0, spend: 0 };
const claude = { ...row, model: "claude-sonnet-5", key: "b1946ac92492d234" };

/** More rows than a page holds unless more are asked for. */
const many = Array.from({ length: 60 }, (_, n) => ({
  ...row,
  date: "2026-10-30",
  key: `key${n % 3}`,
  spend: 0.02,
  prompt: 2,
  requests: 1,
}));

export const liteLlmProxy: Proxy = {
  rows: [
    { ...row, date: "2026-08-11", spend: 10.5, prompt: 1000, read: 400, written: 100, completion: 50, requests: 5 },
    ...many,
    { ...claude, date: "2026-10-30", provider: "anthropic", spend: 0.25, prompt: 500, read: 500, completion: 20, requests: 2 },
    { ...claude, date: "2026-10-30", provider: "bedrock", spend: 0.75, prompt: 600, completion: 30, requests: 3 },
    { ...row, date: "2026-11-08", spend: 2.125, prompt: 70, completion: 7, requests: 1 },
    { ...row, date: "2026-11-08", model: null, spend: 0.5, prompt: 3, requests: 1 },
  ],
  tags: [],
  keys: {
    "88dc28d0f030c55e": { alias: "search-production", team: "team_1" },
    b1946ac92492d234: { alias: null, team: null },
  },
  teams: { team_1: "Search" },
};

export const litellm: TestVendor = {
  api: liteLlmApi(liteLlmProxy),
  env: { LITELLM_API_KEY: proxyKey },
  asOf: "2026-11-09",
  total: "15.325",
  days: { "2026-08-11": "10.5", "2026-10-30": "2.2", "2026-11-08": "2.625" },
  of: ["AWS · LiteLLM", "Anthropic · LiteLLM", "LiteLLM · LiteLLM", "OpenAI · LiteLLM"],
  tokens: 1050 + 120 + 520 + 630 + 77 + 3,
  requests: 5 + 60 + 2 + 3 + 1 + 1,
};
