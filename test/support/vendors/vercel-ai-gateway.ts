import { type Asked, type Refusal, refuse, type VendorApi } from "./server.ts";
import type { TestVendor } from "./vendor.ts";

/** Requests of a day that are alike. */
export interface Use {
  readonly day: string;
  readonly model: string;
  readonly provider: string;
  readonly user: string | null;
  readonly tags: readonly string[];
  readonly cost: number;
  readonly market: number;
  readonly input: number;
  readonly cached: number;
  readonly written: number;
  readonly output: number;
  readonly requests: number;
}

const said = (status: number, message: string): Refusal => refuse(status, { error: { message, type: "invalid_request_error" } });

function refusalOf({ headers }: Asked): Refusal | null {
  const key = headers.authorization?.replace("Bearer ", "") ?? "";
  if (key.startsWith("vck_hobby")) return said(403, "Custom reporting is available on Pro and Enterprise plans");
  return key.startsWith("vck_") ? null : said(401, `Invalid API key ${key}`);
}

/** Names that uses stand under; a use with two tags stands under both, one without a user under none. */
const groups: Readonly<Record<string, (use: Use) => readonly string[]>> = {
  day: ({ day }) => [day],
  model: ({ model }) => [model],
  provider: ({ provider }) => [provider],
  tag: ({ tags }) => tags,
  user: ({ user }) => (user === null ? [] : [user]),
};

const sumOf = (uses: readonly Use[], of: (use: Use) => number) => Number(uses.reduce((total, use) => total + of(use), 0).toFixed(12));

/** One thing to group by at a time; both dates belong to the range. */
function reportOf(uses: readonly Use[], { query }: Asked): unknown {
  const [start = "", end = "", by = ""] = ["start_date", "end_date", "group_by"].map((name) => query.get(name) ?? "");
  const namesOf = groups[by];
  if (namesOf === undefined) return said(400, `group_by: invalid value ${by}`);
  if (query.has("date_part") && by !== "day") return said(400, "date_part requires group_by=day");
  if (start > end) return said(400, "start_date must not be after end_date");
  const parts = uses.filter(({ day }) => day >= start && day <= end).flatMap((use) => namesOf(use).map((name) => ({ name, use })));
  return {
    results: [...Map.groupBy(parts, ({ name }) => name)].map(([name, list]) => {
      const inside = list.map(({ use }) => use);
      return {
        [by]: name,
        total_cost: sumOf(inside, ({ cost }) => cost),
        market_cost: sumOf(inside, ({ market }) => market),
        input_tokens: sumOf(inside, ({ input }) => input),
        output_tokens: sumOf(inside, ({ output }) => output),
        cached_input_tokens: sumOf(inside, ({ cached }) => cached),
        cache_creation_input_tokens: sumOf(inside, ({ written }) => written),
        reasoning_tokens: 0,
        request_count: sumOf(inside, ({ requests }) => requests),
      };
    }),
  };
}

/** Vercel's AI Gateway of one team. */
export function vercelApi(uses: readonly Use[]): VendorApi {
  return {
    base: "/v1",
    refusalOf,
    routes: [
      {
        at: "GET /report",
        params: ["start_date", "end_date", "group_by", "date_part", "user_id", "model", "provider", "credential_type", "tags"],
        required: ["start_date", "end_date", "group_by"],
        schema: "vercel-ai-gateway-report.schema.json",
        answer: (asked) => reportOf(uses, asked),
      },
    ],
  };
}

/** The key that the server takes. */
export const gatewayKey = "vck_8Wm3Rt5Yb9Nd2VQz7Xk0Lc4F";

export const use: Use = {
  day: "2026-10-30",
  model: "anthropic/claude-opus-5.5",
  provider: "anthropic",
  user: "customer-1",
  tags: ["feature:chat"],
  cost: 0.25,
  market: 0.25,
  input: 100,
  cached: 40,
  written: 10,
  output: 20,
  requests: 3,
};

export const gatewayUses: readonly Use[] = [
  { ...use, day: "2026-08-11", cost: 1.5 },
  use,
  { ...use, model: "openai/gpt-5.4", provider: "azure", user: null, tags: [], cost: 0.000002 },
  { ...use, day: "2026-11-01", model: "openai/gpt-5.4", provider: "openai", cost: 0, market: 7.5 },
  { ...use, day: "2026-11-08", cost: 2 },
  { ...use, day: "2026-11-09", cost: 99 },
];

export const vercelAiGateway: TestVendor = {
  api: vercelApi(gatewayUses),
  env: { AI_GATEWAY_API_KEY: gatewayKey },
  asOf: "2026-11-09",
  total: "3.750002",
  days: { "2026-08-11": "1.5", "2026-10-30": "0.250002", "2026-11-08": "2" },
  of: ["Vercel · AI Gateway"],
  tokens: 600,
  requests: 15,
};
