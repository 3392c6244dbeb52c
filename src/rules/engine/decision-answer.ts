import { wordOf } from "../../document/body/answers.ts";
import type { KnownAction } from "./actions.ts";
import { type Fault, type Item, quoted, twoAnswers } from "./items.ts";

/** What stands behind **Decision:**. */
export type DecisionAnswer =
  | { readonly kind: "none" | "leave-as-is" | "other" }
  /** One id or several, with commas or `and` between them. */
  | { readonly kind: "actions"; readonly ids: readonly string[] };

const idPattern = /^\d{4}-w?\d{2}-\d{1,3}$/;

/** Takes the answer behind **Decision:** of an item apart. */
export function decisionOf({ answer }: Item): DecisionAnswer {
  const text = wordOf(answer("decision"));
  if (text === "") return { kind: "none" };
  if (text.replaceAll(" ", "-") === "leave-as-is") return { kind: "leave-as-is" };
  const words = text.split(/[\s,]+/).filter((word) => word !== "and" && word !== "");
  const isIds = words.length > 0 && words.every((word) => idPattern.test(word));
  return isIds ? { kind: "actions", ids: words.map((id) => id.toUpperCase()) } : { kind: "other" };
}

/** What is wrong with an answer behind Decision, whatever the item. */
export function decisionFaults(item: Item, decision: DecisionAnswer, known: ReadonlyMap<string, KnownAction>): Fault[] {
  const remedy =
    "write leave-as-is when it is accepted at this level, or the id of an action of this review or of previous, and nothing behind it";
  const fault = (message: string) => [{ prompt: "decision", message, remedy }];
  if (decision.kind === "other" && item.againAt("decision") !== undefined) return twoAnswers(item, "decision");
  if (decision.kind === "other") return fault(`Decision says ${quoted(item.answer("decision"))}, it is leave-as-is or the id of an action`);
  const unknown = decision.kind === "actions" ? decision.ids.filter((id) => !known.has(id)) : [];
  return unknown.length === 0 ? [] : fault(`Decision names ${unknown.join(", ")}, which is no action of this review`);
}
