import { answersIn, textBelow } from "../body/answers.ts";
import { scanZones } from "../body/zone.ts";

/** How far people have come with what a review asks them. */
export interface Progress {
  /** Deltas, but for a first week, and anomalies, but for those that were answered before and have no new answer. */
  readonly asked: number;
  /** Those with a decision. */
  readonly decided: number;
  /** Those with a cause, or with an action that finds it. */
  readonly explained: number;
}

const causes: Readonly<Record<string, string>> = { delta: "why", anomaly: "cause" };

/** What is known besides: the ids of the actions in the front matter, and what asks for nothing. */
interface Told {
  readonly actions: ReadonlySet<string>;
  /** Anomalies that earlier reviews answered. */
  readonly answered: ReadonlySet<string>;
  /** False in a first week. */
  readonly asksDeltas: boolean;
}

/**
 * Counts the answers in the body of a review.
 * @throws Problem for a damaged zone.
 */
export function progressOf(body: string, file: string, { actions, answered, asksDeltas }: Told): Progress {
  const zones = scanZones(body, file, 1);
  const below = textBelow(body, zones);
  const asked = zones.flatMap(({ name, id, key, endLine }) => {
    const cause = causes[name];
    if (cause === undefined || (name === "delta" && !asksDeltas)) return [];
    const answers = answersIn(below.get(key) ?? "", endLine);
    if (name === "anomaly" && answered.has(id ?? "") && [...answers.values()].every(({ text }) => text === "")) return [];
    const decision = answers.get("decision")?.text ?? "";
    return [{ decided: decision !== "", explained: actions.has(decision) || (answers.get(cause)?.text ?? "") !== "" }];
  });
  const count = (key: "decided" | "explained") => asked.filter((item) => item[key]).length;
  return { asked: asked.length, decided: count("decided"), explained: count("explained") };
}
