import { join } from "node:path";
import type { Finding } from "../../core/finding.ts";
import type { Problem } from "../../core/problem.ts";
import type { Recomputed } from "../../rules/engine/rule.ts";
import type { Call } from "../command.ts";
import type { Doubt } from "./standing.ts";

type Unknown = Extract<Recomputed, { state: "unknown" }>;

/** Collects what a run of `check` cannot know about figures: each cause is told once, however many files it concerns. */
export interface Gaps {
  /** No settings, or settings that are not sound. */
  readonly settings: (problem: Problem, call: Call) => Unknown;
  /** A file that does not stand among the reviews: its ledger is not known. */
  readonly elsewhere: (path: string, call: Call) => Unknown;
  /** Open reviews with other inputs than they name, where the tree may be the reason. */
  readonly doubt: (path: string, doubt: Doubt) => Unknown;
  /** A closed review whose inputs are gone or changed; `guess` says why it is not known whether it is closed. */
  readonly unverifiable: (file: { readonly id: string; readonly path: string }, unknown: Unknown, guess: Doubt | null) => Unknown;
  readonly findings: () => readonly Finding[];
  readonly note: () => string | null;
}

const prefix = "figures are not computed again";

/** Starts collecting. */
export function gapsOf(): Gaps {
  const found = new Map<string, Finding>();
  const closed: { id: string; why: string }[] = [];
  const tell = (cause: string, finding: Pick<Finding, "file" | "message" | "remedy"> & Partial<Finding>): Unknown => {
    if (!found.has(cause)) found.set(cause, { rule: "figures", severity: "warning", line: 1, column: 1, ...finding });
    return { state: "unknown", why: finding.message };
  };
  return {
    settings: ({ message, remedy, place, others }, { config }) => {
      const { file = join(config, "overpace.yaml"), line = 1, column = 1 } = place ?? {};
      // Settings that stand there and are wrong would hide every bent figure behind them; none at all are a plain file's lot.
      const severity = place?.line === undefined ? "warning" : "error";
      const more = others.length === 0 ? "" : ` (and ${others.length} more: overpace weekly names all)`;
      return tell("settings", {
        file,
        line,
        column,
        severity,
        message: `${prefix}: the settings cannot be used: ${message}${more}`,
        remedy,
      });
    },
    elsewhere: (path, { reviews }) =>
      tell("elsewhere", {
        file: path,
        message: `${prefix}: the file does not stand where a review stands below ${reviews}`,
        remedy: "name the folder of the reviews with --reviews, or move the file to <year>/<id>.md in it",
      }),
    doubt: (path, { why, remedy }) => tell("doubt", { file: path, message: `${prefix} for sure: ${why}`, remedy }),
    unverifiable: ({ id, path }, unknown, guess) => {
      closed.push({ id, why: unknown.why });
      if (guess !== null)
        tell("guess", {
          file: path,
          message: `${prefix} where inputs changed since: ${guess.why}, so a review that is not the newest is taken for closed`,
          remedy: guess.remedy,
        });
      return unknown;
    },
    findings: () => [...found.values()],
    note: () => {
      const [first] = closed;
      if (!first) return null;
      const ids = closed.map(({ id }) => id);
      const names = ids.length <= 3 ? ids.join(", ") : `${ids[0]} … ${ids.at(-1)} (${ids.length} reviews)`;
      return `figures not verifiable here: ${names}; ${first.id} has ${first.why}`;
    },
  };
}
