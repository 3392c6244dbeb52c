import * as z from "zod/mini";
import { askJson } from "../../shell/http/ask.ts";
import type { Peer } from "../../shell/http/peer.ts";
import type { Names } from "../http/names.ts";
import { allPages } from "../http/pages.ts";
import { text } from "./shapes.ts";

const list = z.object({ data: z.array(z.object({ id: z.string(), name: text })), has_more: z.boolean(), last_id: text });
/** Without it a page ends after twenty. */
const limit = 100;

async function named(peer: Peer, path: string, query: Readonly<Record<string, boolean>> = {}): Promise<Names> {
  const items = await allPages(peer.name, async (cursor) => {
    const page = await askJson(peer, { path, query: { ...query, limit, after_id: cursor ?? undefined } }, list);
    return { items: page.data, next: page.has_more ? (page.last_id ?? page.data.at(-1)?.id ?? null) : null };
  });
  return new Map(items.map(({ id, name }) => [id, name ?? ""]));
}

/** Names of all workspaces but the default one, archived ones too. */
export function workspaceNames(peer: Peer): Promise<Names> {
  return named(peer, "/v1/organizations/workspaces", { include_archived: true });
}

/** Names of all keys. */
export function keyNames(peer: Peer): Promise<Names> {
  return named(peer, "/v1/organizations/api_keys");
}
