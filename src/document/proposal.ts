import { markdownText } from "../core/text.ts";
import { blocks, bullets } from "./markdown.ts";
import type { Section } from "./model.ts";
import type { FrontMatter } from "./schema.ts";

/** GitHub takes 65,536 characters; a body stays well below. */
const longestBody = 60_000;

interface ProposalInput {
  readonly sections: readonly Section[];
  readonly front: FrontMatter;
  /** Where the file stands, as people write it. */
  readonly path: string;
  /** What moved since people read it, as it stands in the file. */
  readonly note: string;
}

function textsOf(sections: readonly Section[], name: string, items: (text: string) => string): (string | null)[] {
  const section = sections.find((candidate) => candidate.name === name);
  if (!section) return [];
  return [section.head?.text ?? null, ...section.items.map(({ zone }) => items(zone.text.trim())), section.end];
}

/** The lines of the front matter that a reader of the pull request wants to see: who, which actions, when next. */
function decisions({ attendees, actions, next, outcome }: FrontMatter): string {
  const people = [attendees.engineering, attendees.product, ...(attendees.others ?? [])].map(markdownText).join(", ");
  const list = (actions ?? []).map(
    ({ title, owner, due, decision }) => `${decision}: ${markdownText(title)} – ${markdownText(owner)} – ${due}`,
  );
  return blocks([
    "## Actions and owners",
    `As the file stood at this run: attendees ${people}; outcome ${outcome ?? "not decided yet"}; next review ${next}.`,
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
export function proposalBody({ sections, front, path, note }: ProposalInput): string {
  const edit = `Explain, decide and edit in \`${path}\` on this branch; \`overpace check\` says what is open. This text is a mirror and is written anew by each run.`;
  const summary = [
    ...textsOf(sections, "summary", (text) => text).map((text) => text && withoutImages(text.replace(/^# .*\n+/, ""))),
    note,
  ];
  const middle = (items: (text: string) => string) =>
    ["previous", "pacing", "deltas", "anomalies"].flatMap((name) => textsOf(sections, name, items));
  const steps = [
    () => blocks([edit, ...summary, ...middle((text) => text), decisions(front)]),
    () => blocks([edit, ...summary, ...middle(heading), decisions(front)]),
    () => blocks([edit, ...summary]),
  ];
  const bodies = steps.map((step) => step());
  return bodies.find((body) => body.length <= longestBody) ?? cutAtLine(bodies.at(-1) ?? edit);
}
