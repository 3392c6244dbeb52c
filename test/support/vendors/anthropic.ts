import { addDays, daysBetween, eachDay } from "../../../src/core/day.ts";
import { type Asked, isRefusal, type Refusal, refuse, type VendorApi } from "./server.ts";
import type { TestVendor } from "./vendor.ts";

/** What a key used of a model on a day, and what it cost in cents. */
export interface Use {
  readonly day: string;
  readonly model: string | null;
  /** Null: the default workspace, which the older reports leave without an id. */
  readonly workspace: string | null;
  /** Null: the Playground. */
  readonly key: string | null;
  readonly costType: "tokens" | "web_search";
  readonly cents: string;
  readonly input: number;
  readonly read: number;
  readonly written: readonly [short: number, long: number];
  readonly output: number;
  readonly requests: number;
}

/** An organization; without `analytics` it has the older reports alone. */
export interface Organization {
  readonly uses: readonly Use[];
  readonly analytics: boolean;
  readonly refreshedAt: string | null;
}

const failed = (status: number, type: string, message: string): Refusal => refuse(status, { type: "error", error: { type, message } });
export const invalid = (message: string) => failed(400, "invalid_request_error", message);

export function refusalOf({ headers, path }: Asked): Refusal | null {
  if (headers["anthropic-version"] !== "2023-06-01") return invalid("anthropic-version: header is required");
  const key = headers["x-api-key"];
  if (typeof key !== "string") return failed(401, "authentication_error", "x-api-key header is required");
  if (path.includes("/analytics/") && headers["anthropic-beta"] !== "analytics-usage-cost-2026-08-24")
    return failed(404, "not_found_error", "Not found");
  if (key.startsWith("sk-ant-api")) return failed(403, "permission_error", "Authentication method not allowed");
  return key.startsWith("sk-ant-admin") ? null : failed(401, "authentication_error", `invalid x-api-key: ${key}`);
}

const defaultId = "wrkspc_default";
const startOf = (day: string) => `${day}T00:00:00Z`;
const sumOf = (uses: readonly Use[], of: (use: Use) => number) => uses.reduce((total, use) => total + of(use), 0);
/** Decimal text, exact for what the tests use. */
const centsOf = (uses: readonly Use[]) => (uses.length === 1 ? (uses[0]?.cents ?? "0") : String(sumOf(uses, ({ cents }) => Number(cents))));

/** The days asked for, none where the times are not what the vendor takes. */
function daysOf({ query }: Asked): string[] {
  const [start = "", end = ""] = [query.get("starting_at"), query.get("ending_at")].map((time) => time ?? "");
  return /^\d{4}-\d\d-\d\dT00:00:00Z$/.test(start) && /^\d{4}-\d\d-\d\dT00:00:00Z$/.test(end)
    ? eachDay({ start: start.slice(0, 10), end: end.slice(0, 10) })
    : [];
}

/** A page of items from the cursor on. */
export function pageOf<T>({ query }: Asked, items: readonly T[], standard: number, most: number) {
  const limit = Number(query.get("limit") ?? standard);
  if (limit < 1 || limit > most) return invalid(`limit: must be between 1 and ${most}`);
  const from = Number((query.get("page") ?? "page_0").slice(5));
  const hasMore = from + limit < items.length;
  return { data: items.slice(from, from + limit), has_more: hasMore, next_page: hasMore ? `page_${from + limit}` : null };
}

const groupsOf = ({ query }: Asked) => query.getAll("group_by[]");

/** Uses summed by day and the groups asked for; fields not grouped by are null. */
function grouped(uses: readonly Use[], groups: readonly string[], fields: Readonly<Record<string, (use: Use) => string | null>>) {
  const group = (use: Use) =>
    Object.fromEntries(Object.entries(fields).map(([name, of]) => [name, groups.includes(name) ? of(use) : null]));
  return [...Map.groupBy(uses, (use) => JSON.stringify([use.day, group(use)]))].map(([key, uses]) => {
    const [day, group] = JSON.parse(key) as [string, Record<string, string | null>];
    return { day, group, uses };
  });
}

const usageShape = (uses: readonly Use[]) => ({
  uncached_input_tokens: sumOf(uses, ({ input }) => input),
  cache_creation: {
    ephemeral_5m_input_tokens: sumOf(uses, ({ written }) => written[0]),
    ephemeral_1h_input_tokens: sumOf(uses, ({ written }) => written[1]),
  },
  cache_read_input_tokens: sumOf(uses, ({ read }) => read),
  output_tokens: sumOf(uses, ({ output }) => output),
  server_tool_use: { web_search_requests: 0 },
});

const analyticsFields = {
  model: ({ model }: Use) => model,
  workspace_id: ({ workspace }: Use) => workspace ?? defaultId,
  api_key_id: ({ key }: Use) => key,
};

/** A report of the analytics API: rows, or one total where no width of a bucket is given. */
function analytics(organization: Organization, asked: Asked, kind: "cost" | "usage"): unknown {
  if (!organization.analytics) return failed(403, "permission_error", "This organization has no access to analytics.");
  const fields = kind === "cost" ? { ...analyticsFields, cost_type: ({ costType }: Use) => costType } : analyticsFields;
  const groups = groupsOf(asked);
  const strange = groups.find((group) => !Object.keys(fields).includes(group));
  if (strange !== undefined) return invalid(`group_by: unknown value ${strange}`);
  const days = daysOf(asked);
  const [first = "", last = ""] = [days[0], days.at(-1)];
  if (days.length === 0 || first < "2026-01-01") return invalid("starting_at: must not be before 2026-01-01T00:00:00Z");
  if (daysBetween(first, last) >= 31) return invalid("ending_at: the range must be at most 31 days");
  const inside = organization.uses.filter(({ day, costType }) => days.includes(day) && (kind === "cost" || costType === "tokens"));
  const whole = asked.query.get("time_bucket_width") === null ? inside.map((use) => ({ ...use, day: first })) : inside;
  const rows = grouped(whole, groups, fields).map(({ day, group, uses }) => ({
    starting_at: startOf(day),
    ending_at: startOf(addDays(day, 1)),
    group,
    ...(kind === "cost"
      ? { cost: { amount: centsOf(uses), list_amount: String(Number(centsOf(uses)) * 2), currency: "USD", requests: null } }
      : { usage: { ...usageShape(uses), total_tokens: 0, requests: sumOf(uses, ({ requests }) => requests) } }),
  }));
  const page = pageOf(asked, rows.reverse(), 20, 1000);
  return isRefusal(page) ? page : { ...page, data_refreshed_at: organization.refreshedAt };
}

/** A report of the older API: buckets of days. */
function older(organization: Organization, asked: Asked, kind: "cost" | "usage"): unknown {
  const groups = groupsOf(asked);
  const fields =
    kind === "cost"
      ? { workspace_id: ({ workspace }: Use) => workspace, description: ({ model, costType }: Use) => `${model ?? costType} Usage` }
      : { workspace_id: ({ workspace }: Use) => workspace, model: ({ model }: Use) => model, api_key_id: ({ key }: Use) => key };
  const strange = groups.find((group) => !Object.keys(fields).includes(group));
  if (strange !== undefined) return invalid(`group_by: unknown value ${strange}`);
  const uses = organization.uses.filter(({ costType }) => kind === "cost" || costType === "tokens");
  const buckets = daysOf(asked).map((day) => ({
    starting_at: startOf(day),
    ending_at: startOf(addDays(day, 1)),
    results: grouped(
      uses.filter((use) => use.day === day),
      groups,
      fields,
    ).map(({ group, uses: [first, ...rest] }) => {
      const all = first ? [first, ...rest] : [];
      const described = groups.includes("description");
      return kind === "usage"
        ? { ...usageShape(all), ...group }
        : {
            amount: centsOf(all),
            currency: "USD",
            ...group,
            cost_type: described ? first?.costType : null,
            model: described && first?.costType === "tokens" ? first.model : null,
          };
    }),
  }));
  return pageOf(asked, buckets, 7, 31);
}

/** Things by id, a page at a time. */
function listOf({ query }: Asked, names: Readonly<Record<string, string>>): unknown {
  const limit = Number(query.get("limit") ?? 20);
  if (limit < 1 || limit > 1000) return invalid("limit: must be between 1 and 1000");
  const ids = Object.keys(names);
  const from = ids.indexOf(query.get("after_id") ?? "") + 1;
  const page = ids.slice(from, from + limit);
  const data = page.map((id) => ({ id, name: names[id] }));
  return { data, first_id: page[0] ?? null, last_id: page.at(-1) ?? null, has_more: from + limit < ids.length };
}

/** Anthropic's API for one organization. */
export function anthropicApi(organization: Organization): VendorApi {
  const newer = { params: ["starting_at", "ending_at", "time_bucket_width", "group_by[]", "limit", "page"], required: ["starting_at"] };
  const legacy = { params: ["starting_at", "ending_at", "bucket_width", "group_by[]", "limit", "page"], required: ["starting_at"] };
  const at = "GET /v1/organizations";
  return {
    base: "",
    refusalOf,
    routes: [
      {
        ...newer,
        at: `${at}/analytics/cost`,
        schema: "anthropic-analytics-cost.schema.json",
        answer: (asked) => analytics(organization, asked, "cost"),
      },
      {
        ...newer,
        at: `${at}/analytics/usage`,
        schema: "anthropic-analytics-usage.schema.json",
        answer: (asked) => analytics(organization, asked, "usage"),
      },
      {
        ...legacy,
        at: `${at}/cost_report`,
        schema: "anthropic-cost-report.schema.json",
        answer: (asked) => older(organization, asked, "cost"),
      },
      {
        ...legacy,
        at: `${at}/usage_report/messages`,
        schema: "anthropic-usage-messages.schema.json",
        answer: (asked) => older(organization, asked, "usage"),
      },
      {
        at: `${at}/workspaces`,
        params: ["limit", "after_id", "include_archived"],
        answer: (asked) => listOf(asked, { wrkspc_a: "Support" }),
      },
      {
        at: `${at}/api_keys`,
        params: ["limit", "after_id"],
        answer: (asked) => listOf(asked, { apikey_1: "production" }),
      },
    ],
  };
}

const use: Use = {
  day: "2026-09-01",
  model: "claude-opus-5-5",
  workspace: "wrkspc_a",
  key: "apikey_1",
  costType: "tokens",
  cents: "0",
  input: 0,
  read: 0,
  written: [0, 0],
  output: 0,
  requests: 0,
};

/** The key that the server takes. */
export const adminKey = "sk-ant-admin01-Hq7mWz2KxT94nBvYcR0e";

export const anthropicOrganization: Organization = {
  uses: [
    { ...use, cents: "123.45", input: 100, read: 400, written: [30, 20], output: 50, requests: 5 },
    { ...use, day: "2026-10-30", cents: "0.0001", input: 1, output: 2, requests: 1 },
    { ...use, day: "2026-10-30", model: null, costType: "web_search", cents: "10" },
    { ...use, day: "2026-10-30", workspace: null, key: null, cents: "250", input: 7, output: 3, requests: 1 },
    ...eachDay({ start: "2026-10-01", end: "2026-10-25" }).map((day): Use => ({ ...use, day, cents: "4", output: 1, requests: 1 })),
    { ...use, day: "2026-11-08", cents: "88.5", output: 9, requests: 2 },
  ],
  analytics: true,
  refreshedAt: "2026-11-09T05:58:00Z",
};

export const anthropic: TestVendor = {
  api: anthropicApi(anthropicOrganization),
  env: { ANTHROPIC_ADMIN_KEY: adminKey },
  asOf: "2026-11-09",
  total: "5.679501",
  days: {
    "2026-09-01": "1.2345",
    ...Object.fromEntries(eachDay({ start: "2026-10-01", end: "2026-10-25" }).map((day) => [day, "0.04"])),
    "2026-10-30": "2.600001",
    "2026-11-08": "0.885",
  },
  of: ["Anthropic · Claude API"],
  tokens: 646,
  requests: 33,
};
