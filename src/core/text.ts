/**
 * Text from outside (names of services, models, keys, tags, titles) made harmless, one function for each target.
 * Sources: GitHub's filters act on rendered text, so a mention or reference is broken by a zero-width space, not by an entity;
 * runners obey `::command::` and `##[command]` at the start of a log line; spreadsheets run cells that begin with = + - @.
 */

const invisible = "\u200B";
/** Names longer than this are cut; sentences may be longer. */
const longestName = 120;
const longestSentence = 600;

/** Controls, line and paragraph separators, and the marks that turn the direction of text. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]+/gu;
/** What no font draws: two names could look the same, or a name hold words that nobody sees. Joiners and the forms of emoji are not of these. */
const undrawn = /(?:(?!\u200C|\u200D|\uFE0E|\uFE0F)\p{Default_Ignorable_Code_Point})+/gu;
const anythingDrawn = /[^\s\p{M}\p{Cf}]/u;

function oneLine(text: string, longest: number): string {
  const flat = text.replace(unseen, " ").trim();
  const letters = Array.from(flat);
  return letters.length <= longest ? flat : `${letters.slice(0, longest - 1).join("")}…`;
}

/** What somebody wrote, as plain text on one line and no longer than a sentence. */
export function plainSentence(text: string): string {
  return oneLine(text, longestSentence);
}

/** For Markdown anywhere within a line: a table cell, a heading, a sentence. Renders as the same text, never as markup. */
export function markdownText(text: string): string {
  const flat = oneLine(text.replace(undrawn, " "), longestName);
  return neutral(anythingDrawn.test(flat) ? flat : "(unnamed)");
}

/** The same for a whole sentence, such as a message that quotes a file. */
export function markdownSentence(text: string): string {
  return neutral(oneLine(text, longestSentence));
}

function neutral(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>|~&!]/g, "\\$&")
    .replace(/@(?=\S)/g, `@${invisible}`)
    .replace(/#(?=\d)/g, `#${invisible}`)
    .replace(/(GH)-(?=\d)/gi, `$1-${invisible}`)
    .replace(/:\/\//g, `:${invisible}//`)
    .replace(/(www)\./gi, `$1${invisible}.`);
}

/** For a line on a terminal or in a job log: no line breaks, no colour codes, nothing that a runner takes for a command. */
export function logText(text: string): string {
  return text
    .replace(unseen, " ")
    .replace(/:(?=:)/g, `:${invisible}`)
    .replace(/##\[/g, `##${invisible}[`);
}

const unsafeInJson = /[\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/g;

/**
 * A value as JSON on one line, for programs that read it from a log or terminal: what would end the line there, turn its direction or be
 * taken for a command (`##[` anywhere in a line) is written as an escape, so that the value stays the same.
 */
export function jsonText(value: unknown): string {
  const escaped = (text: string) => `\\u${text.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(unsafeInJson, escaped).replaceAll("##[", "#\\u0023[");
}

const formulaStart = /^[=+\-@\t\r\n'＝＋－＠]/u;

/** For a text cell of a CSV file: what a spreadsheet would run is led by an apostrophe; `csvCellText` takes it back. */
export function csvCell(text: string): string {
  return formulaStart.test(text) ? `'${text}` : text;
}

/** The text that `csvCell` was given. */
export function csvCellText(cell: string): string {
  return cell.startsWith("'") ? cell.slice(1) : cell;
}

/** `1 day`, `3 days`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
