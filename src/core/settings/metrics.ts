import * as z from "zod/mini";
import { text } from "./values.ts";

/** What a metric counts; `users` are people of a day, the others add up over days. */
export const metricKinds = ["revenue", "users", "requests", "units"] as const;
export type MetricKind = (typeof metricKinds)[number];

const column = z.string("expected a name as it stands in the data").check(z.minLength(1, "expected a name as it stands in the data"));
const variable = z
  .string("expected the name of an environment variable, not its value")
  .check(z.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of an environment variable, not its value"));

/** What every metric may say, whatever it is read from. */
const common = {
  name: z
    .string("expected a name such as tickets")
    .check(z.regex(/^[\p{L}\p{N}][\p{L}\p{N} _-]{0,39}$/u, "expected a short name of letters, digits, spaces and dashes, such as tickets")),
  kind: z._default(z.enum(metricKinds, `expected ${metricKinds.join(", ")}`), "units"),
  /** Of revenue. */
  currency: z.optional(z.string().check(z.regex(/^[A-Z]{3}$/, "expected an ISO 4217 currency such as USD"))),
  /** The column, or the path of the field, that holds the day or a time in UTC. */
  date: z._default(column, "date"),
  value: z._default(column, "value"),
  /** The column of the customer, where values are by customer. */
  customer: z.optional(column),
};

const csv = z.strictObject({ type: z.literal("csv"), path: text, ...common });
const command = z.strictObject({
  type: z.literal("command"),
  run: z
    .array(z.string("expected text; put numbers in quotes"))
    .check(z.minLength(1, 'is empty; expected a program and its words, such as ["node", "scripts/tickets.mjs"]')),
  env: z._default(z.array(variable), []),
  timeoutSeconds: z._default(z.number().check(z.int(), z.minimum(1), z.maximum(3600)), 60),
  ...common,
});

const http = z.strictObject({
  type: z.literal("http"),
  /** `{start}` and `{end}` in it become days. */
  url: z
    .string("expected an address such as https://bi.example/tickets?from={start}&to={end}")
    .check(
      z.refine(
        (text) => /^https?:\/\/[^\s@]+$/.test(text) && URL.canParse(text),
        "expected an address such as https://bi.example/tickets?from={start}&to={end}, without a password in it",
      ),
    ),
  /** The environment variable that holds the bearer token. */
  bearerEnv: z.optional(variable),
  /** The dotted path of the list of rows in the answer; empty where the answer is the list. */
  rows: z._default(z.string(), ""),
  ...common,
});

/** One entry of `metrics`: a number of each day that costs are set against. */
const metricSchema = z.discriminatedUnion("type", [csv, command, http], "expected a type of metric: csv, command, http").check(
  z.superRefine((metric, context) => {
    if (metric.kind === "revenue" && metric.currency === undefined)
      context.addIssue({ code: "custom", path: ["currency"], message: "is missing: revenue needs one, such as USD" });
    if (metric.kind !== "revenue" && metric.currency !== undefined)
      context.addIssue({ code: "custom", path: ["currency"], message: "only revenue has one; say kind: revenue, or take it out" });
  }),
);

/** `metrics` in `overpace.yaml`. */
export const metricsSchema = z.array(metricSchema).check(
  z.superRefine((metrics, context) => {
    const names = metrics.map(({ name }) => name.toLowerCase());
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) !== index)
        context.addIssue({ code: "custom", path: [index, "name"], message: "two metrics are called so; give each a name of its own" });
    }
    const revenues = metrics.flatMap(({ kind }, index) => (kind === "revenue" ? [index] : []));
    if (revenues.length > 1)
      context.addIssue({ code: "custom", path: [revenues[1] ?? 0, "kind"], message: "a second revenue: add both up in one metric" });
  }),
);

export type MetricConfig = z.infer<typeof metricSchema>;
export type CsvMetric = z.infer<typeof csv>;
export type CommandMetric = z.infer<typeof command>;
export type HttpMetric = z.infer<typeof http>;
