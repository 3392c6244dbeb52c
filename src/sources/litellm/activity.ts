import * as z from "zod/mini";
import { addDays, contains, type Day, isDay, type Period } from "../../core/day.ts";
import { ask, askJson } from "../../shell/http/ask.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { allPages } from "../http/pages.ts";
import { type Metrics, metrics, nothing, plus } from "./metrics.ts";

const text = z.optional(z.nullable(z.string()));
const keyed = z.object({ metrics, metadata: z.optional(z.object({ key_alias: text, team_id: text })) });
type Keyed = z.output<typeof keyed>;
const byKey = z._default(z.record(z.string(), keyed), {});
const part = z.object({ metrics, api_key_breakdown: byKey });
const parts = z._default(z.record(z.string(), part), {});
const result = z.object({
  date: z.string().check(z.refine(isDay, "a day")),
  metrics,
  breakdown: z.object({ models: parts, providers: parts, entities: parts }),
});
type Result = z.output<typeof result>;
const page = z.object({ results: z.array(result), metadata: z.object({ page: z.int(), has_more: z.boolean() }) });

/** A report of activity by day, and what narrows it. */
export interface Report {
  readonly path: "/user/daily/activity" | "/tag/daily/activity";
  readonly model?: string;
  readonly tags?: string;
}

function queryOf(asked: Period, { model, tags }: Report, cursor: string | null) {
  // Both ends are inclusive. A time zone is never sent: it made single days several times too large.
  return { start_date: asked.start, end_date: addDays(asked.end, -1), page_size: 1000, page: cursor ?? "1", model, tags };
}

/** Every result of the days asked for: a day may come several times, each with a part of it. */
export async function activity(peer: Peer, asked: Period, report: Report): Promise<Result[]> {
  const results = await allPages(peer.name, async (cursor) => {
    const { results: items, metadata } = await askJson(peer, { path: report.path, query: queryOf(asked, report, cursor) }, page);
    return { items, next: metadata.has_more ? String(metadata.page + 1) : null };
  });
  return results.filter(({ date }) => contains(asked, date));
}

/** Why tags cannot be read, as a sentence; null when they can. */
export async function tagsRefused(peer: Peer, asked: Period): Promise<string | null> {
  const report = { path: "/tag/daily/activity" } as const;
  const reply = await ask(peer, { path: report.path, query: queryOf(asked, report, null) }, page);
  return reply.ok ? null : `${reply.problem.message}. ${reply.problem.remedy}`;
}

/** What the proxy says of a key besides its hash. */
interface Key {
  readonly alias: string;
  readonly team: string;
}

/** One combination of a day, a model or provider, and a key. */
export interface Cell {
  readonly day: Day;
  readonly name: string;
  readonly key: string;
  readonly metrics: Metrics;
}

/** Names and teams of keys that stand in results, by hash. */
export function keysIn(results: readonly Result[]): Map<string, Key> {
  const entries = results.flatMap(({ breakdown }) =>
    Object.values(breakdown.models).flatMap(({ api_key_breakdown }) => Object.entries(api_key_breakdown)),
  );
  return new Map(
    entries.map(([hash, { metadata }]: [string, Keyed]) => [hash, { alias: metadata?.key_alias ?? "", team: metadata?.team_id ?? "" }]),
  );
}

/** The name of a cell. */
export const cellKey = ({ day, name, key }: Pick<Cell, "day" | "name" | "key">) => `${day}\0${name}\0${key}`;

/** One breakdown by key, what stands on several pages added up. Breakdowns are views of the same money: exactly one is taken. */
export function cellsOf(results: readonly Result[], view: "models" | "providers"): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const { date, breakdown } of results)
    for (const [name, { api_key_breakdown }] of Object.entries(breakdown[view]))
      for (const [key, { metrics: own }] of Object.entries(api_key_breakdown)) {
        const id = cellKey({ day: date, name, key });
        cells.set(id, { day: date, name, key, metrics: plus(cells.get(id)?.metrics ?? nothing, own) });
      }
  return cells;
}

/** All of each day. */
export function wholeDays(results: readonly Result[]): Map<Day, Metrics> {
  const days = new Map<Day, Metrics>();
  for (const { date, metrics: own } of results) days.set(date, plus(days.get(date) ?? nothing, own));
  return days;
}

/** The names of a breakdown over all days, sorted. */
export function namesIn(results: readonly Result[], view: "models" | "providers" | "entities"): string[] {
  return [...new Set(results.flatMap(({ breakdown }) => Object.keys(breakdown[view])))].sort();
}
