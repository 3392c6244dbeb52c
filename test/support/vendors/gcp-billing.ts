import { eachDay } from "../../../src/core/day.ts";
import { type ExportRow, runQuery } from "./gcp-billing-engine.ts";
import { type Asked, type Refusal, refuse, type VendorApi } from "./server.ts";
import type { TestVendor } from "./vendor.ts";

/** A project with a dataset of exports. */
export interface Warehouse {
  readonly tables: readonly string[];
  readonly location: string;
  readonly created: string;
  readonly columns: readonly string[];
  /** By the time of loading, by a column, or not at all. */
  readonly partitioned: boolean | "column";
  readonly rows: readonly ExportRow[];
  /** The most rows of a page. */
  readonly pageRows: number;
  /** How many times a query is not done yet when it is asked for. */
  readonly waits: number;
  readonly bytes: number;
}

/** The key that the server takes. */
export const accessToken = "ya29.c0AS7rVmQz4KpXw2LtYb9HdNfEuGj";
const [project, dataset] = ["acme-billing", "billing"];
const standard = "gcp_billing_export_v1_01A2B3_C4D5E6_F70819";

/** A refusal as Google's APIs put it. */
export const googleError = (status: number, reason: string, message: string): Refusal =>
  refuse(status, { error: { code: status, message, errors: [{ message, domain: "global", reason }] } });
const invalid = (message: string) => googleError(400, "invalid", message);

function refusalOf({ headers }: Asked): Refusal | null {
  return headers.authorization?.startsWith("Bearer ya29.")
    ? null
    : googleError(401, "authError", `Request had invalid authentication credentials: ${headers.authorization}`);
}

interface QueryBody {
  readonly query: string;
  readonly useLegacySql?: boolean;
  readonly parameterMode?: string;
  readonly queryParameters: readonly { name: string; parameterType: { type: string }; parameterValue: { value: string } }[];
  readonly location?: string;
  readonly maximumBytesBilled?: string;
  readonly maxResults?: number;
  readonly timeoutMs?: number;
}
const bodyKeys = [
  "query",
  "useLegacySql",
  "parameterMode",
  "queryParameters",
  "location",
  "maximumBytesBilled",
  "maxResults",
  "timeoutMs",
] satisfies (keyof QueryBody)[];

/** What BigQuery refuses about a query before it runs it. */
function faultOf(warehouse: Warehouse, body: QueryBody): Refusal | null {
  const strange = Object.keys(body).find((key) => !(bodyKeys as string[]).includes(key));
  if (strange !== undefined) return invalid(`Invalid JSON payload received. Unknown name "${strange}"`);
  if (body.useLegacySql !== false) return invalid("Legacy SQL has no named parameters");
  const names = body.queryParameters.map(({ name }) => name);
  const unbound = [...body.query.matchAll(/@(\w+)/g)].find(([, name = ""]) => !names.includes(name));
  if (unbound) return googleError(400, "invalidQuery", `Query parameter '${unbound[1]}' not found`);
  const table = /`([^`]+)`/.exec(body.query)?.[1] ?? "";
  if (!warehouse.tables.some((id) => table === `${project}.${dataset}.${id}`) || body.location !== warehouse.location)
    return googleError(404, "notFound", `Not found: Table ${table} was not found in location ${body.location}`);
  if (warehouse.partitioned !== true && body.query.includes("_PARTITIONTIME"))
    return googleError(400, "invalidQuery", "Unrecognized name: _PARTITIONTIME");
  if (warehouse.bytes > Number(body.maximumBytesBilled))
    return googleError(400, "bytesBilledLimitExceeded", `Query exceeded limit for bytes billed. ${warehouse.bytes} or higher required.`);
  return null;
}

/** A column; one with `[]` behind its name is a list of keys and values. */
const fieldOf = (name: string) =>
  name.endsWith("[]")
    ? { name: name.slice(0, -2), type: "RECORD", mode: "REPEATED", fields: [{ name: "key", type: "STRING" }] }
    : { name, type: "STRING", mode: "NULLABLE" };

/** BigQuery's API for one project. */
export function bigQueryApi(warehouse: Warehouse): VendorApi {
  const jobs = new Map<string, { result: ReturnType<typeof runQuery>; waits: number }>();
  const answer = async (id: string, from: number, limit: number) => {
    const job = jobs.get(id);
    if (!job) return googleError(404, "notFound", `Not found: Job ${project}:${id}`);
    const jobReference = { projectId: project, jobId: id, location: warehouse.location };
    if (job.waits-- > 0) return { kind: "bigquery#queryResponse", jobReference, jobComplete: false };
    const { names, rows } = await job.result;
    const end = from + Math.min(limit, warehouse.pageRows);
    return {
      jobReference,
      jobComplete: true,
      schema: { fields: names.map((name) => ({ name, type: "STRING", mode: "NULLABLE" })) },
      ...(rows.length === 0 ? {} : { rows: rows.slice(from, end).map((row) => ({ f: row.map((v) => ({ v })) })) }),
      ...(end < rows.length ? { pageToken: `row-${end}` } : {}),
      totalRows: String(rows.length),
      totalBytesProcessed: String(warehouse.bytes),
      cacheHit: false,
    };
  };
  return {
    base: "",
    refusalOf,
    routes: [
      {
        at: `GET /bigquery/v2/projects/${project}/datasets/:d/tables`,
        params: ["maxResults", "pageToken"],
        answer: ({ query }, [name]) => {
          if (name !== dataset) return googleError(404, "notFound", `Not found: Dataset ${project}:${name}`);
          const [from, limit] = [Number(query.get("pageToken") ?? 0), Math.min(Number(query.get("maxResults") ?? 50), 2)];
          const tables = warehouse.tables.slice(from, from + limit).map((tableId) => ({ tableReference: { tableId }, type: "TABLE" }));
          // An empty dataset has no list at all.
          return {
            ...(tables.length > 0 ? { tables } : {}),
            ...(from + limit < warehouse.tables.length ? { nextPageToken: String(from + limit) } : {}),
          };
        },
      },
      {
        at: `GET /bigquery/v2/projects/${project}/datasets/${dataset}/tables/:t`,
        answer: (_, [id = ""]) =>
          warehouse.tables.includes(id)
            ? {
                id: `${project}:${dataset}.${id}`,
                location: warehouse.location,
                creationTime: String(Date.parse(`${warehouse.created}T09:30:00Z`)),
                ...(warehouse.partitioned === false
                  ? {}
                  : { timePartitioning: { type: "DAY", ...(warehouse.partitioned === true ? {} : { field: "usage_start_time" }) } }),
                schema: { fields: warehouse.columns.map(fieldOf) },
              }
            : googleError(404, "notFound", `Not found: Table ${project}:${dataset}.${id}`),
      },
      {
        at: `POST /bigquery/v2/projects/:p/queries`,
        answer: async ({ body }) => {
          const asked = JSON.parse(body) as QueryBody;
          const fault = faultOf(warehouse, asked);
          if (fault) return fault;
          const values = Object.fromEntries(asked.queryParameters.map(({ name, parameterValue }) => [name, parameterValue.value]));
          const id = `job_${jobs.size + 1}`;
          jobs.set(id, { result: runQuery(warehouse.rows, asked.query, values), waits: warehouse.waits });
          return answer(id, 0, asked.maxResults ?? Infinity);
        },
      },
      {
        at: `GET /bigquery/v2/projects/:p/queries/:j`,
        params: ["location", "maxResults", "timeoutMs", "pageToken"],
        required: ["location"],
        answer: ({ query }, [, id = ""]) =>
          answer(id, Number((query.get("pageToken") ?? "row-0").slice(4)), Number(query.get("maxResults") ?? Infinity)),
      },
    ],
  };
}

export const focusColumns = [
  "BillingAccountId",
  "SubAccountId",
  "ServiceName",
  "ChargeDescription",
  "ChargePeriodStart",
  "BillingPeriodStart",
  "BillingCurrency",
  "ChargeCategory",
  "ChargeClass",
  "BilledCost",
  "EffectiveCost",
];

export const exportRow: ExportRow = {
  time: "2026-09-01T10:00:00",
  month: "202609",
  project: "support-bot",
  service: "Vertex AI",
  sku: "Gemini 2.5 Pro Text Input - Predictions",
  cost: 0,
  credits: [],
  labels: {},
  projectLabels: {},
  kind: "regular",
  currency: "USD",
  loaded: "2026-09-01T00:00:00",
};

export const warehouse: Warehouse = {
  tables: ["cloud_pricing_export", "gcp_billing_export_resource_v1_01A2B3_C4D5E6_F70819", standard],
  location: "EU",
  created: "2025-03-01",
  columns: [
    "billing_account_id",
    "service",
    "sku",
    "usage_start_time",
    "usage_end_time",
    "project",
    "labels",
    "export_time",
    "cost",
    "currency",
    "credits",
    "invoice",
    "cost_type",
  ],
  partitioned: true,
  rows: [
    { ...exportRow, time: "2026-08-10T23:59:59", cost: 1000 },
    { ...exportRow, time: "2026-08-11T00:00:00", month: "202608", cost: 1.5, loaded: "2026-08-11T00:00:00" },
    {
      ...exportRow,
      cost: 10,
      credits: [
        { type: "PROMOTION", amount: -2.5 },
        { type: "DISCOUNT", amount: -0.25 },
      ],
    },
    { ...exportRow, cost: 0.1, labels: { team: "support", env: "prod" } },
    { ...exportRow, cost: 0.2, sku: "Claude Opus 4.5 - Output Tokens", loaded: "2026-10-20T00:00:00" },
    ...eachDay({ start: "2026-10-01", end: "2026-10-26" }).map((day): ExportRow => ({
      ...exportRow,
      time: `${day}T05:00:00`,
      month: "202610",
      service: "Compute Engine",
      sku: "N1 Core",
      cost: 0.0000004,
      loaded: `${day}T00:00:00`,
    })),
    { ...exportRow, time: "2026-11-08T23:00:00", month: "202611", cost: 3, loaded: "2026-11-09T00:00:00" },
    { ...exportRow, time: "2026-11-09T00:00:00", month: "202611", cost: 500, loaded: "2026-11-09T00:00:00" },
  ],
  pageRows: 10,
  waits: 0,
  bytes: 12_582_912,
};

export const gcpBilling: TestVendor = {
  api: bigQueryApi(warehouse),
  env: { GOOGLE_OAUTH_ACCESS_TOKEN: accessToken },
  entry: { project, dataset },
  asOf: "2026-11-09",
  total: "12.05",
  days: { "2026-08-11": "1.5", "2026-09-01": "7.55", "2026-11-08": "3" },
  of: ["Google Cloud · Compute Engine", "Google Cloud · Vertex AI"],
  tokens: null,
  requests: null,
};
