import * as z from "zod/mini";
import { type Day, type Period } from "../../core/day.ts";
import { answered, ask, type Reply } from "../../shell/http/ask.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { nextPage, pagesReply } from "../http/pages.ts";
import { cents, countersOf, dayOfStart, midnight, modelOf, type Spent, text, tokenCounts, type Used } from "./shapes.ts";

const costResult = z.object({ amount: cents, currency: z.string(), workspace_id: text, description: text, cost_type: text, model: text });
const usageResult = z.object({ ...tokenCounts, workspace_id: text, api_key_id: text, model: text });

/** The most days that a page holds; without it a page ends after seven. */
const limit = 31;
/** The workspace that these reports leave without an id. */
const defaultWorkspace = "Default";

async function resultsOf<S extends z.ZodMiniType>(
  peer: Peer,
  { start, end }: Period,
  path: string,
  groupBy: readonly string[],
  result: S,
): Promise<Reply<{ day: Day; result: z.output<S> }[]>> {
  const bucket = z.object({ starting_at: z.string(), results: z.array(result) });
  const schema = z.object({ data: z.array(bucket), has_more: z.boolean(), next_page: text });
  const query = { starting_at: midnight(start), ending_at: midnight(end), bucket_width: "1d", "group_by[]": groupBy, limit };
  return pagesReply(peer.name, async (cursor) => {
    const reply = await ask(peer, { path, query: { ...query, page: cursor ?? undefined } }, schema);
    if (!reply.ok) return reply;
    const items = reply.value.data.flatMap(({ starting_at, results }) =>
      results.map((result) => ({ day: dayOfStart(starting_at), result })),
    );
    return { ok: true, value: { items, next: nextPage(peer.name, reply.value) } };
  });
}

/** The older report of costs: by day, workspace and model, without keys. Ungrouped when `groupBy` is empty. */
export async function costReport(
  peer: Peer,
  asked: Period,
  groupBy: readonly string[] = ["workspace_id", "description"],
): Promise<Spent[]> {
  const results = answered(await resultsOf(peer, asked, "/v1/organizations/cost_report", groupBy, costResult));
  return results.map(({ day, result }) => ({
    day,
    model: modelOf(result.model ?? result.description, result.cost_type),
    workspace: result.workspace_id ?? defaultWorkspace,
    key: "",
    amount: result.amount,
    currency: result.currency,
  }));
}

/** The older report of usage: tokens by day, model and workspace, and by key where costs are too; or a refusal. It counts no requests. */
export async function messagesUsage(peer: Peer, asked: Period, byKey: boolean): Promise<Reply<Used[]>> {
  const groupBy = ["model", "workspace_id", ...(byKey ? ["api_key_id"] : [])];
  const reply = await resultsOf(peer, asked, "/v1/organizations/usage_report/messages", groupBy, usageResult);
  if (!reply.ok) return reply;
  const used = reply.value.map(({ day, result }) => ({
    day,
    model: result.model ?? "",
    workspace: result.workspace_id ?? defaultWorkspace,
    key: result.api_key_id ?? "",
    counters: countersOf(result, null),
  }));
  return { ok: true, value: used };
}
