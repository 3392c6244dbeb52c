import { type Day, type Period } from "../../core/day.ts";
import { deliver, type Delivery, type ExactRow } from "../../core/ledger/delivery.ts";
import { Problem } from "../../core/problem.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { inParallel } from "../../shell/parallel.ts";
import { rangeText } from "../http/days.ts";
import { namedRow, namer, namesOrWarning } from "../http/names.ts";
import { peerOf } from "../http/peer.ts";
import { rangeToAsk } from "../http/range.ts";
import { usageRow } from "../http/row.ts";
import type { SourceContext } from "../source.ts";
import { activity, cellsOf, keysIn, namesIn, wholeDays } from "./activity.ts";
import { type LiteLlmConfig, vendor } from "./entry.ts";
import { countersOf, isNothing, isOverdrawn, type Metrics, rest } from "./metrics.ts";
import { providerName, teamNames } from "./names.ts";
import { noTags, type Row, splitByTag, tagParts } from "./tags.ts";

const main = { path: "/user/daily/activity" } as const;

type Results = Awaited<ReturnType<typeof activity>>;

/**
 * Rows by day, model, provider and key. The proxy breaks down by model or by provider, not by both: where there are several providers, each
 * model is asked for alone, and its breakdown by provider taken.
 */
async function rowsOf(peer: Peer, asked: Period, results: Results): Promise<Row[]> {
  const [provider = "unknown", ...more] = namesIn(results, "providers");
  if (more.length === 0)
    return [...cellsOf(results, "models").values()].map(({ name, ...cell }) => ({ ...cell, model: name, provider, tag: "" }));
  const each = await inParallel(namesIn(results, "models"), 4, async (model) => {
    const cells = cellsOf(await activity(peer, asked, { ...main, model }), "providers");
    return [...cells.values()].map(({ name, ...cell }) => ({ ...cell, model, provider: name, tag: "" }));
  });
  return each.flat();
}

/** What each day holds beyond its rows: cost without a request, requests without a model. @throws Problem where rows are more than their day. */
function restOf(peer: Peer, whole: ReadonlyMap<Day, Metrics>, rows: readonly Row[]): Row[] {
  const byDay = Map.groupBy(rows, ({ day }) => day);
  return [...new Set([...whole.keys(), ...byDay.keys()])].flatMap((day) => {
    const parts = (byDay.get(day) ?? []).map(({ metrics }) => metrics);
    const total = whole.get(day);
    const left = total && rest(total, parts);
    if (left === undefined || isOverdrawn(left))
      throw new Problem(`${peer.name} gives more for ${day} by model and key than in total`, {
        remedy: "Run again later: the day may be changing. If it stays, please report it; nothing of this source was read.",
      });
    return isNothing(left) ? [] : [{ day, provider: "unknown", model: "", key: "", tag: "", metrics: left }];
  });
}

/** Tags as the ledger keeps them. */
function tagsText(values: Readonly<Record<string, string>>, kept: readonly string[]): string {
  const entries = kept.flatMap((key) => (values[key] ? [[key, values[key]] as const] : []));
  return entries.length === 0 ? "" : JSON.stringify(Object.fromEntries(entries));
}

/** Names of keys and teams; hashes and ids where there are none. */
async function namesFor(peer: Peer, source: string, results: Results) {
  const keys = keysIn(results);
  const hasTeams = [...keys.values()].some(({ team }) => team !== "");
  const teams = await namesOrWarning(source, "teams", async () => (hasTeams ? teamNames(peer) : new Map()));
  const teamOf = namer(teams.names);
  return {
    key: namer(new Map([...keys].map(([hash, { alias }]) => [hash, alias]))),
    team: (hash: string) => namedRow("project", keys.get(hash)?.team, teamOf),
    warnings: teams.warnings,
  };
}

/**
 * Reads daily activity by provider, model and key, and by the tags named in the configuration. All money is computed by the proxy.
 * @throws Problem when a report cannot be read in full, or its parts are more than their whole; then nothing is delivered.
 */
export async function readLiteLlm(config: LiteLlmConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  const peer = peerOf(config, vendor, context.world, (secret) => ({ authorization: `Bearer ${secret}` }));
  const asked = rangeToAsk(config, vendor, context);
  const results = await activity(peer, asked, main);
  const rows = await rowsOf(peer, asked, results);
  const left = restOf(peer, wholeDays(results), rows);
  const names = await namesFor(peer, config.name, results);
  const tags = context.tagKeys.includes(config.tagKey) ? await tagParts(peer, asked, config.name, config.tagKey) : noTags;
  const split = splitByTag(rows, tags);
  const rowOf = ({ day, provider, model, key, tag, metrics }: Row): ExactRow =>
    usageRow({
      day,
      provider: providerName(provider),
      service: "LiteLLM",
      currency: "USD",
      source: config.name,
      billed: metrics.spend,
      estimated: true,
      model,
      ...names.team(key),
      ...namedRow("apiKey", key, names.key),
      tags: tagsText({ team: names.team(key).project, [config.tagKey]: tag }, context.tagKeys),
      ...countersOf(metrics),
    });
  const overlaps =
    split.overlaps === 0
      ? []
      : [
          `source \`${config.name}\` leaves \`${config.tagKey}\` out of ${split.overlaps} rows (${rangeText(asked)}): their requests bear several such tags`,
        ];
  return deliver({
    source: config.name,
    rows: [...split.rows, ...left].map(rowOf),
    asOf: context.asOf,
    settlingDays: config.settlingDays,
    // A proxy has no row for a day without requests.
    ranges: [asked],
    warnings: [...names.warnings, ...tags.warnings, ...overlaps],
  });
}
