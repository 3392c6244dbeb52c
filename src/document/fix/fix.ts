import type { Finding } from "../../core/finding.ts";
import { unlessRefused } from "../../core/problem.ts";
import type { Sprint } from "../../core/settings/schedule.ts";
import { splitDocument } from "../front-matter/split.ts";
import { applyEdits } from "../lines.ts";
import { answerFixes } from "./answers.ts";
import type { Change, Fix } from "./change.ts";
import { loginFixes, stateOf, valueFixes } from "./front-matter.ts";

/** A review after what is mechanical in it was mended. */
export interface Fixed {
  readonly text: string;
  readonly changes: readonly Change[];
  /** What could have been mended if something else were known. */
  readonly findings: readonly Finding[];
}

/** What a fix depends on besides the file. */
export interface FixSettings {
  /** Null where no sprint is configured. */
  readonly sprint: Sprint | null;
  /** False where reviews that are held are left alone, and with them those of which that is not known. */
  readonly held: boolean;
}

function applied(text: string, fixes: readonly Fix[]): string {
  return applyEdits(
    text,
    fixes.map(({ edit }) => edit),
  );
}

/**
 * Mends what is mechanical in a review file: dates said in words, a missing `@`, the spelling of words from a fixed list. Prose, and
 * every byte outside the mended values, stays. A second run finds nothing to mend.
 */
export function fixReview(text: string, file: string, { sprint, held }: FixSettings): Fixed {
  // What cannot be read is not mended; `check` says why.
  const logins = unlessRefused(() => loginFixes(text, file)) ?? [];
  const quoted = applied(text, logins);
  const split = unlessRefused(() => splitDocument(quoted, file));
  if (!held && (split === null || stateOf(split) !== "draft")) return { text, changes: [], findings: [] };
  const { fixes, findings } = split === null ? { fixes: [], findings: [] } : valueFixes(split, sprint);
  const valued = applied(quoted, fixes);
  const answers = unlessRefused(() => answerFixes(valued, splitDocument(valued, file))) ?? [];
  const changes = [...logins, ...fixes, ...answers].map(({ change }) => change).sort((a, b) => a.line - b.line);
  return { text: applied(valued, answers), changes, findings };
}
