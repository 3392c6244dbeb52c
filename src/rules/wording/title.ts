import type { Verdict } from "./statement.ts";
import { type Word, plain, wordsOf } from "./text.ts";
import { efforts, enough, examining, hedges, lead, results, soft, topics, watching } from "./verbs.ts";
import { fillers, measures, movements, placeholders, times, troubles } from "./words.ts";

const noEnd: Verdict = {
  what: "has no definition of done",
  why: "nothing in it tells when it is finished",
};
const noAction: Verdict = { what: "is not an action", why: "watching and waiting change nothing" };
const undecided: Verdict = { what: "is not decided", why: "it leaves open whether anything is done" };
const topic: Verdict = {
  what: "names a topic, not an action",
  why: "it does not say what somebody does about it",
};

/** The text begins with one of the phrases (whole words). */
function beginsWith(text: string, phrases: readonly string[]): boolean {
  return phrases.some((phrase) => text === phrase || text.startsWith(`${phrase} `));
}

function contains(text: string, phrases: readonly string[]): boolean {
  return phrases.some((phrase) => ` ${text} `.includes(` ${phrase} `));
}

/** Drops "we should", "please", "let's" and the like; says whether one of them was a hedge. */
function withoutLead(words: readonly Word[]): { words: readonly Word[]; hedged: boolean } {
  let first = 0;
  let hedged = false;
  for (; first < words.length; first++) {
    const text = words[first]?.text ?? "";
    if (hedges.has(text)) hedged = true;
    else if (!lead.has(text)) break;
  }
  return { words: words.slice(first), hedged };
}

const questions = new Set("which whether why who when where if how cause reason source origin".split(" "));
const emptyQuestions = [
  "what to do",
  "what we can do",
  "what can be done",
  "what is going on",
  "what's going on",
  "if needed",
  "if possible",
  "if necessary",
  "how it goes",
  "how it develops",
  "how things go",
];

function asksQuestion(text: string, words: readonly Word[]): boolean {
  const asked = words.some((word) => questions.has(word.text) || word.text === "what" || word.text === "that");
  return asked && !contains(text, emptyQuestions);
}

/** After the first verb another one says what comes out: "… and write it down". */
function hasResult(words: readonly Word[]): boolean {
  return words.slice(1).some(({ text }) => results.has(text));
}

function isTopic({ text, kind }: Word): boolean {
  return (
    kind === "name" ||
    topics.has(text) ||
    measures.has(text) ||
    troubles.has(text) ||
    times.has(text) ||
    fillers.has(text) ||
    movements.has(text)
  );
}

/** Words that say what exactly: no topic, no filler, no verb that can go on for ever. */
function specifics(words: readonly Word[]): Word[] {
  return words.filter((word) => {
    if (word.kind === "number" || word.kind === "reference") return false;
    return !isTopic(word) && !efforts.has(word.text) && !examining.has(word.text);
  });
}

const manner = ["by", "via", "instead of", "using", "behind", "→", "from"];

/** A target, an identifier or a way: "from 4096 to 1024", "max_tokens", "by batching". */
function isConcrete(text: string, words: readonly Word[]): boolean {
  return words.some(({ kind }) => kind === "number" || kind === "identifier") || contains(text, manner) || /:\s*\S+ \S+/.test(text);
}

const enoughOfExamining = 3;
const enoughOfEffort = 2;

/** How many words say what exactly; models and services count where the verb is about trying or choosing them. */
function weight(verb: string, words: readonly Word[]): number {
  const named = ["decide", "test", "evaluate", "try"].includes(verb) && words.some(({ kind }) => kind === "name");
  return specifics(words).length + (named ? 1 : 0);
}

/** What is wrong with the title of an action, or null. */
export function judgeTitle(title: string): Verdict | null {
  const all = wordsOf(plain(title));
  if (all.every(({ text }) => placeholders.has(text))) return { what: "holds a place and says nothing", why: noEnd.why };
  const { words, hedged } = withoutLead(all);
  const text = words.map((word) => word.text).join(" ");
  if (hedged || contains(text, soft)) return undecided;
  if (beginsWith(text, watching)) return hasResult(words) ? null : noAction;
  const verb = words[0]?.text ?? "";
  const said = weight(verb, words);
  if (examining.has(verb)) {
    const counted = words.some(({ text: word, kind }) => kind === "number" && /^\d+$/.test(word)) && said > 1;
    return asksQuestion(text, words) || hasResult(words) || counted || said >= (enough[verb] ?? enoughOfExamining) ? null : noEnd;
  }
  if (efforts.has(verb)) return said >= (enough[verb] ?? enoughOfEffort) || isConcrete(plain(title), words) ? null : noEnd;
  if (words.every((word) => isTopic(word) && !results.has(word.text))) return topic;
  return said === 0 && !words.some((word) => results.has(word.text)) ? noEnd : null;
}
