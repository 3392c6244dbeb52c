import * as z from "zod/mini";
import { type Day, dayOf } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import { askJson } from "../../shell/http/ask.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { allPages } from "../http/pages.ts";
import type { GcpBillingConfig } from "./entry.ts";
import { exportPage } from "./refusal.ts";

/** A table that holds an export. */
export interface ExportTable {
  readonly id: string;
  /** Google's own columns (standard or detailed), or those of FOCUS. */
  readonly kind: "usage" | "focus";
  /** Whether it has labels as a list of keys and values; those of another shape are not read. */
  readonly labelled: boolean;
  /** Where it is kept: a query runs nowhere else. */
  readonly location: string;
  /** The day it was made on, from which on an export brings rows; null where that is not said. */
  readonly created: Day | null;
  /** Whether rows lie in partitions by the time they were loaded. */
  readonly partitioned: boolean;
}

const list = z.object({
  tables: z._default(z.array(z.object({ tableReference: z.object({ tableId: z.string() }) })), []),
  nextPageToken: z.optional(z.string()),
});
const column = z.object({
  name: z.string(),
  mode: z.optional(z.string()),
  fields: z._default(z.array(z.object({ name: z.string() })), []),
});
const table = z.object({
  location: z.string(),
  creationTime: z.optional(z.string()),
  timePartitioning: z.optional(z.object({ field: z.optional(z.string()) })),
  schema: z._default(z.object({ fields: z._default(z.array(column), []) }), { fields: [] }),
});

const account = "[0-9A-F]{6}_[0-9A-F]{6}_[0-9A-F]{6}$";
/**
 * Names of the tables, the first that is there counts: all hold the same money, and the standard one has the fewest rows, so it costs least to read.
 * Source: Google's pages on the export's tables.
 */
const exports = ["v1", "resource_v1", "focus"].map((kind) => new RegExp(`^gcp_billing_export_${kind}_${account}`, "i"));
/** The columns that the query names, by the kind of table. */
const needed = {
  usage: "billing_account_id service sku usage_start_time project labels cost currency credits invoice cost_type",
  focus:
    "billingaccountid servicename chargedescription chargeperiodstart subaccountid billedcost effectivecost billingcurrency billingperiodstart chargecategory chargeclass",
};

const datasetPath = ({ project, dataset }: GcpBillingConfig) => `/bigquery/v2/projects/${encodeURIComponent(project)}/datasets/${dataset}`;

/** The name of the export's table: the configured one, else the only one in the dataset. @throws Problem for none and for several. */
async function tableId(peer: Peer, config: GcpBillingConfig): Promise<string> {
  if (config.table !== undefined) return config.table;
  const ids = await allPages(peer.name, async (pageToken) => {
    const query = { maxResults: 1000, pageToken: pageToken ?? undefined };
    const { tables, nextPageToken } = await askJson(peer, { path: `${datasetPath(config)}/tables`, query }, list);
    return { items: tables.map(({ tableReference }) => tableReference.tableId), next: nextPageToken ?? null };
  });
  const found = exports.map((name) => ids.filter((id) => name.test(id)).sort()).find((ids) => ids.length > 0) ?? [];
  const [first, ...others] = found;
  if (first === undefined)
    throw new Problem(`Google Cloud has no billing export in the dataset ${config.project}.${config.dataset} yet`, {
      remedy: `Switch it on at ${exportPage} (standard usage cost is enough), into this dataset. Its table comes within hours, and holds nothing from before.`,
    });
  if (others.length > 0)
    throw new Problem(`Google Cloud has exports of several billing accounts in ${config.project}.${config.dataset}: ${found.join(", ")}`, {
      remedy: "Give each a source of its own, with its table.",
      kind: "usage",
    });
  return first;
}

/** Finds the table of the export and what it is like. @throws Problem when there is none, or it is something else. */
export async function exportTable(peer: Peer, config: GcpBillingConfig): Promise<ExportTable> {
  const id = await tableId(peer, config);
  const { location, creationTime, timePartitioning, schema } = await askJson(peer, { path: `${datasetPath(config)}/tables/${id}` }, table);
  const columns = new Map(schema.fields.map((field) => [field.name.toLowerCase(), field]));
  const kind = columns.has("chargeperiodstart") ? "focus" : "usage";
  const missing = needed[kind].split(" ").filter((column) => !columns.has(column));
  if (missing.length > 0) throw strange(`${config.project}.${config.dataset}.${id}`, missing);
  const labels = columns.get(kind === "focus" ? "tags" : "labels");
  return {
    id,
    kind,
    labelled: kind === "usage" || (labels?.mode === "REPEATED" && labels.fields.some(({ name }) => name === "key")),
    location,
    created: creationTime !== undefined && /^\d{12,14}$/.test(creationTime) ? dayOf(new Date(Number(creationTime))) : null,
    partitioned: timePartitioning !== undefined && timePartitioning.field === undefined,
  };
}

function strange(name: string, missing: readonly string[]): Problem {
  return new Problem(`${name} of Google Cloud is no billing export: it has no column ${missing.slice(0, 3).join(", ")}`, {
    remedy: `Name the table of the standard, detailed or FOCUS export that ${exportPage} shows; a view over it must keep the names of its columns.`,
    kind: "usage",
  });
}
