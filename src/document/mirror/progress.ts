import { answersIn, textBelow } from "../body/answers.ts";
import { scanZones } from "../body/zone.ts";

/** How far people have come with what a review asks them. */
export interface Progress {
  /** Deltas, but for a first week, and anomalies. */
  readonly asked: number;
  /** Those with a decision. */
  readonly decided: number;
  /** Those with a cause, or with an action that finds it. */
  readonly explained: number;
}

const causes: Readonly<Record<string, string>> = { delta: "why", anomaly: "cause" };

/** What the front matter tells: the ids of its actions, and whether deltas ask for a cause. */
interface Told {
  readonly actions: ReadonlySet<string>;
  readonly asksDeltas: boolean;
}

/**
 * Counts the answers in the body of a review.
 * @throws Problem for a damaged zone.
 */
export function progressOf(body: string, file: string, { actions, asksDeltas }: Told): Progress {
  const zones = scanZones(body, file, 1);
  const below = textBelow(body, zones);
  const asked = zones.flatMap(({ name, key, endLine }) => {
    const cause = causes[name];
    if (cause === undefined || (name === "delta" && !asksDeltas)) return [];
    const answers = answersIn(below.get(key) ?? "", endLine);
    const decision = answers.get("decision")?.text ?? "";
    return [{ decided: decision !== "", explained: actions.has(decision) || (answers.get(cause)?.text ?? "") !== "" }];
  });
  const count = (key: "decided" | "explained") => asked.filter((item) => item[key]).length;
  return { asked: asked.length, decided: count("decided"), explained: count("explained") };
}
