import * as z from "zod/mini";
import type { Period } from "../../core/day.ts";
import { ask, askJson, type Reply } from "../../shell/http/ask.ts";
import type { Peer, Query } from "../../shell/http/peer.ts";
import { allPages, nextPage } from "../http/pages.ts";
import { piecesOf } from "../http/range.ts";
import type { DayAmount } from "../http/sums.ts";
import { cents, countersOf, dayOfStart, midnight, modelOf, type Spent, text, tokenCounts, type Used } from "./shapes.ts";

const group = z.object({ model: text, workspace_id: text, api_key_id: text, cost_type: text });
const costRow = z.object({ starting_at: z.string(), group, cost: z.object({ amount: cents, currency: z.string() }) });
const usageRow = z.object({
  starting_at: z.string(),
  group,
  usage: z.object({ ...tokenCounts, requests: z.optional(z.nullable(z.int().check(z.minimum(0)))) }),
});

/** The most days that one request may span, and the most rows that a page holds; without it a page ends after twenty. */
const [mostDays, limit] = [31, 1000];
/** The reports begin with this day. */
export const analyticsStart = "2026-01-01";
const beta = "analytics-usage-cost-2026-08-24";
const groups = ["model", "workspace_id", "api_key_id"];

/** Rows of a report, and up to when Anthropic had counted, null when it does not say. */
export interface Rows<T> {
  readonly rows: readonly T[];
  readonly refreshedAt: string | null;
}

function queryOf(path: string, { start, end }: Period, groupBy: readonly string[], cursor: string | null): Query {
  const times = { starting_at: midnight(start), ending_at: midnight(end), time_bucket_width: "1d" };
  return { path, query: { ...times, "group_by[]": groupBy, limit, page: cursor ?? undefined }, headers: { "anthropic-beta": beta } };
}

const earlier = (a: string | null, b: string | null) => (a === null || b === null ? (a ?? b) : a < b ? a : b);

/** Every row of a report by day. The first request may be refused: not every organization has these reports. */
async function analyticsRows<S extends z.ZodMiniType>(
  peer: Peer,
  asked: Period,
  path: string,
  groupBy: readonly string[],
  row: S,
): Promise<Reply<Rows<z.output<S>>>> {
  const schema = z.object({ data: z.array(row), has_more: z.boolean(), next_page: text, data_refreshed_at: text });
  const pieces = piecesOf(asked, mostDays);
  const rows: z.output<S>[] = [];
  let refreshedAt: string | null = null;
  const [first = asked] = pieces;
  const opening = await ask(peer, queryOf(path, first, groupBy, null), schema);
  if (!opening.ok) return opening;
  for (const piece of pieces) {
    const items = await allPages(peer.name, async (cursor) => {
      const isOpening = piece === first && cursor === null;
      const page = isOpening ? opening.value : await askJson(peer, queryOf(path, piece, groupBy, cursor), schema);
      refreshedAt = earlier(refreshedAt, page.data_refreshed_at ?? null);
      return { items: page.data, next: nextPage(peer.name, page) };
    });
    rows.push(...items);
  }
  return { ok: true, value: { rows, refreshedAt } };
}

const costPath = "/v1/organizations/analytics/cost";

/** Costs by day, model, workspace and key, after discounts and before credits; a refusal where the organization has no such report. */
export async function analyticsCosts(peer: Peer, asked: Period): Promise<Reply<Rows<Spent>>> {
  const reply = await analyticsRows(peer, asked, costPath, [...groups, "cost_type"], costRow);
  if (!reply.ok) return reply;
  const rows = reply.value.rows.map(({ starting_at, group, cost }) => ({
    day: dayOfStart(starting_at),
    model: modelOf(group.model, group.cost_type),
    workspace: group.workspace_id ?? "",
    key: group.api_key_id ?? "",
    ...cost,
  }));
  return { ok: true, value: { ...reply.value, rows } };
}

/** The same costs without groups. @throws Problem when they are refused. */
export async function analyticsSums(peer: Peer, asked: Period): Promise<DayAmount[]> {
  const reply = await analyticsRows(peer, asked, costPath, [], costRow);
  if (!reply.ok) throw reply.problem;
  return reply.value.rows.map(({ starting_at, cost }) => ({ day: dayOfStart(starting_at), amount: cost.amount }));
}

/** Tokens and requests by day, model, workspace and key; a refusal where the organization has no such report. */
export async function analyticsUsage(peer: Peer, asked: Period): Promise<Reply<Used[]>> {
  const reply = await analyticsRows(peer, asked, "/v1/organizations/analytics/usage", groups, usageRow);
  if (!reply.ok) return reply;
  const rows = reply.value.rows.map(({ starting_at, group, usage }) => ({
    day: dayOfStart(starting_at),
    model: group.model ?? "",
    workspace: group.workspace_id ?? "",
    key: group.api_key_id ?? "",
    counters: countersOf(usage, usage.requests ?? null),
  }));
  return { ok: true, value: rows };
}
