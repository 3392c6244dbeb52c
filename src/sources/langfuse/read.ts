import { contains } from "../../core/day.ts";
import { deliver, type Delivery } from "../../core/ledger/delivery.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { peerOf, secretOf } from "../http/peer.ts";
import { piecesOf, rangeToAsk } from "../http/range.ts";
import { usageRow } from "../http/row.ts";
import { assertSameSums } from "../http/sums.ts";
import type { SourceContext } from "../source.ts";
import { type LangfuseConfig, vendor } from "./entry.ts";
import { type MetricRow, metricRows } from "./metrics.ts";

/** Langfuse takes both keys of a project as a name and a password. */
function langfusePeer(config: LangfuseConfig, { world }: SourceContext): Peer {
  const open = secretOf(world, config.publicKeyEnv, vendor);
  const peer = peerOf(config, vendor, world, () => ({}));
  const both = btoa(`${open}:${peer.secrets[0] ?? ""}`);
  return { ...peer, headers: { authorization: `Basic ${both}` }, secrets: [...peer.secrets, open, both] };
}

const textOf = (value: unknown) => (typeof value === "string" ? value : "");

function tagsOf(row: MetricRow, { tagsFrom }: LangfuseConfig, kept: readonly string[]): string {
  const entries = kept.flatMap((key) => {
    const value = textOf(row[tagsFrom[key] ?? ""]);
    return value === "" ? [] : [[key, value] as const];
  });
  return entries.length === 0 ? "" : JSON.stringify(Object.fromEntries(entries));
}

/**
 * Reads what observations cost by Langfuse's own prices, by model and by the dimensions named in the configuration.
 * @throws Problem when a report cannot be read in full, or its groups do not add up; then nothing is delivered.
 */
export async function readLangfuse(config: LangfuseConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  const peer = langfusePeer(config, context);
  const asked = rangeToAsk(config, vendor, context);
  const named = context.tagKeys.flatMap((key) => config.tagsFrom[key] ?? []);
  const dimensions = [...new Set(["providedModelName", ...named])];
  const [grouped, whole]: [MetricRow[], MetricRow[]] = [[], []];
  for (const piece of piecesOf(asked, 31)) {
    grouped.push(...(await metricRows(peer, piece, dimensions)));
    whole.push(...(await metricRows(peer, piece, [])));
  }
  const amounts = (rows: readonly MetricRow[]) => rows.map((row) => ({ day: row.time_dimension, amount: row.sum_totalCost }));
  assertSameSums(peer.name, amounts(grouped), amounts(whole));
  const rows = grouped
    .filter((row) => contains(asked, row.time_dimension))
    .map((row) => {
      const model = textOf(row["providedModelName"]);
      return usageRow({
        day: row.time_dimension,
        // Which provider served a model Langfuse does not say.
        provider: "",
        service: "Langfuse",
        currency: "USD",
        source: config.name,
        billed: row.sum_totalCost,
        estimated: true,
        model,
        tags: tagsOf(row, config, context.tagKeys),
        // Observations without a model are steps of programs, not requests.
        requests: model === "" ? null : (row.count_count ?? null),
        inputTokens: row.sum_inputTokens ?? null,
        outputTokens: row.sum_outputTokens ?? null,
      });
    });
  return deliver({
    source: config.name,
    rows,
    asOf: context.asOf,
    settlingDays: config.settlingDays,
    // There is no row for a day without observations.
    ranges: [asked],
    warnings: [],
  });
}
