import { markdownText, plural } from "../../core/text.ts";
import type { Section } from "../body/model.ts";
import { saysFirstWeek } from "../front-matter/figures.ts";
import { type FrontMatter, frontMatterSchema } from "../front-matter/schema.ts";
import { splitDocument } from "../front-matter/split.ts";
import { blocks, bullets } from "../markdown.ts";
import type { EarlierAnswer } from "../sections/context.ts";
import { standingNote } from "../weekly.ts";
import { type Progress, progressOf } from "./progress.ts";

/** GitHub takes 65,536 characters; a body stays well below. */
const longestBody = 60_000;

interface ProposalInput {
  readonly sections: readonly Section[];
  /** What is not asked again. */
  readonly answered: readonly EarlierAnswer[];
  /** The whole file, with what people wrote. */
  readonly text: string;
  readonly path: string;
  /** Where readers find the file. */
  readonly place: string;
}

function textsOf(sections: readonly Section[], name: string, items: (text: string) => string): (string | null)[] {
  const section = sections.find((candidate) => candidate.name === name);
  if (!section) return [];
  return [section.head?.text ?? null, ...section.items.map(({ zone }) => items(zone.text.trim())), section.end];
}

/** What people have still to answer, in a sentence; null when nothing is asked. */
function progressText({ asked, decided, explained }: Progress): string | null {
  if (asked === 0) return null;
  const left = (done: number, open: string, all: string) => (done === asked ? `all ${all}` : `${asked - done} still to ${open}`);
  const items = plural(asked, "delta or anomaly", "deltas and anomalies");
  return `**${items}: ${left(explained, "explain", "explained")}, ${left(decided, "decide", "decided")}.**`;
}

type Action = NonNullable<FrontMatter["actions"]>[number];

function actionText({ id, title, owner, due, decision, status }: Action): string {
  const ended = status === "open" ? "" : ` – ${status}`;
  return `${id} · ${decision}: ${markdownText(title || "(no title)")} – ${markdownText(owner || "(nobody)")} – ${due ?? "(no date)"}${ended}`;
}

/** The lines of the front matter that a reader of the pull request wants to see: who, which actions, when next. */
function decisions(front: FrontMatter | null): string {
  const title = "## Actions and owners";
  if (front === null) return blocks([title, "The front matter of the file cannot be read yet: `overpace check` says what to mend."]);
  const { attendees, actions, next, outcome, state } = front;
  const people = [attendees.engineering, attendees.product, ...(attendees.others ?? [])]
    .map((person) => markdownText(person || "(nobody)"))
    .join(", ");
  const list = (actions ?? []).map(actionText);
  return blocks([
    title,
    `As the file stood at this run: ${state}; attendees ${people}; outcome ${outcome ?? "not decided yet"}; next review ${next}.`,
    list.length === 0 ? "No actions." : bullets(list),
  ]);
}

const heading = (text: string) => text.split("\n")[0] ?? "";
/** Links to files of the branch do not work in a pull request's text. */
const withoutImages = (text: string) => text.replace(/\n*!\[[^\]]*\]\([^)]*\)/g, "");

/** The last resort: whole lines as far as they fit. */
function cutAtLine(text: string): string {
  const cut = text.slice(0, longestBody - 1);
  return `${cut.slice(0, cut.lastIndexOf("\n"))}\n…`;
}

/**
 * What the pull request says: a mirror of the file, runbook fields in order, under 60,000 characters. It shrinks by steps: whole, with
 * the headings of deltas and anomalies only, the summary alone, what fits of it.
 */
export function proposalBody({ sections, answered, text, path, place }: ProposalInput): string {
  const split = splitDocument(text, path);
  const body = text.slice(split.bodyStart);
  const front = frontMatterSchema.safeParse(split.data).data ?? null;
  const told = {
    actions: new Set(front?.actions?.map(({ id }) => id)),
    answered: new Set(answered.map(({ anomaly }) => anomaly)),
    asksDeltas: front === null || !saysFirstWeek(front),
  };
  const progress = progressText(progressOf(body, path, told));
  const edit = `Explain, decide and edit in \`${place}\` on this branch; \`overpace check\` says what is open. This text is a mirror and is written anew by each run.`;
  const summary = [
    ...textsOf(sections, "summary", (text) => text).map((text) => text && withoutImages(text.replace(/^# .*\n+/, ""))),
    standingNote(body, path, split.bodyLine),
  ];
  const middle = (items: (text: string) => string) =>
    ["previous", "pacing", "deltas", "anomalies"].flatMap((name) => textsOf(sections, name, items));
  const last = [decisions(front), ...textsOf(sections, "escalations", (text) => text)];
  const steps = [
    () => blocks([edit, progress, ...summary, ...middle((text) => text), ...last]),
    () => blocks([edit, progress, ...summary, ...middle(heading), ...last]),
    () => blocks([edit, progress, ...summary]),
  ];
  const bodies = steps.map((step) => step());
  return bodies.find((body) => body.length <= longestBody) ?? cutAtLine(bodies.at(-1) ?? edit);
}
