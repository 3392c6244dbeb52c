/** The answers below one delta or anomaly, by prompt. */
export type Answers = Readonly<Record<string, string>>;

/** What a person types into a review. */
export interface Words {
  /** By zone, such as `delta openai/openai-api`. */
  readonly answers: Readonly<Record<string, Answers>>;
  /** Goes below the heading Notes. */
  readonly note?: string;
  /** What the meeting decides; null as long as it has not met. */
  readonly meeting: Meeting | null;
}

export interface Meeting {
  readonly minutes: number;
  /** The actions as they stand in the front matter; empty for none. */
  readonly actions: string;
  /** Actions of earlier reviews whose issues were closed as done, which the review says by itself. */
  readonly done: readonly string[];
  /** Other lines of the front matter, by the key that they begin with or the id of an entry of `previous`. */
  readonly lines?: Readonly<Record<string, string>>;
}

/** Replaces what must be there: words that no longer fit their review stop the story. */
function swap(text: string, pattern: RegExp, by: string): string {
  if (!pattern.test(text)) throw new Error(`the words do not fit the review: nothing matches ${pattern.source}`);
  return text.replace(pattern, () => by);
}

/** Writes the answers behind the prompts below one zone; a prompt without an answer keeps its comment. */
function answer(text: string, zone: string, answers: Answers): string {
  const start = text.indexOf(`<!-- overpace:${zone} -->`);
  if (start < 0) throw new Error(`the words do not fit the review: it has no ${zone}`);
  const end = text.indexOf("<!-- overpace:", start + 1);
  const filled = Object.entries(answers).reduce(
    (part, [label, words]) => swap(part, new RegExp(`^- \\*\\*${label}:\\*\\*.*$`, "m"), `- **${label}:** ${words}`),
    text.slice(start, end),
  );
  return text.slice(0, start) + filled + text.slice(end);
}

function lineEdit([key, line]: readonly [string, string]): readonly [RegExp, string] {
  return /^\d/.test(key) ? [new RegExp(`^  - \\{ id: ${key},.*$`, "m"), `  - ${line}`] : [new RegExp(`^${key}:.*$`, "m"), line];
}

function hold(text: string, { minutes, actions, done, lines = {} }: Meeting): string {
  const edits: readonly (readonly [RegExp, string])[] = [
    [/^state:.*$/m, "state: held"],
    [/^minutes:.*$/m, `minutes: ${minutes}`],
    [/^outcome:.*$/m, `outcome: ${actions === "" ? "no-action-needed" : "actions"}`],
    [/^actions:[^]*?(?=^previous:)/m, actions === "" ? "actions: []\n" : `actions:\n${actions}`],
    ...Object.entries(lines).map(lineEdit),
  ];
  for (const id of done) if (!text.includes(`{ id: ${id}, status: done`)) throw new Error(`the review does not say that ${id} is done`);
  return edits.reduce((part, [pattern, by]) => swap(part, pattern, by), text);
}

/** A review with a person's words in it, as they would type them into the file. */
export function fillIn(review: string, { answers, note, meeting }: Words): string {
  const answered = Object.entries(answers).reduce((text, [zone, words]) => answer(text, zone, words), review);
  const end = /^<!-- \/overpace:notes -->$/m;
  const noted = note === undefined ? answered : swap(answered, end, `<!-- /overpace:notes -->\n\n${note}`);
  return meeting === null ? noted : hold(noted, meeting);
}
