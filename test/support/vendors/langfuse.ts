import { type Asked, type Refusal, refuse, type VendorApi } from "./server.ts";
import type { TestVendor } from "./vendor.ts";

/** An observation, as far as metrics tell. */
export interface Observation {
  readonly time: string;
  readonly providedModelName: string | null;
  readonly traceName: string;
  readonly environment?: string;
  readonly cost: number;
  readonly input: number;
  readonly output: number;
}

export const publicKey = "pk-lf-7c1e94b2-0d3f-4a68";
export const secretKey = "sk-lf-Xq82LmzT-93vb-Kd07";

function refusalOf({ headers }: Asked): Refusal | null {
  const [, encoded = ""] = /^Basic (.+)$/.exec(headers.authorization ?? "") ?? [];
  return Buffer.from(encoded, "base64").toString() === `${publicKey}:${secretKey}`
    ? null
    : refuse(401, { error: "UnauthorizedError", message: "Invalid credentials. Confirm that you've configured the correct host." });
}

interface Question {
  readonly view: string;
  readonly dimensions: readonly { readonly field: string }[];
  readonly metrics: readonly { readonly measure: string; readonly aggregation: string }[];
  readonly timeDimension: { readonly granularity: string } | null;
  readonly fromTimestamp: string;
  readonly toTimestamp: string;
  readonly config?: { readonly row_limit?: number };
}

const known = ["providedModelName", "traceName", "environment", "name", "release", "version", "tags", "promptName"];

function measured(measure: string, rows: readonly Observation[]): number | string {
  const total = (of: (row: Observation) => number) => rows.reduce((sum, row) => sum + of(row), 0);
  if (measure === "totalCost") return total(({ cost }) => cost);
  // As ClickHouse gives large counts: text.
  if (measure === "inputTokens") return String(total(({ input }) => input));
  return measure === "outputTokens" ? total(({ output }) => output) : rows.length;
}

function answer(observations: readonly Observation[], { query }: Asked): unknown {
  const asked = JSON.parse(query.get("query") ?? "") as Question;
  const limit = asked.config?.row_limit ?? 100;
  if (limit < 1 || limit > 1000) return refuse(400, { message: "Invalid request data", error: "row_limit must be between 1 and 1000" });
  if (asked.view !== "observations") return refuse(400, { message: "Invalid request data" });
  const strange = asked.dimensions.find(({ field }) => !known.includes(field));
  if (strange) return refuse(400, { message: `High cardinality dimensions are not supported: ${strange.field}` });
  const within = observations.filter(({ time }) => asked.fromTimestamp <= time && time <= asked.toTimestamp);
  const keyOf = (row: Observation) =>
    JSON.stringify([
      row.time.slice(0, 10),
      ...asked.dimensions.map(({ field }) => (row as unknown as Record<string, unknown>)[field] ?? null),
    ]);
  const data = [...Map.groupBy(within, keyOf)].map(([key, rows]) => {
    const [day, ...values] = JSON.parse(key) as (string | null)[];
    return {
      time_dimension: day,
      ...Object.fromEntries(asked.dimensions.map(({ field }, index) => [field, values[index]])),
      ...Object.fromEntries(asked.metrics.map(({ measure, aggregation }) => [`${aggregation}_${measure}`, measured(measure, rows)])),
    };
  });
  return { data: data.slice(0, limit) };
}

/** Langfuse for one project. */
export function langfuseApi(observations: readonly Observation[]): VendorApi {
  return {
    base: "",
    refusalOf,
    routes: [
      {
        at: "GET /api/public/v2/metrics",
        params: ["query"],
        required: ["query"],
        schema: "langfuse-metrics-v2.schema.json",
        answer: (asked) => answer(observations, asked),
      },
    ],
  };
}

const one = { providedModelName: "gpt-5.4-mini", traceName: "search", cost: 0, input: 0, output: 0 };

/** More models on a day than an answer holds unless more are asked for. */
const many = Array.from({ length: 150 }, (_, n) => ({
  ...one,
  time: "2026-10-30T10:00:00.000Z",
  providedModelName: `model-${n}`,
  cost: 0.01,
  input: 2,
  output: 1,
}));

export const langfuseProject: readonly Observation[] = [
  { ...one, time: "2026-08-11T00:00:00.000Z", cost: 10.5, input: 1000, output: 50 },
  ...many,
  { ...one, time: "2026-11-08T23:59:59.998Z", cost: 2.125, input: 70, output: 7 },
  { ...one, time: "2026-11-08T12:00:00.000Z", providedModelName: null, traceName: "import" },
];

export const langfuse: TestVendor = {
  api: langfuseApi(langfuseProject),
  env: { LANGFUSE_SECRET_KEY: secretKey, LANGFUSE_PUBLIC_KEY: publicKey },
  asOf: "2026-11-09",
  total: "14.125",
  days: { "2026-08-11": "10.5", "2026-10-30": "1.5", "2026-11-08": "2.125" },
  of: [" · Langfuse"],
  tokens: 1050 + 450 + 77,
  requests: 152,
};
