import { judgeOwner } from "./owner.ts";
import { type StatementKind, type Verdict, judgeStatement } from "./statement.ts";
import { judgeTitle } from "./title.ts";

/** What a text is meant to be. */
export type Kind = StatementKind | "title" | "owner";

/**
 * Judges what people wrote: null when it will do, else what is wrong (`title is …`) and why that does not do. It is made to be
 * accepted: what the word lists do not know is taken to be good.
 */
export function judge(text: string, kind: Kind): Verdict | null {
  if (kind === "title") return judgeTitle(text);
  return kind === "owner" ? judgeOwner(text) : judgeStatement(text, kind);
}
