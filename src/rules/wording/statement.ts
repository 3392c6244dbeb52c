import { type Word, plain, wordsOf } from "./text.ts";
import { endings, fillers, measures, movements, placeholders, pointers, pointing, times, troubles, unknowns } from "./words.ts";

/** What is wrong with a text, as the end of a sentence, and why that does not do. */
export interface Verdict {
  readonly what: string;
  readonly why: string;
}

/** What a statement is expected to say; each kind knows words that say nothing here. */
export type StatementKind = "explanation" | "cause" | "resolution" | "tactic" | "text";

const efforts: ReadonlySet<string> = new Set(
  "optimize optimise optimization optimisation improve improvement improvements reduce reducing cut cutting save saving savings lower cheaper efficient efficiency better tune tweak".split(
    " ",
  ),
);

const empty: Readonly<Record<StatementKind, readonly ReadonlySet<string>[]>> = {
  explanation: [measures, movements, times, troubles],
  cause: [measures, movements, times, troubles],
  resolution: [measures, times, troubles, endings],
  tactic: [measures, efforts, times],
  text: [],
};

/** Words that say something: not one of a list, no figure, no name of who bills, no reference alone. */
function contentOf(words: readonly Word[], kind: StatementKind): Word[] {
  const points = pointing.has(words[0]?.text ?? "");
  return words.filter(({ text, kind: sort }) => {
    if (sort === "number") return false;
    if (sort === "reference") return kind === "resolution";
    if (sort === "name") return kind === "tactic" || kind === "text";
    if (fillers.has(text) || unknowns.has(text) || placeholders.has(text)) return false;
    if (points && pointers.has(text)) return false;
    return !empty[kind].some((known) => known.has(text));
  });
}

interface Lack {
  readonly what: string;
  /** Why that does not do. */
  readonly because?: string;
  readonly expected: string;
}

const lacks: Readonly<Record<StatementKind, Lack>> = {
  explanation: {
    what: "is an observation, not an explanation",
    because: "it repeats that a figure moved",
    expected: "expected what moved it",
  },
  cause: { what: "names no cause", because: "it says that something happened", expected: "expected what made it happen" },
  resolution: {
    what: "does not say what ended it",
    because: "who reads it later cannot tell what was done",
    expected: "expected what was changed, or that it ended by itself and why",
  },
  tactic: { what: "is no specific tactic", because: "it says that cost goes down", expected: "expected what exactly is changed" },
  text: { what: "says nothing", expected: "expected a sentence that can be understood later" },
};

/** What is wrong with a statement, or null: it is accepted when a single word in it says something. */
export function judgeStatement(text: string, kind: StatementKind): Verdict | null {
  const words = wordsOf(plain(text));
  if (contentOf(words, kind).length > 0) return null;
  const isPointer =
    words.some(({ kind: sort }) => sort === "reference") ||
    (pointing.has(words[0]?.text ?? "") && words.some(({ text: word }) => pointers.has(word)));
  if (isPointer)
    return {
      what: "points elsewhere and says nothing itself",
      why: "who was not there must understand it from this file alone; a link may stand beside the words",
    };
  if (words.some(({ text: word }) => unknowns.has(word)) && kind !== "tactic" && kind !== "text")
    return {
      what: `says that ${kind === "resolution" ? "it is not over" : "the cause is not known"}`,
      why: "what nobody can answer yet gets an action with an owner",
    };
  const { what, because, expected } = lacks[kind];
  if (words.every(({ text: word }) => placeholders.has(word))) return { what: "holds a place and says nothing", why: expected };
  return { what, why: because === undefined ? expected : `${because}; ${expected}` };
}
