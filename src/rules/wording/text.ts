import { names } from "./words.ts";

/** What is judged of a text: beyond it nobody reads a title or a reason. */
const longest = 2000;
const longestWord = 80;

const reference = /^(?:[\w.-]{1,60}\/)?(?:[\w.-]{1,60})?#\d{1,9}$/;
const number = /^[-+~≈<>±]?[$€£¥]?[-+]?\d[\d.,']*(?:st|nd|rd|th|k|m|mn|bn|b|x|×|%|pp|h|d|w|usd|eur)?$/;
const review = /^(?:\d{4}-)?w\d{1,2}(?:-\d{1,3})?$/;
const model = /^(?:gpt|claude|sonnet|haiku|opus|gemini|llama|mistral|nova|titan|o1|o3|o4|text-embedding|deepseek)(?:[-.\d].*)?$/;

/** A word of a text, as it stands and as lists know it. */
export interface Word {
  readonly text: string;
  readonly kind: "word" | "number" | "reference" | "name" | "identifier";
}

function kindOf(text: string): Word["kind"] {
  if (reference.test(text)) return "reference";
  if (number.test(text) || review.test(text)) return "number";
  if (names.has(text) || model.test(text)) return "name";
  return /[_`]|\d/.test(text) ? "identifier" : "word";
}

/** The text without comments of Markdown, links and code fences, in lower case and on one line. */
export function plain(text: string): string {
  return text
    .slice(0, longest)
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(/https?:\/\/\S+/g, " #1 ")
    .replace(/[*<>]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

/** The words of a plain text, without punctuation around them. */
export function wordsOf(text: string): Word[] {
  return text
    .split(/[\s,;:!()[\]{}"“”„«»|→=…–—]+/u)
    .map((part) => part.slice(0, longestWord).replace(/^[.'/-]+(?=\S)|[.'/-]+$/g, ""))
    .map((part) => (/^[^?]+\?+$/.test(part) ? part.replace(/\?+$/, "") : part))
    .filter((part) => /[\p{L}\p{N}]/u.test(part) || /^[-.?]+$/.test(part))
    .map((part) => ({ text: part.replaceAll("`", ""), kind: kindOf(part) }));
}
