import * as z from "zod/mini";
import { isDay } from "../../core/day.ts";
import { askJson } from "../../shell/http/ask.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { inParallel } from "../../shell/parallel.ts";
import { amount } from "../http/money.ts";
import type { Names } from "../http/names.ts";
import { allPages } from "../http/pages.ts";

const count = z.int().check(z.minimum(0));
const item = z.object({
  date: z.pipe(
    z.string(),
    z.transform((value, context): string => {
      const day = value.slice(0, 10);
      if (isDay(day)) return day;
      context.issues.push({ code: "custom", input: value, message: "a day" });
      return z.NEVER;
    }),
  ),
  model: z.string(),
  model_permaslug: z.string(),
  endpoint_id: z.string(),
  provider_name: z.string(),
  usage: amount,
  byok_usage_inference: amount,
  requests: count,
  prompt_tokens: count,
  completion_tokens: count,
  workspace_id: z.optional(z.nullable(z.string())),
});
/** What an endpoint of a model did on a day. */
export type Activity = z.output<typeof item>;

const list = z.object({ data: z.array(item) });

/** Activity of the last thirty days that are over, in one answer. */
export async function activityOf(peer: Peer, query: Readonly<Record<string, string>>): Promise<Activity[]> {
  return (await askJson(peer, { path: "/activity", query }, list)).data;
}

const named = z.object({ id: z.string(), name: z.string() });
const key = z.object({ hash: z.string(), name: z.string(), usage: amount, byok_usage: amount });
export type Key = z.output<typeof key>;

/** Every item of a list that is read by offset; it ends with a page without anything new. */
async function listed<S extends z.ZodMiniType>(
  peer: Peer,
  path: string,
  query: Readonly<Record<string, string | number | boolean>>,
  schema: S,
  idOf: (item: z.output<S>) => string,
): Promise<z.output<S>[]> {
  const seen = new Set<string>();
  return allPages(peer.name, async (offset) => {
    const { data } = await askJson(peer, { path, query: { ...query, offset: Number(offset ?? 0) } }, z.object({ data: z.array(schema) }));
    const items = data.filter((one) => !seen.has(idOf(one)));
    for (const one of items) seen.add(idOf(one));
    return { items, next: items.length === 0 ? null : String(seen.size) };
  });
}

/** Names of all workspaces; without a limit a page ends after fifty. */
export async function workspaceNames(peer: Peer): Promise<Names> {
  const workspaces = await listed(peer, "/workspaces", { limit: 100 }, named, ({ id }) => id);
  return new Map(workspaces.map(({ id, name }) => [id, name]));
}

/** The keys of some workspaces that were ever used, disabled ones too; deleted ones are not listed. */
export async function usedKeys(peer: Peer, workspaces: readonly string[]): Promise<Key[]> {
  const each = await inParallel(workspaces, 4, (workspace_id) =>
    listed(peer, "/keys", { include_disabled: true, workspace_id }, key, ({ hash }) => hash),
  );
  const keys = new Map(each.flat().map((one) => [one.hash, one]));
  return [...keys.values()].filter(({ usage, byok_usage }) => usage.units !== 0n || byok_usage.units !== 0n);
}
