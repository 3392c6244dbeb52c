import { addDays, eachDay } from "../../../src/core/day.ts";
import { type Asked, type Refusal, refuse, type VendorApi } from "./server.ts";
import type { TestVendor } from "./vendor.ts";

/** What a key did with a model on a day. */
export interface Use {
  readonly date: string;
  readonly model: string;
  readonly permaslug: string;
  readonly provider: string;
  readonly workspace: string;
  readonly key: string;
  readonly usage: number;
  /** What the use of own keys cost at the provider. */
  readonly own: number;
  readonly requests: number;
  readonly prompt: number;
  readonly completion: number;
}

/** An account; keys that are not listed are deleted. */
export interface Account {
  readonly uses: readonly Use[];
  /** The vendor's own day, which is not over. */
  readonly today: string;
  readonly keys: readonly { readonly hash: string; readonly name: string; readonly workspace: string; readonly usage: number }[];
}

const said = (code: number, message: string): Refusal => refuse(code, { error: { code, message } });

function refusalOf({ headers }: Asked): Refusal | null {
  const key = headers.authorization?.replace("Bearer ", "");
  if (key === undefined) return said(401, "Missing Authentication header");
  if (key.startsWith("sk-or-v1-inference")) return said(403, "Only management keys can perform this operation");
  return key.startsWith("sk-or-v1-") ? null : said(401, `User not found: ${key}`);
}

const idOf = (name: string) => `00000000-0000-4000-8000-${Buffer.from(name.padEnd(6)).toString("hex")}`;
const sumOf = (uses: readonly Use[], of: (use: Use) => number) => Number(uses.reduce((total, use) => total + of(use), 0).toFixed(12));

function activityOf({ uses, today }: Account, { query }: Asked): unknown {
  const [hash, group] = [query.get("api_key_hash"), query.get("group_by")];
  if (group !== null && group !== "workspace") return said(400, "group_by must be workspace");
  const inside = uses.filter(({ date, key }) => date >= addDays(today, -30) && date < today && (hash === null || key === hash));
  const cell = ({ date, model, permaslug, provider, workspace }: Use) =>
    JSON.stringify([date, model, permaslug, provider, group === null ? null : workspace]);
  const data = [...Map.groupBy(inside, cell)].map(([key, list]) => {
    const [date, model, model_permaslug, provider_name, workspace] = JSON.parse(key) as [string, string, string, string, string | null];
    return {
      date,
      model,
      model_permaslug,
      endpoint_id: idOf(provider_name.slice(0, 6)),
      provider_name,
      usage: sumOf(list, ({ usage }) => usage),
      byok_usage_inference: sumOf(list, ({ own }) => own),
      requests: sumOf(list, ({ requests }) => requests),
      prompt_tokens: sumOf(list, ({ prompt }) => prompt),
      completion_tokens: sumOf(list, ({ completion }) => completion),
      reasoning_tokens: 0,
      ...(workspace === null ? {} : { workspace_id: workspace }),
    };
  });
  return { data };
}

/** Keys of one workspace, a hundred at a time; without one those of the default. */
function keysOf({ keys }: Account, { query }: Asked): unknown {
  const from = Number(query.get("offset") ?? 0);
  const inside = keys.filter(({ workspace }) => workspace === (query.get("workspace_id") ?? idOf("main")));
  const nothing = {
    limit: null,
    limit_remaining: null,
    limit_reset: null,
    include_byok_in_limit: false,
    updated_at: null,
    creator_user_id: null,
  };
  const byok = { byok_usage: 0, byok_usage_daily: 0, byok_usage_weekly: 0, byok_usage_monthly: 0 };
  const data = inside.slice(from, from + 100).map(({ hash, name, usage, workspace }) => ({
    hash,
    name,
    label: "sk-or-v1-0e6...1c96",
    disabled: false,
    usage,
    usage_daily: 0,
    usage_weekly: 0,
    usage_monthly: 0,
    created_at: "2025-08-24T10:30:00Z",
    workspace_id: workspace,
    ...nothing,
    ...byok,
  }));
  return { data };
}

/** OpenRouter's API for one account. */
export function openRouterApi(account: Account): VendorApi {
  const workspaces = [
    { id: idOf("main"), name: "Production" },
    { id: idOf("lab"), name: "Lab" },
  ];
  return {
    base: "/v1",
    refusalOf,
    routes: [
      {
        at: "GET /activity",
        params: ["date", "api_key_hash", "user_id", "workspace_id", "group_by"],
        schema: "openrouter-activity.schema.json",
        answer: (asked) => activityOf(account, asked),
      },
      {
        at: "GET /keys",
        params: ["include_disabled", "offset", "workspace_id"],
        schema: "openrouter-keys.schema.json",
        answer: (asked) => keysOf(account, asked),
      },
      {
        at: "GET /workspaces",
        params: ["offset", "limit"],
        answer: ({ query }) => ({ data: workspaces.slice(Number(query.get("offset") ?? 0)), total_count: 2 }),
      },
    ],
  };
}

/** The key that the server takes. */
export const managementKey = "sk-or-v1-7d2fQm9TzWx84LbNv3RdKc6H";

export const use: Use = {
  date: "2026-10-30",
  model: "openai/gpt-4.1",
  permaslug: "openai/gpt-4.1-2025-04-14",
  provider: "OpenAI",
  workspace: idOf("main"),
  key: "aa11",
  usage: 0.015,
  own: 0,
  requests: 5,
  prompt: 50,
  completion: 125,
};
export const labId = idOf("lab");

export const openRouterAccount: Account = {
  uses: [
    { ...use, date: "2026-10-09", usage: 99 },
    { ...use, date: "2026-10-10", usage: 1.25 },
    use,
    { ...use, key: "gone", usage: 0.1 },
    { ...use, key: "bb22", workspace: labId, provider: "Azure", usage: 0.000002, own: 3.5 },
    ...eachDay({ start: "2026-10-20", end: "2026-10-24" }).map((date) => ({ ...use, date, usage: 0, model: "qwen/qwen4:free" })),
    { ...use, date: "2026-11-08", usage: 2, model: "openai/gpt-4.1:batch" },
    { ...use, date: "2026-11-09", usage: 55 },
  ],
  today: "2026-11-09",
  keys: [
    { hash: "aa11", name: "support", workspace: idOf("main"), usage: 3 },
    { hash: "bb22", name: "research", workspace: labId, usage: 1 },
    { hash: "cc33", name: "never used", workspace: labId, usage: 0 },
  ],
};

export const openrouter: TestVendor = {
  api: openRouterApi(openRouterAccount),
  env: { OPENROUTER_API_KEY: managementKey },
  asOf: "2026-11-09",
  total: "3.365002",
  days: { "2026-10-10": "1.25", "2026-10-30": "0.115002", "2026-11-08": "2" },
  of: ["Azure · OpenRouter", "OpenRouter · Azure", "OpenRouter · OpenAI"],
  tokens: 1575,
  requests: 45,
};
