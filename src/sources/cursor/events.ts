import * as z from "zod/mini";
import { contains, dayOf, type Day, type Period } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import { askJson } from "../../shell/http/ask.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { amount } from "../http/money.ts";
import { allPages } from "../http/pages.ts";
import { piecesOf, unixOf } from "../http/range.ts";

/** Milliseconds since 1970, which replies have as text, as a time that exists. */
const time = z.pipe(
  z.union([z.number(), z.string().check(z.regex(/^\d{1,15}$/))]),
  z.transform((value, context): number => {
    if (!Number.isNaN(new Date(Number(value)).getTime())) return Number(value);
    context.issues.push({ code: "custom", input: value, message: "a time in milliseconds" });
    return z.NEVER;
  }),
);
const count = z.optional(z.nullable(z.int().check(z.minimum(0))));
const event = z.object({
  timestamp: time,
  userEmail: z.optional(z.nullable(z.string())),
  model: z.string(),
  kind: z.string(),
  isChargeable: z.optional(z.nullable(z.boolean())),
  tokenUsage: z.optional(
    z.nullable(z.object({ inputTokens: count, outputTokens: count, cacheWriteTokens: count, cacheReadTokens: count })),
  ),
  /** In fractions of cents, with Cursor's fee on tokens. `requestsCosts` beside it counts units of requests, it is no money. */
  chargedCents: amount,
});
const page = z.object({
  totalUsageEventsCount: z.optional(z.nullable(z.int())),
  pagination: z.object({ currentPage: z.int(), hasNextPage: z.boolean() }),
  usageEvents: z.array(event),
});

/** One use of Cursor. */
export type UsageEvent = z.output<typeof event> & { readonly day: Day };

/** The most days of a request, the most events of a page (without it a page ends after ten), and the most requests of a minute. */
const [mostDays, pageSize, perMinute] = [30, 1000, 20];

/**
 * Every event of the days asked for. Events have no id, and pages shift when one is added meanwhile: then events would be read twice, or not
 * at all. `goesOn` says that other days were asked for right before: their requests count for this minute too.
 * @throws Problem when the pages do not hold as many events as Cursor says, or hold one twice.
 */
export async function usageEvents(peer: Peer, asked: Period, goesOn: boolean): Promise<UsageEvent[]> {
  const events: UsageEvent[] = [];
  let requests = goesOn ? perMinute - 1 : 0;
  for (const piece of piecesOf(asked, mostDays)) {
    const seen = new Set<string>();
    const totals = new Set<number>();
    const all = await allPages(peer.name, async (cursor) => {
      if (requests > 0 && requests % perMinute === 0) await new Promise((resolve) => setTimeout(resolve, 60 * peer.world.second));
      requests += 1;
      const answer = await pageOf(peer, piece, Number(cursor ?? 1));
      if (typeof answer.totalUsageEventsCount === "number") totals.add(answer.totalUsageEventsCount);
      const keys = answer.usageEvents.map((one) => keyOf(one));
      // Two events within a page may be alike; one that an earlier page had is the same.
      if (keys.some((key) => seen.has(key))) throw shifted(peer, piece);
      for (const key of keys) seen.add(key);
      return { items: answer.usageEvents, next: answer.pagination.hasNextPage ? String(answer.pagination.currentPage + 1) : null };
    });
    if ([...totals].some((total) => total !== all.length)) throw shifted(peer, piece);
    // Whether the end of a range belongs to it Cursor does not say, so each piece takes its own days only.
    events.push(...all.map((one) => ({ ...one, day: dayOf(new Date(one.timestamp)) })).filter(({ day }) => contains(piece, day)));
  }
  return events;
}

async function pageOf(peer: Peer, { start, end }: Period, number: number): Promise<z.output<typeof page>> {
  const body = { startDate: unixOf(start) * 1000, endDate: unixOf(end) * 1000, page: number, pageSize };
  const answer = await askJson(peer, { path: "/teams/filtered-usage-events", body }, page);
  if (answer.pagination.currentPage === number) return answer;
  throw new Problem(`${peer.name} was asked for page ${number} of its events and answered with page ${answer.pagination.currentPage}`, {
    remedy: "Run again later; if it stays, please report it. Nothing of this source was read.",
  });
}

/** What tells one event from another. */
function keyOf({ timestamp, userEmail, model, kind, chargedCents: { units, scale }, tokenUsage }: z.output<typeof event>): string {
  return JSON.stringify([timestamp, userEmail, model, kind, String(units), scale, tokenUsage]);
}

function shifted({ name }: Peer, { start, end }: Period): Problem {
  return new Problem(`${name}'s events from ${start} to before ${end} changed while they were read page by page`, {
    remedy: "Run again in an hour: Cursor counts hourly. Nothing of this source was read.",
  });
}
