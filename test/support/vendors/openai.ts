import { addDays, eachDay } from "../../../src/core/day.ts";
import { type Asked, type Refusal, refuse, type VendorApi } from "./server.ts";
import type { TestVendor } from "./vendor.ts";

/** A line of cost, as the vendor keeps it. */
export interface Cost {
  readonly day: string;
  readonly line: string;
  readonly project: string;
  readonly key: string | null;
  readonly value: string | number;
  readonly currency?: string;
}

/** Tokens and requests of a model on a day; `input` holds those from the cache and those written to it. */
export interface Use {
  readonly day: string;
  readonly model: string;
  readonly project: string;
  readonly key: string | null;
  readonly input: number;
  readonly cached: number;
  readonly written: number;
  readonly output: number;
  readonly requests: number;
}

/** An organization. */
export interface Organization {
  readonly costs: readonly Cost[];
  readonly uses: readonly Use[];
  readonly projects: Readonly<Record<string, string>>;
  /** Names of keys by id, by project. */
  readonly keys: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const seconds = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1000;
const dayAt = (time: number) => new Date(time * 1000).toISOString().slice(0, 10);

function refusalOf({ headers }: Asked): Refusal | null {
  const key = headers.authorization?.replace("Bearer ", "");
  if (key === undefined) return refuse(401, { error: { message: "Missing bearer authentication in header" } });
  if (key.startsWith("sk-proj-"))
    return refuse(403, { error: { message: "You have insufficient permissions for this operation. Missing scopes: api.usage.read." } });
  return key.startsWith("sk-admin-") ? null : refuse(401, { error: { message: `Incorrect API key provided: ${key}.` } });
}

/** The days of a page, and the cursor of the next. */
function pageOf({ query }: Asked, most: number): { days: string[]; next: string | null } | Refusal {
  const limit = Number(query.get("limit") ?? 7);
  if (limit < 1 || limit > most) return refuse(400, { error: { message: `limit must be between 1 and ${most}` } });
  if ((query.get("bucket_width") ?? "1d") !== "1d") return refuse(400, { error: { message: "bucket_width must be 1d" } });
  const [start, end] = [Number(query.get("start_time")), Number(query.get("end_time"))];
  if (!(start < end)) return refuse(400, { error: { message: "start_time must be before end_time" } });
  const days = eachDay({ start: dayAt(start), end: dayAt(end) });
  const from = Number((query.get("page") ?? "page_0").slice(5));
  const next = from + limit < days.length ? `page_${from + limit}` : null;
  return { days: days.slice(from, from + limit), next };
}

/** Rows summed by the groups asked for; fields not grouped by are null. */
function grouped<T>(rows: readonly T[], groups: readonly string[], fields: Readonly<Record<string, (row: T) => string | null>>) {
  const keyOf = (row: T) => Object.fromEntries(Object.entries(fields).map(([name, of]) => [name, groups.includes(name) ? of(row) : null]));
  return [...Map.groupBy(rows, (row) => JSON.stringify(keyOf(row)))].map(([key, rows]) => ({
    key: JSON.parse(key) as Record<string, string | null>,
    rows,
  }));
}

function bucketPage(
  asked: Asked,
  most: number,
  allowed: readonly string[],
  resultsOf: (day: string, groups: readonly string[]) => unknown[],
): unknown {
  const groups = asked.query.getAll("group_by[]");
  const strange = groups.find((group) => !allowed.includes(group));
  if (strange !== undefined) return refuse(400, { error: { message: `Invalid value: '${strange}'.` } });
  const page = pageOf(asked, most);
  if ("status" in page) return page;
  const data = page.days.map((day) => ({
    object: "bucket",
    start_time: seconds(day),
    end_time: seconds(addDays(day, 1)),
    results: resultsOf(day, groups),
  }));
  return { object: "page", data, has_more: page.next !== null, next_page: page.next };
}

function costResults({ costs }: Organization, day: string, groups: readonly string[]) {
  const fields = { line_item: (cost: Cost) => cost.line, project_id: (cost: Cost) => cost.project, api_key_id: (cost: Cost) => cost.key };
  return grouped(
    costs.filter((cost) => cost.day === day),
    groups,
    fields,
  ).map(({ key, rows }) => ({
    object: "organization.costs.result",
    amount: {
      // As live replies have it: text.
      value: rows.length === 1 ? rows[0]?.value : String(rows.reduce((sum, { value }) => sum + Number(value), 0)),
      currency: rows[0]?.currency ?? "usd",
    },
    ...key,
    quantity: null,
    quantity_unit: null,
  }));
}

function useResults({ uses }: Organization, day: string, groups: readonly string[]) {
  const fields = { model: (use: Use) => use.model, project_id: (use: Use) => use.project, api_key_id: (use: Use) => use.key };
  const ofDay = uses.filter((use) => use.day === day);
  return grouped(ofDay, groups, fields).map(({ key, rows }) => {
    const sum = (field: "input" | "cached" | "written" | "output" | "requests") => rows.reduce((total, use) => total + use[field], 0);
    return {
      object: "organization.usage.completions.result",
      input_tokens: sum("input"),
      input_cached_tokens: sum("cached"),
      input_cache_write_tokens: sum("written"),
      input_uncached_tokens: sum("input") - sum("cached") - sum("written"),
      output_tokens: sum("output"),
      num_model_requests: sum("requests"),
      user_id: null,
      batch: null,
      service_tier: null,
      ...key,
    };
  });
}

/** Things by id, a page at a time. */
function listOf({ query }: Asked, object: string, names: Readonly<Record<string, string>>): unknown {
  const limit = Number(query.get("limit") ?? 20);
  if (limit < 1 || limit > 100) return refuse(400, { error: { message: "limit must be between 1 and 100" } });
  const ids = Object.keys(names);
  const from = ids.indexOf(query.get("after") ?? "") + 1;
  const page = ids.slice(from, from + limit);
  const data = page.map((id) => ({ object, id, name: names[id], created_at: 1_711_471_533 }));
  return { object: "list", data, first_id: page[0] ?? null, last_id: page.at(-1) ?? null, has_more: from + limit < ids.length };
}

const times = ["start_time", "end_time", "bucket_width", "limit", "page", "group_by[]"];

/** OpenAI's API for one organization. */
export function openAiApi(organization: Organization): VendorApi {
  return {
    base: "/v1",
    refusalOf,
    routes: [
      {
        at: "GET /organization/costs",
        params: times,
        required: ["start_time"],
        schema: "openai-costs.schema.json",
        answer: (asked) =>
          bucketPage(asked, 180, ["line_item", "project_id", "api_key_id"], (day, groups) => costResults(organization, day, groups)),
      },
      {
        at: "GET /organization/usage/completions",
        params: times,
        required: ["start_time"],
        schema: "openai-usage-completions.schema.json",
        answer: (asked) =>
          bucketPage(asked, 31, ["project_id", "api_key_id", "model"], (day, groups) => useResults(organization, day, groups)),
      },
      {
        at: "GET /organization/projects",
        params: ["limit", "after", "include_archived"],
        answer: (asked) => listOf(asked, "organization.project", organization.projects),
      },
      {
        at: "GET /organization/projects/:id/api_keys",
        params: ["limit", "after", "owner_project_access"],
        answer: (asked, [project = ""]) => listOf(asked, "organization.project.api_key", organization.keys[project] ?? {}),
      },
    ],
  };
}

const use = { project: "proj_a", key: "key_1", model: "gpt-5.4-2026-03-05" };

/** The key that the server takes. */
export const adminKey = "sk-admin-Zq8vN3xTkW71bLrY0aPd";

export const openAiOrganization: Organization = {
  costs: [
    { day: "2026-09-01", line: `${use.model}, input`, project: "proj_a", key: "key_1", value: "10.5" },
    { day: "2026-10-30", line: `${use.model}, input_tokens`, project: "proj_a", key: "key_1", value: "1.00000000000000000000000001" },
    { day: "2026-10-30", line: `${use.model}, cached input`, project: "proj_a", key: "key_1", value: 0.25 },
    { day: "2026-10-30", line: "web search tool calls", project: "proj_b", key: null, value: "0.004" },
    { day: "2026-11-08", line: `${use.model}, output`, project: "proj_a", key: "key_1", value: "2.125" },
  ],
  uses: [
    { ...use, day: "2026-09-01", input: 1000, cached: 400, written: 100, output: 50, requests: 5 },
    { ...use, day: "2026-10-30", input: 500, cached: 500, written: 0, output: 20, requests: 2 },
    { ...use, day: "2026-11-08", input: 70, cached: 0, written: 0, output: 7, requests: 1 },
    { ...use, day: "2026-11-08", model: "gpt-6-astra", input: 9, cached: 0, written: 0, output: 1, requests: 1 },
  ],
  projects: { proj_a: "Support", proj_b: "Search" },
  keys: { proj_a: { key_1: "production" } },
};

export const openai: TestVendor = {
  api: openAiApi(openAiOrganization),
  env: { OPENAI_ADMIN_KEY: adminKey },
  asOf: "2026-11-09",
  total: "13.879",
  days: { "2026-09-01": "10.5", "2026-10-30": "1.254", "2026-11-08": "2.125" },
  of: ["OpenAI · OpenAI API"],
  tokens: 1657,
  requests: 9,
};
