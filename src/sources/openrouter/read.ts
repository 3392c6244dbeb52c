import { asShare } from "../../core/attribution/roles.ts";
import { contains, eachDay, type Period } from "../../core/day.ts";
import { compareCharges, deliver, type Delivery, type ExactRow } from "../../core/ledger/delivery.ts";
import { microsText, sum } from "../../core/money.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { inParallel } from "../../shell/parallel.ts";
import { answeredDays } from "../http/days.ts";
import { namedRow, namer, namesOrWarning } from "../http/names.ts";
import { peerOf } from "../http/peer.ts";
import { rangeToAsk } from "../http/range.ts";
import { usageRow } from "../http/row.ts";
import { assertSameSums } from "../http/sums.ts";
import type { SourceContext } from "../source.ts";
import { type Activity, activityOf, type Key, usedKeys, workspaceNames } from "./activity.ts";
import { type OpenRouterConfig, vendor } from "./entry.ts";
import { type Attributed, attributed } from "./keys.ts";

const byWorkspace = { group_by: "workspace" };

/** The dated name of a model, with its variant: `openai/gpt-4.1-2025-04-14:free`. */
export function modelOf({ model, model_permaslug }: Pick<Activity, "model" | "model_permaslug">): string {
  const variant = /:[\w-]+$/.exec(model)?.[0] ?? "";
  return model_permaslug.endsWith(variant) ? model_permaslug : model_permaslug + variant;
}

const sumsOf = (items: readonly Activity[]) => items.map(({ date, usage }) => ({ day: date, amount: usage }));

/** All activity by workspace; it adds up to that without workspaces. */
async function wholeActivity(peer: Peer): Promise<Activity[]> {
  const whole = await activityOf(peer, byWorkspace);
  assertSameSums(peer.name, sumsOf(whole), sumsOf(await activityOf(peer, {})));
  return whole;
}

/** Activity with names of workspaces and keys: a row has no key, so each key is asked for by itself. */
async function namedActivity(peer: Peer, source: string, whole: readonly Activity[]) {
  const ids = [...new Set(whole.flatMap(({ workspace_id }) => workspace_id ?? []))].sort();
  const workspaces = await namesOrWarning(source, "workspaces", async () => (ids.length === 0 ? new Map() : workspaceNames(peer)));
  let keys: readonly Key[] = [];
  const names = await namesOrWarning(source, "keys", async () => {
    keys = await usedKeys(peer, ids);
    return new Map(keys.map(({ hash, name }) => [hash, name]));
  });
  const each = await inParallel(
    keys,
    4,
    async ({ hash }) => [hash, await activityOf(peer, { ...byWorkspace, api_key_hash: hash })] as const,
  );
  const items = attributed(whole, new Map(each));
  return {
    items: items ?? whole.map((item): Attributed => ({ ...item, key: "" })),
    workspace: namer(workspaces.names),
    key: namer(names.names),
    warnings: [
      ...workspaces.warnings,
      ...names.warnings,
      ...(items === null ? [`source \`${source}\` shows no keys: OpenRouter gives more for them than in total`] : []),
    ],
  };
}

/**
 * The days that the answer is known to hold. It reaches thirty days back from today, not from the review date, so days before its first row may
 * lie outside of it; without any row they hold nothing that the ledger could lose after its own last day.
 */
function knownDays(asked: Period, whole: readonly Activity[], lastDay: string | null): Period {
  const first = whole.reduce<string | null>((least, { date }) => (least === null || date < least ? date : least), null);
  const empty = lastDay === null ? asked.start : eachDay({ start: lastDay, end: asked.end })[1];
  const start = first ?? empty ?? asked.end;
  return { start: start > asked.start ? start : asked.start, end: asked.end };
}

/**
 * Reads the activity of the last thirty days: what OpenRouter charged, by upstream provider, model, workspace and key.
 * @throws Problem when it cannot be read in full, or its groups do not add up; then nothing is delivered.
 */
export async function readOpenRouter(config: OpenRouterConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  const peer = peerOf(config, vendor, context.world, (secret) => ({ authorization: `Bearer ${secret}` }));
  const asked = rangeToAsk(config, vendor, context);
  const whole = await wholeActivity(peer);
  const known = knownDays(asked, whole, context.lastDay);
  const named = await namedActivity(peer, config.name, whole);
  const items = named.items.filter(({ date }) => contains(known, date));
  const rowOf = (item: Attributed, part: Pick<ExactRow, "provider" | "service" | "billed"> & Partial<ExactRow>) =>
    usageRow({
      day: item.date,
      currency: "USD",
      source: config.name,
      model: modelOf(item),
      ...namedRow("project", item.workspace_id, named.workspace),
      ...namedRow("apiKey", item.key, named.key),
      ...part,
    });
  const rows = items.map((item) =>
    rowOf(item, {
      provider: "OpenRouter",
      service: item.provider_name,
      billed: item.usage,
      requests: item.requests,
      inputTokens: item.prompt_tokens,
      outputTokens: item.completion_tokens,
    }),
  );
  const ownKeys = items
    .filter(({ byok_usage_inference }) => byok_usage_inference.units > 0n)
    .map((item) =>
      rowOf(item, { provider: item.provider_name, service: "OpenRouter", billed: item.byok_usage_inference, estimated: true }),
    );
  const { ranges, warnings } = answeredDays(config.name, asked, eachDay(known), context.lastDay);
  const common = { source: config.name, asOf: context.asOf, settlingDays: config.settlingDays, ranges };
  // Rounded apart, so that no micro-unit of what was charged depends on them.
  const shares = deliver({ ...common, rows: ownKeys, warnings: [] }).charges.map(asShare);
  const own = sum(shares.map(({ list = 0n }) => list));
  const delivery = deliver({
    ...common,
    rows,
    warnings: [
      ...named.warnings,
      ...(own > 0n
        ? [`source \`${config.name}\`: ${microsText(own)} USD of usage with keys of your own is billed by their providers and not counted`]
        : []),
      ...warnings,
    ],
  });
  return { ...delivery, charges: [...delivery.charges, ...shares].toSorted(compareCharges) };
}
