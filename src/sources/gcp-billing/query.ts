import * as z from "zod/mini";
import { Problem } from "../../core/problem.ts";
import { askJson } from "../../shell/http/ask.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { allPages } from "../http/pages.ts";
import type { Statement } from "./sql.ts";

/** Where a query runs, and what it may cost. */
interface Run {
  readonly project: string;
  readonly location: string;
  readonly mostBytes: bigint;
}

/** A row by the names of its columns; every column of our queries is text. */
export type TextRow = Readonly<Record<string, string | null>>;

const answer = z.object({
  jobComplete: z.boolean(),
  jobReference: z.optional(z.object({ jobId: z.string() })),
  schema: z.optional(z.object({ fields: z.array(z.object({ name: z.string() })) })),
  rows: z._default(z.array(z.object({ f: z.array(z.object({ v: z.nullable(z.string()) })) })), []),
  pageToken: z.optional(z.string()),
  totalRows: z.optional(z.string()),
  totalBytesProcessed: z.optional(z.string()),
});
type Answer = z.output<typeof answer>;

const pageRows = 10_000;
/** How long one request waits for the query; less than the time after which we give up on an answer. */
const waitSeconds = 60;
const mostWaits = 15;

/**
 * Runs one query and gives all its rows, and the bytes that it read. A query that would be billed for more than `mostBytes` is not run. It only
 * reads, so that it may be sent again.
 * @throws Problem when it does not end within a quarter of an hour, and when rows are missing.
 * Source: BigQuery REST reference, jobs.query and jobs.getQueryResults.
 */
export async function runQuery(peer: Peer, { project, location, mostBytes }: Run, { text, parameters }: Statement) {
  const path = `/bigquery/v2/projects/${encodeURIComponent(project)}/queries`;
  const body = {
    query: text,
    useLegacySql: false,
    parameterMode: "NAMED",
    queryParameters: parameters.map(({ name, type, value }) => ({ name, parameterType: { type }, parameterValue: { value } })),
    location,
    maximumBytesBilled: String(mostBytes),
    maxResults: pageRows,
    timeoutMs: waitSeconds * 1000,
  };
  let first = await askJson(peer, { path, body }, answer);
  const job = first.jobReference?.jobId ?? "";
  const resultsPath = `${path}/${encodeURIComponent(job)}`;
  const query = { location, maxResults: pageRows, timeoutMs: waitSeconds * 1000 };
  for (let waits = 0; !first.jobComplete; waits += 1) {
    if (waits === mostWaits || job === "") throw endless(peer.name, job);
    first = await askJson(peer, { path: resultsPath, query }, answer);
  }
  const rows = await allPages(peer.name, async (pageToken) => {
    const page = pageToken === null ? first : await askJson(peer, { path: resultsPath, query: { ...query, pageToken } }, answer);
    return { items: rowsOf(page, first), next: page.pageToken ?? null };
  });
  if (first.totalRows !== undefined && Number(first.totalRows) !== rows.length) throw short(peer.name, first.totalRows, rows.length);
  return { rows, bytes: Number(first.totalBytesProcessed ?? 0) };
}

function rowsOf({ rows }: Answer, { schema }: Answer): TextRow[] {
  const names = schema?.fields.map(({ name }) => name) ?? [];
  return rows.map(({ f }) => Object.fromEntries(names.map((name, index) => [name, f[index]?.v ?? null])));
}

function endless(vendor: string, job: string): Problem {
  return new Problem(`${vendor} did not finish the query ${job} within ${mostWaits} minutes`, {
    remedy: "Run again later; if it stays, look at the job in BigQuery's console. Nothing of this source was read.",
  });
}

function short(vendor: string, announced: string, came: number): Problem {
  return new Problem(`${vendor} announced ${Number(announced)} rows and sent ${came}`, {
    remedy: "Run again later; if it stays, please report it. Nothing of this source was read.",
  });
}
