import * as z from "zod/mini";
import { type Day, isDay, type Period } from "../../core/day.ts";
import { zero } from "../../core/money.ts";
import { Problem } from "../../core/problem.ts";
import { askJson } from "../../shell/http/ask.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { amount } from "../http/money.ts";

/** The most rows of an answer; there is no next page. Without it an answer ends after a hundred. */
const mostRows = 1000;
const hour = 3_600_000;

/** Counts come as numbers or as text. */
const count = z.optional(
  z.nullable(
    z.pipe(
      z.union([z.number(), z.string().check(z.regex(/^\d{1,15}$/))]),
      z.transform((value) => Number(value)),
    ),
  ),
);
const row = z.catchall(
  z.object({
    time_dimension: z
      .pipe(
        z.string(),
        z.transform((value) => value.slice(0, 10)),
      )
      .check(z.refine(isDay, "a day")),
    sum_totalCost: z.pipe(
      z.optional(z.nullable(amount)),
      z.transform((value) => value ?? zero),
    ),
    sum_inputTokens: count,
    sum_outputTokens: count,
    count_count: count,
  }),
  z.unknown(),
);
const answer = z.object({ data: z.array(row) });

/** One combination of a day and dimensions. */
export type MetricRow = z.output<typeof row>;

const measures = [
  { measure: "totalCost", aggregation: "sum" },
  { measure: "inputTokens", aggregation: "sum" },
  { measure: "outputTokens", aggregation: "sum" },
  { measure: "count", aggregation: "count" },
];

function questionOf(start: number, end: number, dimensions: readonly string[]): string {
  return JSON.stringify({
    view: "observations",
    dimensions: dimensions.map((field) => ({ field })),
    metrics: measures,
    filters: [],
    timeDimension: { granularity: "day" },
    fromTimestamp: new Date(start).toISOString(),
    // Whether the end belongs to the range is not documented: a millisecond before it, halves neither overlap nor leave a gap.
    toTimestamp: new Date(end - 1).toISOString(),
    orderBy: null,
    config: { row_limit: mostRows },
  });
}

async function rowsBetween(peer: Peer, start: number, end: number, dimensions: readonly string[]): Promise<MetricRow[]> {
  const query = { query: questionOf(start, end, dimensions) };
  const { data } = await askJson(peer, { path: "/api/public/v2/metrics", query }, answer);
  if (data.length < mostRows) return data;
  if (end - start <= hour)
    throw new Problem(`${peer.name} has ${mostRows} or more rows within an hour of ${new Date(start).toISOString().slice(0, 10)}`, {
      remedy: "Name dimensions with fewer values in tagsFrom of this source; nothing of it was read.",
    });
  const middle = start + Math.ceil((end - start) / 2 / hour) * hour;
  return [...(await rowsBetween(peer, start, middle, dimensions)), ...(await rowsBetween(peer, middle, end, dimensions))];
}

const timeOf = (day: Day) => Date.parse(`${day}T00:00:00Z`);

/**
 * Sums by day and dimensions. An answer as long as the limit may be cut, so its range is halved until it is shorter; a combination may then come
 * several times, each with a part of it.
 * @throws Problem when an hour alone reaches the limit.
 */
export function metricRows(peer: Peer, { start, end }: Period, dimensions: readonly string[]): Promise<MetricRow[]> {
  return rowsBetween(peer, timeOf(start), timeOf(end), dimensions);
}
