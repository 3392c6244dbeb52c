import { adminKey, invalid, pageOf, refusalOf } from "./anthropic.ts";
import { type Asked, type VendorApi } from "./server.ts";
import type { TestVendor } from "./vendor.ts";

/** What somebody used of a model on a day: a person by address, or a key by name. */
export interface ClaudeCodeUse {
  readonly day: string;
  readonly email?: string;
  readonly key?: string;
  /** Null where the organization pays for it as API usage. */
  readonly subscription: string | null;
  readonly model: string;
  readonly cents: number;
  readonly currency?: string;
  readonly input: number;
  readonly read: number;
  readonly written: number;
  readonly output: number;
}

function recordOf({ day, email, key, subscription, ...use }: ClaudeCodeUse) {
  return {
    date: `${day}T00:00:00Z`,
    actor: email === undefined ? { type: "api_actor", api_key_name: key ?? "" } : { type: "user_actor", email_address: email },
    organization_id: "0b9d1f0e-6c55-4a0e-9b5f-2f1d3c4b5a69",
    customer_type: subscription === null ? "api" : "subscription",
    subscription_type: subscription,
    terminal_type: "vscode",
    core_metrics: {
      num_sessions: 5,
      lines_of_code: { added: 1543, removed: 892 },
      commits_by_claude_code: 12,
      pull_requests_by_claude_code: 2,
    },
    tool_actions: { edit_tool: { accepted: 45, rejected: 5 } },
    model_breakdown: [
      {
        model: use.model,
        tokens: { input: use.input, output: use.output, cache_read: use.read, cache_creation: use.written },
        estimated_cost: { amount: use.cents, currency: use.currency ?? "USD" },
      },
    ],
  };
}

/** Anthropic's report of one organization on Claude Code: a day at a time. */
export function claudeCodeApi(uses: readonly ClaudeCodeUse[]): VendorApi {
  const answer = (asked: Asked) => {
    const day = asked.query.get("starting_at") ?? "";
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) return invalid("starting_at: must be a date in YYYY-MM-DD format");
    return pageOf(asked, uses.filter((use) => use.day === day).map(recordOf), 20, 1000);
  };
  return {
    base: "",
    refusalOf,
    routes: [
      {
        at: "GET /v1/organizations/usage_report/claude_code",
        params: ["starting_at", "limit", "page"],
        required: ["starting_at"],
        schema: "anthropic-claude-code.schema.json",
        answer,
      },
    ],
  };
}

const use: ClaudeCodeUse = {
  day: "2026-09-01",
  key: "ci",
  subscription: null,
  model: "claude-opus-5-5",
  cents: 123.45,
  input: 100,
  read: 400,
  written: 30,
  output: 50,
};

/** The first day asked for has more records than a page of the default holds. */
export const claudeCodeUses: readonly ClaudeCodeUse[] = [
  ...Array.from({ length: 25 }, (_, n): ClaudeCodeUse => ({ ...use, day: "2026-08-11", key: `ci-${n}`, cents: 4, input: n })),
  use,
  { ...use, day: "2026-10-30", email: "octocat@example.com", cents: 10 },
  { ...use, day: "2026-10-30", email: "hubot@example.com", subscription: "team", cents: 200 },
  { ...use, day: "2026-11-08", model: "claude-haiku-5", cents: 0.01 },
];

export const claudeCode: TestVendor = {
  type: "anthropic",
  api: claudeCodeApi(claudeCodeUses),
  env: { ANTHROPIC_ADMIN_KEY: adminKey },
  entry: { report: "claude-code" },
  asOf: "2026-11-09",
  total: "4.3346",
  days: { "2026-08-11": "1", "2026-09-01": "1.2345", "2026-10-30": "2.1", "2026-11-08": "0.0001" },
  of: ["Anthropic · Claude Code", "Claude subscription · Claude Code"],
  tokens: 14_620,
  requests: null,
};
