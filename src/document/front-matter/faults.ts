import type { Fault } from "../../core/yaml/validate.ts";
import { inSmallLetters, remedyFor } from "./remedies.ts";
import { valueAt } from "./value.ts";

/** What each category of decision has besides what all actions have. */
const ownFields: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    investigate: [],
    optimize: ["tactic"],
    "revise-forecast": ["forecast", "communication"],
    escalate: ["why", "options", "recommendation", "to"],
  }),
);

/** The category that a field belongs to. */
function categoryOf(field: string): string | undefined {
  return [...ownFields].find(([, fields]) => fields.includes(field))?.[0];
}

/** What people write for a category, by its letters. */
const spellings: ReadonlyMap<string, string> = new Map(
  Object.entries({
    investigation: "investigate",
    optimise: "optimize",
    optimization: "optimize",
    optimisation: "optimize",
    reviseforecast: "revise-forecast",
    forecast: "revise-forecast",
    escalation: "escalate",
  }),
);

/** Keys of an action that people write in other words. */
const otherWords: ReadonlyMap<string, string> = new Map(
  Object.entries({
    assignee: "owner",
    person: "owner",
    responsible: "owner",
    who: "owner",
    deadline: "due",
    date: "due",
    "due-date": "due",
    description: "title",
    name: "title",
    action: "title",
    type: "decision",
    category: "decision",
    state: "status",
    savings: "effect",
    saving: "effect",
    comms: "communication",
    option: "options",
  }),
);

function textAt(value: unknown, path: readonly PropertyKey[]): string {
  const found = valueAt(value, path);
  return typeof found === "string" ? found : "";
}

const categories = "investigate, optimize, revise-forecast or escalate";

function wrongDecision(name: string, given: unknown): Pick<Fault, "message" | "remedy"> {
  if (given === undefined || given === null || given === "")
    return { message: `${name} has no decision; expected ${categories}`, remedy: "write behind `decision:` what was decided" };
  const word = typeof given === "string" ? given.toLowerCase().replace(/[^a-z]/g, "") : "";
  if (word.startsWith("leaveasis"))
    return {
      message: `${name}: leave-as-is is an answer below a delta, not an action`,
      remedy: "write leave-as-is behind **Decision:** below the delta, and remove this action",
    };
  const meant = spellings.get(word) ?? [...ownFields.keys()].find((decision) => decision.replace("-", "") === word);
  return {
    message: `${name}: ${typeof given === "string" ? `"${given.slice(0, 40)}"` : "this"} is not a decision; expected ${categories}`,
    remedy: meant ? `write decision: ${meant}` : "write the one that fits; docs/review.md of overpace says what each needs",
  };
}

/** The key of an action that somebody meant by another word for it, or began with a capital. */
function meantField(field: string): string | undefined {
  const small = field.toLowerCase();
  return otherWords.get(small) ?? inSmallLetters(field) ?? (small !== field && categoryOf(small) ? small : undefined);
}

function surplusField(name: string, field: string, decision: string): Pick<Fault, "message" | "remedy"> {
  const category = categoryOf(field);
  if (category && ownFields.has(decision))
    return {
      message: `${name}: ${decision} has no \`${field}\`; it belongs to ${category}`,
      remedy: `remove \`${field}\`, or make it decision: ${category}`,
    };
  const meant = meantField(field);
  return {
    message: `${name}: \`${field.slice(0, 40)}\` is not a key of an action`,
    remedy: meant
      ? `write \`${meant}\` instead`
      : `remove it, or write it as prose below; ${ownFields.has(decision) ? decision : "an action"} has ${["title", "owner", "due", ...(ownFields.get(decision) ?? [])].join(", ")}`,
  };
}

/** A fault of an action in the words of its decision, with the action named by its id. */
function ofAction(fault: Fault, value: unknown): Fault {
  const [list, index, field] = fault.path;
  if (list !== "actions" || typeof index !== "number") return fault;
  const name = textAt(value, ["actions", index, "id"]) || `action ${index + 1}`;
  if (fault.path.length === 3 && field === "decision") return { ...fault, ...wrongDecision(name, valueAt(value, fault.path)), whole: true };
  if (fault.path.length !== 3 || fault.kind !== "unknown") return fault;
  const key = String(field);
  // What nothing stands behind may be the rest of a text with a comma.
  const isKey = valueAt(value, fault.path) !== null || categoryOf(key) !== undefined || meantField(key) !== undefined;
  return isKey ? { ...fault, ...surplusField(name, key, textAt(value, ["actions", index, "decision"])), whole: true } : fault;
}

/** Says a fault of an action in the words of its decision, and of any key what to write there. */
export function rewordFault(fault: Fault, value: unknown): Fault {
  const said = ofAction(fault, value);
  const remedy = said.remedy ?? remedyFor(said, value);
  return remedy === undefined ? said : { ...said, remedy };
}
