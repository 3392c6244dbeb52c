import * as z from "zod/mini";
import { type Day, type Period } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import { ask, type Reply } from "../../shell/http/ask.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { nextPage, pagesReply } from "../http/pages.ts";
import { dayAt, unixOf } from "../http/range.ts";

/** One UTC day of a report. */
export interface DayBucket<T> {
  readonly day: Day;
  readonly results: readonly T[];
}

/** One report by day. */
interface Report<S extends z.ZodMiniType> {
  readonly path: string;
  /** The most days a page holds; without it a page ends after seven. */
  readonly limit: number;
  readonly groupBy: readonly string[];
  readonly result: S;
}

const bucketsOf = <S extends z.ZodMiniType>(result: S) =>
  z.object({
    data: z.array(z.object({ start_time: z.number(), results: z._default(z.array(result), []) })),
    has_more: z.boolean(),
    next_page: z.optional(z.nullable(z.string())),
  });

/** Every day of a report for the days asked for, each as often as the vendor sends it, or a refusal. @throws Problem for a bucket that is no UTC day. */
export async function dayBuckets<S extends z.ZodMiniType>(
  peer: Peer,
  asked: Period,
  { path, limit, groupBy, result }: Report<S>,
): Promise<Reply<DayBucket<z.output<S>>[]>> {
  const query = {
    start_time: unixOf(asked.start),
    end_time: unixOf(asked.end),
    bucket_width: "1d",
    "group_by[]": groupBy,
    limit,
  };
  const schema = bucketsOf(result);
  return pagesReply(peer.name, async (cursor) => {
    const reply = await ask(peer, { path, query: { ...query, page: cursor ?? undefined } }, schema);
    if (!reply.ok) return reply;
    const items = reply.value.data.map(({ start_time, results }) => ({ day: dayOfBucket(peer, start_time), results }));
    return { ok: true, value: { items, next: nextPage(peer.name, reply.value) } };
  });
}

function dayOfBucket(peer: Peer, start: number): Day {
  const day = dayAt(start);
  if (day !== null) return day;
  throw new Problem(`${peer.name} answered with a bucket from ${start}, which is not the start of a UTC day`, {
    remedy: "Please report this; nothing of this source was read.",
  });
}
