import * as z from "zod/mini";
import { addDays, contains, type Period } from "../../core/day.ts";
import type { Counters } from "../../core/ledger/charge.ts";
import { deliver, type Delivery, type ExactRow } from "../../core/ledger/delivery.ts";
import { zero } from "../../core/money.ts";
import { Problem } from "../../core/problem.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import { answered } from "../../shell/http/ask.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { oneCurrency } from "../http/currency.ts";
import { answeredDays } from "../http/days.ts";
import { amount } from "../http/money.ts";
import { namedRow, namer, namesOrWarning } from "../http/names.ts";
import { peerOf } from "../http/peer.ts";
import { rangeToAsk } from "../http/range.ts";
import { usageRow } from "../http/row.ts";
import { assertSameSums } from "../http/sums.ts";
import { unbilledWarnings } from "../http/unbilled.ts";
import { usedOrWarning } from "../http/used.ts";
import type { SourceContext } from "../source.ts";
import { type DayBucket, dayBuckets } from "./buckets.ts";
import { type OpenAiConfig, vendor } from "./entry.ts";
import { keyNames, projectNames } from "./names.ts";

/** Null both where something was not grouped by and where there is none; all of these are grouped by. */
const id = z.optional(z.nullable(z.string()));
const count = z.optional(z.nullable(z.int().check(z.minimum(0))));

const costResult = z.object({
  amount: z.optional(z.nullable(z.object({ value: z.optional(amount), currency: z.optional(z.string()) }))),
  line_item: id,
  project_id: id,
  api_key_id: id,
});
type CostResult = z.output<typeof costResult>;

const usageResult = z.object({
  input_tokens: count,
  input_cached_tokens: count,
  input_cache_write_tokens: count,
  output_tokens: count,
  num_model_requests: count,
  model: id,
  project_id: id,
  api_key_id: id,
});
type UsageResult = z.output<typeof usageResult>;

/**
 * The model of a line such as `gpt-5.4-2026-03-05, cached input`: what stands before the last comma; a line without one, such as
 * `web search tool calls`, as it is. There is no fixed grammar, so no line is left out.
 */
export function modelOf(line: string | null | undefined): string {
  return (line ?? "").replace(/, [^,]*$/, "").trim();
}

/** Disjoint counters: OpenAI counts cached and cache-written tokens inside its input tokens. */
export function countersOf(usage: UsageResult): Counters {
  const [cached, written] = [usage.input_cached_tokens ?? 0, usage.input_cache_write_tokens ?? 0];
  return {
    requests: usage.num_model_requests ?? null,
    inputTokens:
      usage.input_tokens === null || usage.input_tokens === undefined ? null : Math.max(0, usage.input_tokens - cached - written),
    cacheReadTokens: usage.input_cached_tokens ?? null,
    cacheWriteTokens: usage.input_cache_write_tokens ?? null,
    outputTokens: usage.output_tokens ?? null,
  };
}

const groups = ["project_id", "api_key_id"];

/** Costs and usage of the days asked for; what the costs are grouped by adds up to the costs as a whole. */
async function reports(peer: Peer, source: string, asked: Period) {
  const costs = { path: "/organization/costs", limit: 180, result: costResult };
  const grouped = answered(await dayBuckets(peer, asked, { ...costs, groupBy: ["line_item", ...groups] }));
  assertAmounts(peer, costs.path, grouped);
  const whole = answered(await dayBuckets(peer, asked, { ...costs, groupBy: [] }));
  assertSameSums(peer.name, amountsOf(grouped), amountsOf(whole));
  const usage = { path: "/organization/usage/completions", limit: 31, result: usageResult };
  const days = new Set([...grouped, ...whole].map(({ day }) => day));
  const { used, warnings } = usedOrWarning(source, await dayBuckets(peer, asked, { ...usage, groupBy: ["model", ...groups] }));
  return { days, costs: grouped, usage: used, warnings };
}

/**
 * An amount may be left out of a result, as of a day without spend, so that a field by another name would read as nothing spent.
 * @throws Problem for lines of which none has an amount.
 */
function assertAmounts(peer: Peer, path: string, buckets: readonly DayBucket<CostResult>[]): void {
  const lines = buckets.flatMap(({ results }) => results.filter(({ line_item }) => line_item));
  if (lines.length === 0 || lines.some(({ amount }) => amount?.value !== undefined)) return;
  throw new Problem(
    `${peer.name} answered ${path} in a shape that overpace does not know: none of ${lines.length} lines of cost has an amount`,
    { remedy: "Update overpace; if it is the newest version, please report this sentence. Nothing of this source was read." },
  );
}

function amountsOf(buckets: readonly DayBucket<CostResult>[]) {
  return buckets.flatMap(({ day, results }) => results.map((result) => ({ day, amount: result.amount?.value ?? zero })));
}

/** Every result with its day, those outside the days asked for left out. */
function resultsOf<T>(buckets: readonly DayBucket<T>[], asked: Period) {
  return buckets.filter(({ day }) => contains(asked, day)).flatMap(({ day, results }) => results.map((result) => ({ day, ...result })));
}

/** Names of the projects and keys that stand in results; ids where they cannot be looked up. */
async function namesFor(peer: Peer, source: string, results: readonly Pick<CostResult, "project_id" | "api_key_id">[]) {
  const withKeys = new Set(results.flatMap(({ project_id, api_key_id }) => (project_id && api_key_id ? [project_id] : [])));
  const hasProjects = results.some(({ project_id }) => project_id);
  const projects = await namesOrWarning(source, "projects", async () => (hasProjects ? projectNames(peer) : new Map()));
  const keys = await namesOrWarning(source, "keys", () => keyNames(peer, [...withKeys].sort()));
  return { project: namer(projects.names), key: namer(keys.names), warnings: [...projects.warnings, ...keys.warnings] };
}

/**
 * Reads costs by line, project and key, and beside them tokens and requests by model, project and key. Both become charges of one service, so
 * that a model's money and tokens meet on one charge.
 * @throws Problem when a report cannot be read in full, or its groups do not add up; then nothing is delivered.
 */
export async function readOpenAi(config: OpenAiConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  const peer = peerOf(config, vendor, context.world, (secret) => ({ authorization: `Bearer ${secret}` }));
  const asked = rangeToAsk(config, vendor, context);
  const found = await reports(peer, config.name, asked);
  // Tokens of a day without an answer about its costs would make it look free.
  const usage = found.usage.filter(({ day }) => found.days.has(day));
  const [spent, used] = [resultsOf(found.costs, asked), resultsOf(usage, asked)];
  const currency = oneCurrency(
    peer.name,
    // An amount that is something must say of what.
    spent.flatMap(({ amount }) => amount?.currency ?? (amount?.value?.units ? "" : [])),
  );
  const names = await namesFor(peer, config.name, [...spent, ...used]);
  const rowOf = (
    { day, project_id, api_key_id }: Pick<CostResult, "project_id" | "api_key_id"> & { day: string },
    more: Partial<ExactRow>,
  ) =>
    usageRow({
      day,
      provider: "OpenAI",
      service: "OpenAI API",
      currency,
      source: config.name,
      ...namedRow("project", project_id, names.project),
      ...namedRow("apiKey", api_key_id, names.key),
      ...more,
    });
  const rows = [
    ...spent
      .filter((result) => (result.amount?.value ?? zero).units !== 0n)
      .map((result) => rowOf(result, { model: modelOf(result.line_item), billed: result.amount?.value ?? zero })),
    ...used.map((result) => rowOf(result, { model: result.model ?? "", ...countersOf(result) })),
  ];
  const { ranges, warnings } = answeredDays(config.name, asked, found.days, context.lastDay);
  return deliver({
    source: config.name,
    rows,
    asOf: context.asOf,
    settlingDays: config.settlingDays,
    ranges,
    warnings: [
      ...found.warnings,
      ...names.warnings,
      ...warnings,
      ...unbilledWarnings(config.name, rows, addDays(context.asOf, -config.settlingDays)),
    ],
  });
}
