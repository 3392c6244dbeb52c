import * as z from "zod/mini";
import { httpKeys } from "../http/keys.ts";
import type { VendorFacts } from "../source.ts";

/** What is true of every account of the vendor. */
export const vendor: VendorFacts = {
  name: "Google Cloud",
  baseUrl: "https://bigquery.googleapis.com",
  dimensions: ["service", "model", "account", "project", "tags"],
  money: "billed",
  settlingDays: 2,
  restatementDays: 62,
  oldestDays: null,
  pieceDays: null,
  requestCost: "the bytes that one query reads, at BigQuery's price",
  credentials: {
    env: "GOOGLE_OAUTH_ACCESS_TOKEN",
    role: "an access token of a service account with BigQuery Job User on the project and BigQuery Data Viewer on the dataset",
    page: "https://console.cloud.google.com/iam-admin/serviceaccounts",
  },
  oidc: "yes: Workload Identity Federation",
};

/** No letter in these names can end a quoted identifier. Sources: Google's rules for project ids, for names of datasets and of tables. */
const name = (pattern: RegExp, expected: string) => z.string().check(z.regex(pattern, expected));
const project = name(/^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/, "expected the id of a project, such as acme-billing, not its name");

/** What its entry under `sources` may say. */
export const schema = () =>
  z.strictObject({
    type: z.literal("gcp-billing"),
    ...httpKeys(vendor),
    /** The project of the dataset. */
    project,
    dataset: name(/^\w{1,1024}$/, "expected the name of a dataset: letters, digits and underscores, without its project"),
    table: z.optional(name(/^[\w-]{1,1024}$/, "expected the name of a table, without project and dataset")),
    /** The project that the query runs in and is billed to; that of the dataset when left out. */
    queryProject: z.optional(project),
    /** A query that would be billed for more is not run. */
    mostGigabytes: z._default(z.number().check(z.int(), z.minimum(1), z.maximum(100_000)), 50),
  });
export type GcpBillingConfig = z.infer<ReturnType<typeof schema>>;
