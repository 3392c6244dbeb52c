import type { Day } from "./day.ts";

/** A commit as the log of the reviews tells it. */
export interface LoggedCommit {
  readonly id: string;
  readonly parents: number;
  /** Name, never an address. */
  readonly author: string;
  /** UTC day on which its author made it. */
  readonly day: Day;
  /** A shallow clone ends here: everything that the commit holds seems to begin with it. */
  readonly isBoundary: boolean;
}

/** A review file that a commit changed; blobs by their ids, null for no file. */
export interface LoggedChange {
  readonly review: string;
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What a commit changed against one of its parents. */
export interface LoggedDiff {
  readonly commit: LoggedCommit;
  readonly changes: readonly LoggedChange[];
}

/** A step of one review file: what stood before (several for a merge of several), what stands after. */
export interface FileStep extends Omit<LoggedChange, "before"> {
  readonly commit: LoggedCommit;
  readonly before: readonly (string | null)[];
  /** A merge that took one side as it stood. */
  readonly isTaken: boolean;
}

/** What a commit changed, against all its parents, as steps of files. */
function stepsOf(commit: LoggedCommit, changes: readonly LoggedChange[]): FileStep[] {
  const [only, second] = changes;
  if (only && !second) return [{ ...only, commit, before: [only.before], isTaken: commit.parents > 1 }];
  const byReview = Map.groupBy(changes, ({ review }) => review);
  return [...byReview]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([review, list]) => {
      const last = list.at(-1);
      if (!last) return [];
      const { path, after } = last;
      return [{ commit, review, path, after, before: list.map(({ before }) => before), isTaken: list.length < commit.parents }];
    });
}

/**
 * The steps of all review files, in the order of the diffs, which is oldest first; several diffs of one commit, one after the other, are
 * those against each of its parents.
 */
export function fileSteps(diffs: readonly LoggedDiff[]): FileStep[] {
  const steps: FileStep[] = [];
  let changes: LoggedChange[] = [];
  for (const [index, { commit, changes: own }] of diffs.entries()) {
    changes.push(...own);
    if (diffs[index + 1]?.commit.id === commit.id) continue;
    steps.push(...stepsOf(commit, changes));
    changes = [];
  }
  return steps;
}

/** Steps by the review and what they lead to; of several the newest. */
function leadingTo(steps: readonly FileStep[]): Map<string, FileStep> {
  return new Map(steps.filter(({ isTaken }) => !isTaken).map((step) => [`${step.review}\0${step.after}`, step]));
}

/** Finds the steps of branches that lead a review file to a content from any of several, oldest first; null when none do. */
export function wayTo(
  steps: readonly FileStep[],
): (review: string, starts: ReadonlySet<string | null>, to: string | null) => FileStep[] | null {
  const known = leadingTo(steps);
  return (review, starts, to) => {
    const way: FileStep[] = [];
    const seen = new Set<string | null>();
    for (let at = to; !starts.has(at);) {
      const step = known.get(`${review}\0${at}`);
      const [before] = step?.before ?? [];
      if (!step || before === undefined || seen.has(at)) return null;
      seen.add(at);
      way.unshift(step);
      at = before;
    }
    return way;
  };
}

/**
 * The steps of the default branch, with those of a branch in the place of the one commit that it was squashed into, where the branch can
 * still be seen. A squash that was taken back and came again is told as such: a branch was written once.
 */
export function unsquashed(line: readonly FileStep[], beside: readonly FileStep[]): FileStep[] {
  if (beside.length === 0) return [...line];
  const way = wayTo(beside);
  const told = new Set<FileStep>();
  return line.flatMap((step) => {
    const [before, ...others] = step.before;
    if (before === undefined || others.length > 0 || step.isTaken) return [step];
    const found = way(step.review, new Set([before]), step.after);
    if (found === null || found.length < 2 || found.some((one) => told.has(one))) return [step];
    for (const one of found) told.add(one);
    return found;
  });
}
