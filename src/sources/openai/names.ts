import * as z from "zod/mini";
import { askJson } from "../../shell/http/ask.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { inParallel } from "../../shell/parallel.ts";
import type { Names } from "../http/names.ts";
import { allPages } from "../http/pages.ts";

const list = z.object({
  data: z.array(z.object({ id: z.string(), name: z.optional(z.nullable(z.string())) })),
  has_more: z.boolean(),
  last_id: z.optional(z.nullable(z.string())),
});

/** A hundred is the most a page holds; without it a page ends after twenty. */
const limit = 100;

async function named(peer: Peer, path: string, query: Readonly<Record<string, string | boolean>>): Promise<Names> {
  const items = await allPages(peer.name, async (cursor) => {
    const page = await askJson(peer, { path, query: { ...query, limit, after: cursor ?? undefined } }, list);
    return { items: page.data, next: page.has_more ? (page.last_id ?? page.data.at(-1)?.id ?? null) : null };
  });
  return new Map(items.map(({ id, name }) => [id, name ?? ""]));
}

/** Names of all projects, archived ones too. */
export function projectNames(peer: Peer): Promise<Names> {
  return named(peer, "/organization/projects", { include_archived: true });
}

/** Names of the keys of some projects. Deleted keys are not listed. */
export async function keyNames(peer: Peer, projects: readonly string[]): Promise<Names> {
  const each = await inParallel(projects, 4, (project) =>
    named(peer, `/organization/projects/${encodeURIComponent(project)}/api_keys`, { owner_project_access: "any" }),
  );
  return new Map(each.flatMap((names) => [...names]));
}
