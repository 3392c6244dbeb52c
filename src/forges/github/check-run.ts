import type { CheckResult, Mark } from "../../core/check-result.ts";
import { sha256Hex } from "../../core/slug.ts";
import type { Place } from "./client.ts";
import { isStatus, refusalOf } from "./refusal.ts";

/** Rules of branches name it, so it never changes. */
const name = "overpace";
/** Runs of ours bear it in front: a job of a workflow that is named `overpace` makes a check run of that name too. */
const prefix = "overpace:";
const unfinished = `${prefix}unfinished`;
/** GitHub takes so many annotations in a request. */
const marksAtOnce = 50;

/** A creating request is never repeated by the client, nor one that adds annotations: the first may have worked. */
const once = { request: { retries: 0 } };

/** A check run of ours, as far as it matters here. */
interface Run {
  readonly id: number;
  readonly externalId: string;
  readonly marks: number;
}

/** A result in short: a run that bears it shows this result to its last annotation. */
function digestOf({ conclusion, title, summary, marks }: CheckResult): string {
  return prefix + sha256Hex(JSON.stringify([conclusion, title, summary, marks])).slice(0, 32);
}

async function runsOf({ client, at }: Place, sha: string): Promise<Run[]> {
  const { data } = await client.checks.listForRef({ ...at, ref: sha, check_name: name, per_page: 100 });
  return data.check_runs
    .map(({ id, external_id, output }) => ({ id, externalId: external_id ?? "", marks: output.annotations_count }))
    .filter(({ externalId }) => externalId.startsWith(prefix));
}

const keyOf = ({ path, line, level, title, message }: Mark) => JSON.stringify([path, line, level, title, message]);

/** What stands beside the lines already. */
async function marksOf({ client, at }: Place, run: Run): Promise<Set<string>> {
  if (run.marks === 0) return new Set();
  const found = await client.paginate(client.checks.listAnnotations, { ...at, check_run_id: run.id, per_page: 100 });
  return new Set(
    found.map(({ path, start_line, annotation_level, title, message }) =>
      JSON.stringify([path, start_line, annotation_level, title, message]),
    ),
  );
}

/** The annotations in parts of a request each; one empty part when there is none. */
function partsOf(marks: readonly Mark[]): Mark[][] {
  const count = Math.max(1, Math.ceil(marks.length / marksAtOnce));
  return Array.from({ length: count }, (_, part) => marks.slice(part * marksAtOnce, (part + 1) * marksAtOnce));
}

/** Writes a result into a new run, or into a known one; only the last request says that it is complete. */
async function write({ client, at }: Place, sha: string, result: CheckResult, into: { id: number | null; marks: readonly Mark[] }) {
  const parts = partsOf(into.marks);
  let { id } = into;
  for (const [index, part] of parts.entries()) {
    const annotations = part.map(({ path, line, level, title, message }) => ({
      path,
      start_line: line,
      end_line: line,
      annotation_level: level,
      title,
      message,
    }));
    const output = { title: result.title, summary: result.summary, annotations };
    const said =
      index === parts.length - 1
        ? ({ status: "completed", conclusion: result.conclusion, external_id: digestOf(result), output } as const)
        : ({ status: "in_progress", external_id: unfinished, output } as const);
    if (id === null) ({ id } = (await client.checks.create({ ...at, name, head_sha: sha, ...said, ...once })).data);
    else await client.checks.update({ ...at, check_run_id: id, ...said, ...once });
  }
}

/** False when the run belongs to another app, which alone may change it. */
async function isTaken(act: () => Promise<void>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (isStatus(error, 403) && /app_id|created it/i.test(refusalOf(error)?.message ?? "")) return false;
    throw error;
  }
}

export interface Showing {
  /** The commit it is about. */
  readonly sha: string;
  /** The commit was made just now: no run can stand on it. */
  readonly fresh: boolean;
  /** A complete run stays as it is, whatever it says. */
  readonly keep: boolean;
}

/**
 * Shows a result as the check run `overpace` of a commit: the one that stands there is updated, one that says the same already is
 * left alone. Annotations can only be added: a run with some that no longer hold is superseded by a new one.
 */
export async function showRun(place: Place, { sha, fresh, keep }: Showing, result: CheckResult): Promise<void> {
  const runs = fresh ? [] : await runsOf(place, sha);
  const digest = digestOf(result);
  if (runs.some(({ externalId }) => externalId === digest || (keep && externalId !== unfinished))) return;
  const wanted = new Set(result.marks.map(keyOf));
  for (const run of runs) {
    const known = await marksOf(place, run);
    if ([...known].some((mark) => !wanted.has(mark))) continue;
    const marks = result.marks.filter((mark) => !known.has(keyOf(mark)));
    if (await isTaken(() => write(place, sha, result, { id: run.id, marks }))) return;
  }
  await write(place, sha, result, { id: null, marks: result.marks });
}
