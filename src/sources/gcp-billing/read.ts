import * as z from "zod/mini";
import { addDays, isDay, monthOf, type Period } from "../../core/day.ts";
import { chargeCategories, type ChargeCategory } from "../../core/ledger/charge.ts";
import { deliver, type Delivery, type ExactRow } from "../../core/ledger/delivery.ts";
import { Problem } from "../../core/problem.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import { logText } from "../../core/text.ts";
import type { World } from "../../core/world.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { oneCurrency } from "../http/currency.ts";
import { amount } from "../http/money.ts";
import { rangeToAsk } from "../http/range.ts";
import { usageRow } from "../http/row.ts";
import { assertSameSums } from "../http/sums.ts";
import type { SourceContext } from "../source.ts";
import { type GcpBillingConfig, vendor } from "./entry.ts";
import { modelOf } from "./model.ts";
import { runQuery, type TextRow } from "./query.ts";
import { exportPage, meaningFor } from "./refusal.ts";
import { statementFor } from "./sql.ts";
import { type ExportTable, exportTable } from "./table.ts";
import { googleToken } from "./token.ts";

const text = z.pipe(
  z.nullable(z.string()),
  z.transform((value) => value ?? ""),
);
const spentRow = z.object({
  day: z.string().check(z.refine(isDay)),
  month: z.string().check(z.regex(/^\d{4}(0[1-9]|1[0-2])$/)),
  account: text,
  project: text,
  service: text,
  sku: text,
  kind: text,
  detail: text,
  currency: z.string(),
  amount,
  effective: amount,
  dayTotal: amount,
});
type Spent = z.output<typeof spentRow> & { readonly tags: string };

async function peerFor(config: GcpBillingConfig, world: World): Promise<Peer> {
  const token = await googleToken(config, world);
  const { role } = vendor.credentials;
  return {
    name: vendor.name,
    baseUrl: config.baseUrl.replace(/\/+$/, ""),
    headers: { authorization: `Bearer ${token}` },
    secrets: [token],
    help: {
      key: "The token is not valid, or not any more (it is good for an hour): sign in again (docs/sources/gcp-billing.md).",
      scope: `Use ${role}.`,
    },
    explain: meaningFor(config),
    world,
  };
}

/** Tags as the ledger has them: JSON with sorted keys, empty without any. */
function tagsOf(row: TextRow, tagKeys: readonly string[]): string {
  const pairs = tagKeys.flatMap((key, index) => (row[`tag${index}`] ? [[key, row[`tag${index}`]] as const] : []));
  return pairs.length === 0 ? "" : JSON.stringify(Object.fromEntries(pairs));
}

function spentOf(row: TextRow, tagKeys: readonly string[]): Spent {
  const parsed = spentRow.safeParse(row);
  if (parsed.success) return { ...parsed.data, tags: tagsOf(row, tagKeys) };
  throw new Problem(`Google Cloud answered with a row whose ${String(parsed.error.issues[0]?.path[0])} overpace does not understand`, {
    remedy: "Check that the table is a billing export as Google makes it; if it is, please report this. Nothing of this source was read.",
  });
}

type Kind = Pick<ExactRow, "category" | "correction">;

const categories: Readonly<Record<string, ChargeCategory>> = { regular: "Usage", tax: "Tax" };

/** Google's kinds of cost; `detail` is the credit, empty for what is none. */
function usageKind({ detail, kind, day, month }: Spent): Kind {
  const category = categories[kind] ?? "Adjustment";
  return {
    category: category === "Usage" && detail !== "" ? "Credit" : category,
    correction: kind === "adjustment" && monthOf(day) < `${month.slice(0, 4)}-${month.slice(4)}`,
  };
}

/** FOCUS has the kinds already; `detail` is the ChargeClass. */
function focusKind({ detail, kind }: Spent): Kind {
  return { category: chargeCategories.find((category) => category === kind) ?? "Adjustment", correction: detail === "Correction" };
}

/** Taxes, adjustments, purchases and rounding come on one day for a month: they are no pace. */
const frequencyOf = (category: ChargeCategory) => (category === "Usage" || category === "Credit" ? "Usage-Based" : "One-Time");

/**
 * The days that the export answers for. It is written in the order of time, so up to its last day with a row; where it was switched on in between, it
 * knows nothing before its first row.
 */
function answered(asked: Period, { created }: ExportTable, spent: readonly Spent[]): Period {
  const days = spent.map(({ day }) => day).sort();
  const [first = asked.start, last = asked.start] = [days[0], days.at(-1)];
  return { start: created === null || created <= asked.start ? asked.start : first, end: addDays(last, 1) };
}

function warningsFor(source: string, asked: Period, { start, end }: Period, lostTags: boolean): string[] {
  return [
    ...(lostTags ? [`source \`${source}\`: the export keeps its tags in a shape that is not read; charges have none`] : []),
    ...(start > asked.start
      ? [`source \`${source}\`: the export began on ${start} and does not hold what was before; days from ${asked.start} on are not known`]
      : []),
    ...(end < addDays(asked.end, -3)
      ? [`source \`${source}\`: Google Cloud has exported up to ${addDays(end, -1)}; later days are not known yet (see ${exportPage})`]
      : []),
  ];
}

/** What was spent, one row per group, with the table it comes from. @throws Problem when the groups do not add up, or there is not a single row. */
async function spentIn(config: GcpBillingConfig & SourceConfig, asked: Period, { world, tagKeys }: SourceContext) {
  const peer = await peerFor(config, world);
  const table = await exportTable(peer, config);
  const run = {
    project: config.queryProject ?? config.project,
    location: table.location,
    mostBytes: BigInt(config.mostGigabytes) * 1024n ** 3n,
  };
  const { rows, bytes } = await runQuery(peer, run, statementFor(config, table, asked, tagKeys));
  if (world.isTerminal) world.log(logText(`source ${config.name}: BigQuery read ${(bytes / 1024 ** 2).toFixed(1)} MiB`) + "\n");
  const spent = rows.map((row) => spentOf(row, tagKeys));
  if (spent.length === 0)
    throw new Problem(
      `Google Cloud has no row from ${asked.start} to ${addDays(asked.end, -1)} in ${config.project}.${config.dataset}.${table.id}`,
      {
        remedy: `See at ${exportPage} whether the export is on. It begins when it is switched on, the first rows take hours, and those of earlier days up to five days.`,
      },
    );
  const wholes = new Map(spent.map(({ day, dayTotal }) => [day, { day, amount: dayTotal }]));
  assertSameSums(peer.name, spent, [...wholes.values()]);
  return { table, spent };
}

function rowOf(row: Spent, { kind }: ExportTable, common: Pick<ExactRow, "currency" | "source">): ExactRow {
  const ofKind = kind === "focus" ? focusKind(row) : usageKind(row);
  return usageRow({
    ...common,
    day: row.day,
    billingPeriod: `${row.month.slice(0, 4)}-${row.month.slice(4)}-01`,
    provider: "Google Cloud",
    service: row.service,
    model: modelOf(row.sku),
    account: row.account,
    project: row.project,
    tags: row.tags,
    billed: row.amount,
    effective: row.effective,
    frequency: frequencyOf(ofKind.category),
    ...ofKind,
  });
}

/**
 * Reads what the billing export holds, summed by BigQuery, costs and credits apart, or as FOCUS has them.
 * @throws Problem when the export cannot be read in full; then nothing is delivered.
 */
export async function readGcpBilling(config: GcpBillingConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  const asked = rangeToAsk(config, vendor, context);
  const { table, spent } = await spentIn(config, asked, context);
  const currency = oneCurrency(
    vendor.name,
    spent.map(({ currency }) => currency),
  );
  const rows = spent
    .filter(({ amount, effective }) => amount.units !== 0n || effective.units !== 0n)
    .map((row) => rowOf(row, table, { currency, source: config.name }));
  const range = answered(asked, table, spent);
  const warnings = warningsFor(config.name, asked, range, !table.labelled && context.tagKeys.length > 0);
  return deliver({ source: config.name, rows, asOf: context.asOf, settlingDays: config.settlingDays, ranges: [range], warnings });
}
