import type { Answers, Meeting, Words } from "./words.ts";

/** Replaces what must be there: a demo whose words no longer fit its reviews stops. */
function swap(text: string, pattern: RegExp, by: string): string {
  if (!pattern.test(text)) throw new Error(`the words of the demo do not fit: nothing matches ${pattern.source}`);
  return text.replace(pattern, () => by);
}

/** Writes the answers behind the prompts below one zone; a prompt without an answer keeps its comment. */
function answer(text: string, zone: string, answers: Answers): string {
  const start = text.indexOf(`<!-- overpace:${zone} -->`);
  if (start < 0) throw new Error(`the words of the demo do not fit: the review has no ${zone}`);
  const end = text.indexOf("<!-- overpace:", start + 1);
  const filled = Object.entries(answers).reduce(
    (part, [label, words]) => swap(part, new RegExp(`^- \\*\\*${label}:\\*\\*.*$`, "m"), `- **${label}:** ${words}`),
    text.slice(start, end),
  );
  return text.slice(0, start) + filled + text.slice(end);
}

function hold(text: string, { minutes, actions, done }: Meeting): string {
  const edits: readonly (readonly [RegExp, string])[] = [
    [/^state:.*$/m, "state: held"],
    [/^minutes:.*$/m, `minutes: ${minutes}`],
    [/^outcome:.*$/m, "outcome: actions"],
    [/^actions:[^]*?(?=^previous:)/m, `actions:\n${actions}`],
  ];
  for (const id of done) if (!text.includes(`{ id: ${id}, status: done`)) throw new Error(`the review does not say that ${id} is done`);
  return edits.reduce((part, [pattern, by]) => swap(part, pattern, by), text);
}

/** A review with a person's words in it, as they would type them into the file. */
export function fillIn(review: string, { answers, note, meeting }: Words): string {
  const answered = Object.entries(answers).reduce((text, [zone, words]) => answer(text, zone, words), review);
  const noted = swap(answered, /^<!-- \/overpace:notes -->$/m, `<!-- /overpace:notes -->\n\n${note}`);
  return meeting === null ? noted : hold(noted, meeting);
}
