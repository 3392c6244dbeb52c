import { execFileSync } from "node:child_process";
import { addDays, isoWeekOf } from "../../src/core/day.ts";
import type { actionsFigures } from "../../src/document/actions/report.ts";
import { gitEnv } from "../support/github/git/run.ts";
import { type Setting, folderWith, overpace, write } from "../support/world.ts";

/** A review of a date: `2026-W44` is that of 2 November 2026. */
export interface Week {
  readonly date: string;
  readonly state?: "draft" | "held";
  readonly actions?: readonly Readonly<Record<string, string | number>>[];
  readonly previous?: readonly Readonly<Record<string, string | number>>[];
}

const quote = (value: string | number) =>
  typeof value === "number" || /^(?:\d{4}-|open$|done$|dropped$|null$|\{)/.test(value) ? String(value) : JSON.stringify(value);
const flow = (entry: Readonly<Record<string, string | number>>) =>
  `{ ${Object.entries(entry)
    .map(([key, value]) => `${key}: ${quote(value)}`)
    .join(", ")} }`;

export const idOf = (date: string) => isoWeekOf(addDays(date, -1));
export const pathOf = (date: string, folder = "reviews") => `${folder}/${idOf(date).slice(0, 4)}/${idOf(date)}.md`;

/** The text of a review with these actions. */
export function textOf({ date, state = "held", actions = [], previous = [] }: Week): string {
  const id = idOf(date);
  const lines = actions.flatMap(({ n = 1, ...more }) => {
    const entry = {
      id: `${id}-${n}`,
      decision: "investigate",
      title: "Find the cause of the jump",
      owner: "@octocat",
      due: addDays(date, 4),
      status: "open",
      ...more,
    };
    return Object.entries(entry).map(([key, value], index) => `  ${index === 0 ? "- " : "  "}${key}: ${quote(value)}`);
  });
  return [
    "---",
    `review: ${id}`,
    `period: { start: ${addDays(date, -7)}, end: ${date} }   # end exclusive`,
    `state: ${state}`,
    'attendees: { engineering: "@octocat", product: "@hubot", others: [] }',
    "minutes: 27",
    "outcome: actions",
    "reason:",
    lines.length === 0 ? "actions: []" : "actions:",
    ...lines,
    previous.length === 0 ? "previous: []" : "previous:",
    ...previous.map((entry) => `  - ${flow(entry)}`),
    "waivers: []",
    "silenced: []",
    `next: ${addDays(date, 7)}`,
    "figures: { generator: overpace, zones: {} }",
    "---",
    "Prose.",
    "",
  ].join("\n");
}

/** A repository whose commits are made by named people on given days. */
export interface Lab {
  readonly folder: string;
  readonly git: (...words: string[]) => string;
  /** Writes files (null removes one) and commits them; gives the short id. */
  readonly commit: (author: string, day: string, files: Readonly<Record<string, string | null>>) => string;
}

export function labIn(folder: string): Lab {
  const run = (words: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const someone = {
      GIT_AUTHOR_NAME: "Merger",
      GIT_AUTHOR_EMAIL: "secret@example.com",
      GIT_COMMITTER_NAME: "c",
      GIT_COMMITTER_EMAIL: "c@c",
    };
    const day = { GIT_AUTHOR_DATE: "2026-12-24T12:00:00Z", GIT_COMMITTER_DATE: "2026-12-24T12:00:00Z" };
    const env = { ...gitEnv(), PATH: process.env["PATH"] ?? "", ...someone, ...day, ...more };
    return execFileSync("git", ["-C", folder, ...words], { encoding: "utf8", env, stdio: ["ignore", "pipe", "pipe"] }).trim();
  };
  return {
    folder,
    git: (...words) => run(words),
    commit: (author, day, files) => {
      for (const [path, text] of Object.entries(files)) {
        if (text === null) run(["rm", "-q", path]);
        else write(folder, { [path]: text });
      }
      run(["add", "--all"]);
      const time = `${day}T23:30:00Z`;
      run(["commit", "-q", "-m", day], { GIT_AUTHOR_NAME: author, GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time });
      return run(["rev-parse", "--short=7", "HEAD"]);
    },
  };
}

export function lab(branch = "main"): Lab {
  const made = labIn(folderWith());
  made.git("init", "-q", "-b", branch);
  return made;
}

export type Report = ReturnType<typeof actionsFigures>;

/** What `overpace actions --json` prints. */
export async function reported(folder: string, words: readonly string[] = [], setting: Setting = {}): Promise<Report> {
  const { code, out, err } = await overpace(folder, ["actions", "--json", "--as-of", "2026-12-28", ...words], setting);
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as Report;
}

/** The history of an action in short: day, author, what changed, from, to. */
export async function historyOf(folder: string, id: string): Promise<string[]> {
  const { actions, drafts } = await reported(folder);
  const found = [...actions, ...drafts].find((action) => action.id === id);
  return (found?.history ?? []).map(({ date, author, change, field, from, to }) =>
    [date ?? "not committed", author ?? "-", change, ...(field === null ? [] : [from ?? "-", to ?? "-"])].join(" "),
  );
}
