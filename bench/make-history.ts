/**
 * Makes a repository of weekly reviews for measuring: 12 KB a review, three actions and up to four carried ones each, five versions of
 * every review, one commit a version. The same arguments give the same commits.
 *
 *   node bench/make-history.ts <reviews> <folder>
 */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { addDays, isoWeekOf } from "../src/core/day.ts";

const firstDate = "2017-01-02";
const names = ["Ada", "Grace", "Linus", "Barbara"];
const prose = "The figures of this part are explained by the change of last week, see the notes below.\n";

/** How far a review has come: drafted, its actions reworded, their dates moved, held, given to other owners. */
const versions = 5;

interface Week {
  readonly id: string;
  readonly date: string;
}

function weekAt(index: number): Week {
  const date = addDays(firstDate, 7 * index);
  return { date, id: isoWeekOf(addDays(date, -1)) };
}

function actionLines({ id, date }: Week, version: number): string[] {
  return [1, 2, 3].flatMap((number) => [
    `  - id: ${id}-${number}`,
    "    decision: optimize          # investigate | optimize | revise-forecast | escalate",
    `    title: "Raise the threshold of summaries in step ${number}${version > 0 ? " and write down what it saves" : ""}"`,
    "    about: openai/inference",
    `    owner: "@${names[(number + (version > 3 ? 1 : 0)) % names.length]?.toLowerCase()}"`,
    `    due: ${addDays(date, number * 5 + (version > 1 ? 7 : 0))}`,
    '    tactic: "Change the setting in the worker, and compare the quality of a hundred answers"',
    "    status: open            # open | done | dropped",
  ]);
}

/** Each action is carried by the next review, and done in the one after. */
function carriedLines(index: number): string[] {
  return [1, 2].flatMap((back) => {
    if (index < back) return [];
    const { id, date } = weekAt(index - back);
    return [1, 2].map((number) => {
      const status = back === 1 ? "open" : "done";
      return `  - { id: ${id}-${number}, status: ${status}, due: ${addDays(date, number * 5 + 7 * back)}, reason: "Waits for the release", issue: null }`;
    });
  });
}

function reviewText(index: number, version: number): string {
  const week = weekAt(index);
  const front = [
    `review: ${week.id}`,
    `period: { start: ${addDays(week.date, -7)}, end: ${week.date} }   # end exclusive`,
    `state: ${version < 3 ? "draft" : "held"}               # draft → held, once the meeting is over`,
    'attendees: { engineering: "@ada", product: "@grace", others: [] }',
    "minutes: 27",
    "outcome: actions",
    "reason:",
    "actions:",
    ...actionLines(week, version),
    "previous:",
    ...carriedLines(index),
    "waivers: []",
    "silenced: []",
    `next: ${addDays(week.date, 7)}`,
    `figures: { generator: overpace, zones: { summary: ${String(index).padStart(12, "0")} } }`,
  ];
  return `---\n${front.join("\n")}\n---\n${prose.repeat(112)}`;
}

/** The stream that `git fast-import` reads. */
function* stream(reviews: number): Generator<string> {
  for (let index = 0; index < reviews; index += 1) {
    const { id, date } = weekAt(index);
    for (let version = 0; version < versions; version += 1) {
      const text = reviewText(index, version);
      const author = `${names[version % names.length]} <someone@example.com> ${Date.parse(`${date}T08:00:00Z`) / 1000 + version * 3600} +0000`;
      const message = `Review ${id}, version ${version}`;
      yield `commit refs/heads/main\nauthor ${author}\ncommitter ${author}\ndata ${Buffer.byteLength(message)}\n${message}\n`;
      yield `M 100644 inline reviews/${id.slice(0, 4)}/${id}.md\ndata ${Buffer.byteLength(text)}\n${text}\n`;
    }
  }
}

function git(folder: string, words: readonly string[], input?: string): void {
  const { status, stderr } = spawnSync("git", ["-C", folder, ...words], { input: input ?? "", encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`git ${words.join(" ")}: ${stderr}`);
}

const [reviews, folder] = process.argv.slice(2);
if (reviews === undefined || folder === undefined || !/^\d+$/.test(reviews)) {
  process.stderr.write("usage: node bench/make-history.ts <reviews> <folder>\n");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
git(folder, ["init", "--quiet", "--initial-branch", "main"]);
git(folder, ["fast-import", "--quiet"], [...stream(Number(reviews))].join(""));
git(folder, ["reset", "--quiet", "--hard"]);
git(folder, ["repack", "-adq"]);
