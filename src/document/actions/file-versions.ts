import { type FileStep, wayTo } from "../../core/review-log.ts";
import type { ChangeCommit, FileVersion } from "./changes.ts";
import type { Scans } from "./scan-store.ts";
import type { ActionSource } from "./track.ts";

/** A review file as it stands in its folder. */
export interface StandingFile {
  readonly review: string;
  readonly path: string;
  /** The id that its text has, or would have, as a blob. */
  readonly blob: string;
}

const notCommitted: ChangeCommit = { id: null, author: null, day: null, isBoundary: false };

/** What was scanned of a blob. */
export function scanned(scans: Scans, blob: string | null): ActionSource | "unreadable" | null {
  return blob === null ? null : (scans.get(blob) ?? "unreadable");
}

/** A step of a file with what was scanned. */
export function versionOf({ commit, path, review, before, after, isTaken }: FileStep, scans: Scans): FileVersion {
  return { commit, file: path, review, before: before.map((blob) => scanned(scans, blob)), after: scanned(scans, after), isTaken };
}

/** What nobody has merged is a draft, whatever it says of itself. */
function asDraft(source: FileVersion["after"]): FileVersion["after"] {
  return source === null || source === "unreadable" ? source : { ...source, state: "draft" };
}

function draftVersion(version: FileVersion): FileVersion {
  return { ...version, before: version.before.map(asDraft), after: asDraft(version.after) };
}

/** The default branch: its steps, and where they end. */
export interface MainBranch {
  readonly steps: readonly FileStep[];
  readonly ends: ReadonlyMap<string, FileStep>;
}

/** On the default branch, what stands in the folder and is not committed. */
export function editsOf({ ends }: MainBranch, standing: readonly StandingFile[], scans: Scans): FileVersion[] {
  const reviews = new Map(standing.map((file) => [file.review, file]));
  const names = [...new Set([...ends.keys(), ...reviews.keys()])].sort();
  return names.flatMap((review): FileVersion[] => {
    const end = ends.get(review);
    const file = reviews.get(review);
    if ((end?.after ?? null) === (file?.blob ?? null)) return [];
    const before = [scanned(scans, end?.after ?? null)];
    // A file that stands in no folder of a year is no review: it is left out without a word about its removal.
    const isTaken = file === undefined && !end?.path.endsWith(`${review.slice(0, 4)}/${review}.md`);
    const path = file?.path ?? end?.path ?? "";
    return [{ commit: notCommitted, file: path, review, before, after: scanned(scans, file?.blob ?? null), isTaken }];
  });
}

interface Branch {
  readonly line: MainBranch;
  readonly beside: readonly FileStep[];
  /** The blobs of the commit that is checked out, by review. */
  readonly head: ReadonlyMap<string, string>;
}

/** The steps of a branch that is checked out, for review files that it takes further than the default branch does. */
function branchSteps({ line, beside, head }: Branch): FileStep[] {
  const way = wayTo(beside);
  return [...head].sort().flatMap(([review, blob]) => {
    const known = new Set<string | null>(line.steps.filter((step) => step.review === review).flatMap(({ after }) => [after]));
    return known.has(blob) ? [] : (way(review, known.add(null), blob) ?? []);
  });
}

/** What a branch that is checked out adds: its commits, then what is not committed. */
export function branchVersions(branch: Branch, standing: readonly StandingFile[], scans: Scans): FileVersion[] {
  const { line, head } = branch;
  const steps = branchSteps(branch);
  const further = new Set(steps.map(({ review }) => review));
  const edits = standing.flatMap(({ review, path, blob }): FileVersion[] => {
    const committed = head.get(review) ?? null;
    const isCurrent = further.has(review) || committed === (line.ends.get(review)?.after ?? null);
    if (committed === blob || !isCurrent) return [];
    return [{ commit: notCommitted, file: path, review, before: [scanned(scans, committed)], after: scanned(scans, blob), isTaken: false }];
  });
  const isHeld = (review: string) => {
    const end = scanned(scans, line.ends.get(review)?.after ?? null);
    return end !== null && end !== "unreadable" && end.state === "held";
  };
  return [...steps.map((step) => versionOf(step, scans)), ...edits].map((version) =>
    isHeld(version.review) ? version : draftVersion(version),
  );
}
