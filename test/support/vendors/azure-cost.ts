import { daysBetween, eachDay } from "../../../src/core/day.ts";
import { type Asked, type Refusal, refuse, type VendorApi } from "./server.ts";
import type { TestVendor } from "./vendor.ts";

/** A line of cost, as Azure keeps it. */
export interface Line {
  readonly day: string;
  readonly chargeType: string;
  readonly service: string;
  readonly meter: string;
  readonly resource: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly actual: number;
  readonly amortized: number;
  readonly currency: string;
}

/** A subscription with its costs. */
export interface Subscription {
  readonly lines: readonly Line[];
  readonly pageRows: number;
}

export const subscriptionId = "6b3a1f52-0c4d-4e8a-9b7e-1d2f3a4b5c6d";
/** The token that the server takes. */
export const armToken = "Zk3vWq8LpTn6YxRb1HsJdM0uFgCe5AoV";

/** A refusal as Azure's management puts it. */
export const azureError = (status: number, code: string, message: string): Refusal => refuse(status, { error: { code, message } });
const bad = (message: string) => azureError(400, "BadRequest", message);

function refusalOf({ headers, path }: Asked): Refusal | null {
  if (path.endsWith("/oauth2/v2.0/token")) return null;
  return headers.authorization === `Bearer ${armToken}`
    ? null
    : azureError(401, "InvalidAuthenticationToken", `The access token is invalid: ${headers.authorization}`);
}

const dimensions: Readonly<Record<string, (line: Line) => string>> = {
  ChargeType: ({ chargeType }) => chargeType,
  ServiceName: ({ service }) => service,
  Meter: ({ meter }) => meter,
  ResourceGroupName: ({ resource }) => resource.split("/")[4] ?? "",
  SubscriptionName: ({ resource }) => (resource === "" ? "" : "Production"),
  ResourceId: ({ resource }) => resource,
};

interface Dimension {
  readonly name: string;
  readonly operator: string;
  readonly values: readonly string[];
}
interface Body {
  readonly type: string;
  readonly timeframe: string;
  readonly timePeriod: { readonly from: string; readonly to: string };
  readonly dataset: {
    readonly granularity: string;
    readonly aggregation: Readonly<Record<string, { readonly name: string; readonly function: string }>>;
    readonly grouping: readonly { readonly type: string; readonly name: string }[];
    readonly filter?: { readonly dimensions?: Dimension; readonly and?: readonly { readonly dimensions: Dimension }[] };
  };
}

const filtersOf = ({ dataset: { filter } }: Body) =>
  (filter?.and ?? (filter?.dimensions ? [{ dimensions: filter.dimensions }] : [])).map(({ dimensions }) => dimensions);

/** What Azure refuses about a question. */
function faultOf(body: Body): Refusal | null {
  const { type, timeframe, timePeriod, dataset } = body;
  if (!["ActualCost", "AmortizedCost", "Usage"].includes(type) || timeframe !== "Custom") return bad("Invalid query definition");
  const [from, to] = [timePeriod.from.slice(0, 10), timePeriod.to.slice(0, 10)];
  if (from > to || daysBetween(from, to) > 366) return bad("The time period for pulling the data cannot exceed 1 year(s)");
  if (dataset.granularity !== "Daily" || Object.keys(dataset.aggregation).length !== 1) return bad("Invalid dataset");
  if (dataset.grouping.length > 2) return bad("Dataset grouping must not exceed 2 items");
  if (dataset.filter?.and?.length === 1) return bad("Invalid filter: and must have at least 2 items");
  const named = [...dataset.grouping.filter((group) => group.type === "Dimension"), ...filtersOf(body)];
  const strange = named.find(({ name }) => !Object.hasOwn(dimensions, name));
  return strange ? bad(`Invalid dimension '${strange.name}'. Allowed values: ${Object.keys(dimensions).join(", ")}`) : null;
}

/** The columns and all rows of an answer; the order of the columns is not that of the question. */
function tableOf(lines: readonly Line[], body: Body) {
  const { dataset, timePeriod, type } = body;
  const [from, to] = [timePeriod.from.slice(0, 10), timePeriod.to.slice(0, 10)];
  const kept = lines.filter(
    (line) =>
      line.day >= from && line.day <= to && filtersOf(body).every(({ name, values }) => values.includes(dimensions[name]?.(line) ?? "")),
  );
  const cellsOf = (line: Line) =>
    dataset.grouping.flatMap((group) =>
      group.type === "TagKey" ? [group.name, line.tags[group.name] ?? null] : [dimensions[group.name]?.(line) ?? ""],
    );
  const rows = [...Map.groupBy(kept, (line) => JSON.stringify([line.day, line.currency, cellsOf(line)]))].map(([key, group]) => {
    const [day, currency, cells] = JSON.parse(key) as [string, string, (string | null)[]];
    const cost = group.reduce((sum, line) => sum + (type === "ActualCost" ? line.actual : line.amortized), 0);
    return [...cells.toReversed(), Number(day.replaceAll("-", "")), currency, cost];
  });
  const names = dataset.grouping.flatMap((group) => (group.type === "TagKey" ? ["TagKey", "TagValue"] : [group.name]));
  const columns = [
    ...names.toReversed().map((name) => ({ name, type: "String" })),
    { name: "UsageDate", type: "Number" },
    { name: "Currency", type: "String" },
    { name: Object.keys(dataset.aggregation)[0] ?? "", type: "Number" },
  ];
  // A row without costs is not sent.
  return { columns, rows: rows.filter((row) => row.at(-1) !== 0).reverse() };
}

/** Azure's management for one subscription. */
export function costManagementApi({ lines, pageRows }: Subscription): VendorApi {
  return {
    base: "",
    refusalOf,
    routes: [
      {
        at: `POST /subscriptions/${subscriptionId}/providers/Microsoft.CostManagement/query`,
        params: ["api-version", "$skiptoken"],
        required: ["api-version"],
        schema: "azure-cost-query.schema.json",
        answer: ({ body, query, headers, path }) => {
          const asked = JSON.parse(body || "{}") as Body;
          if (body === "") return bad("The body is missing: a next page is asked for with the body of the first");
          const fault = faultOf(asked);
          if (fault) return fault;
          const from = Number(query.get("$skiptoken") ?? 0);
          const { columns, rows } = tableOf(lines, asked);
          const next = new URLSearchParams({ "api-version": query.get("api-version") ?? "", $skiptoken: String(from + pageRows) });
          const nextLink = from + pageRows < rows.length ? `http://${headers.host}${path}?${next}` : null;
          return {
            id: path,
            name: "query",
            type: "Microsoft.CostManagement/query",
            properties: { nextLink, columns, rows: rows.slice(from, from + pageRows) },
          };
        },
      },
    ],
  };
}

const idOf = (group: string, rest: string) => `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/${rest}`;

export const line: Line = {
  day: "2026-09-01",
  chargeType: "Usage",
  service: "Azure OpenAI",
  meter: "gpt 4o 0806 Inp glbl Tokens",
  resource: idOf("Support-Bot", "Microsoft.CognitiveServices/accounts/support"),
  tags: {},
  actual: 1,
  amortized: 1,
  currency: "USD",
};

export const subscription: Subscription = {
  lines: [
    { ...line, day: "2026-08-10", actual: 999, amortized: 999 },
    { ...line, day: "2026-08-11", actual: 2.5, amortized: 2.5 },
    { ...line, tags: { team: "support" } },
    { ...line, meter: "gpt-4.1-mini-Outp-regnl Tokens", actual: 0.25, amortized: 0.25 },
    {
      ...line,
      service: "Storage",
      meter: "Hot LRS Data Stored",
      resource: idOf("shared", "Microsoft.Storage/storageAccounts/x"),
      actual: 3,
      amortized: 3,
    },
    { ...line, chargeType: "Purchase", service: "Azure OpenAI", meter: "Provisioned Managed", resource: "", actual: 300, amortized: 0 },
    ...eachDay({ start: "2026-10-01", end: "2026-11-01" }).map((day): Line => ({
      ...line,
      day,
      meter: "Provisioned Managed",
      actual: 0,
      amortized: 10,
    })),
    ...eachDay({ start: "2026-09-10", end: "2026-09-20" }).map((day): Line => ({ ...line, day, actual: 0.1, amortized: 0.1 })),
    { ...line, day: "2026-11-08", chargeType: "Tax", service: "", meter: "", resource: "", actual: 4, amortized: 4 },
    { ...line, day: "2026-11-08", actual: 0.000001, amortized: 0.000001 },
  ],
  pageRows: 40,
};

export const azureCost: TestVendor = {
  api: costManagementApi(subscription),
  env: { AZURE_ACCESS_TOKEN: armToken },
  entry: { scope: `subscriptions/${subscriptionId}` },
  asOf: "2026-11-09",
  total: "311.750001",
  days: {
    "2026-08-11": "2.5",
    "2026-09-01": "304.25",
    ...Object.fromEntries(eachDay({ start: "2026-09-10", end: "2026-09-20" }).map((day) => [day, "0.1"])),
    "2026-11-08": "4.000001",
  },
  of: ["Microsoft Azure · ", "Microsoft Azure · Azure OpenAI", "Microsoft Azure · Storage"],
  tokens: null,
  requests: null,
};
