import { unlessRefused } from "../../core/problem.ts";
import { scanZones } from "../body/zone.ts";
import { frontMatterSchema } from "../front-matter/schema.ts";
import { splitDocument } from "../front-matter/split.ts";
import type { ReviewOfActions } from "./latest.ts";

/** The headings of deltas and anomalies by id; none where the zones are damaged, which `check` says. */
function headingsOf(body: string, file: string): Map<string, string> {
  const zones = unlessRefused(() => scanZones(body, file, 1)) ?? [];
  const items = zones.filter(({ name }) => name === "delta" || name === "anomaly");
  return new Map(
    items.flatMap(({ id, text }) => {
      const heading = text.split("\n").find((line) => line.startsWith("### "));
      return id !== undefined && heading !== undefined ? [[id, heading.slice(4)] as const] : [];
    }),
  );
}

/** Finds the heading of an item by its id, or by its name as it is printed. */
function headingsIn(body: string, file: string): ReviewOfActions["headingOf"] {
  let headings: ReadonlyMap<string, string> | null = null;
  return (about) => {
    headings ??= headingsOf(body, file);
    return headings.get(about) ?? [...headings.values()].find((heading) => heading.startsWith(`${about}: `)) ?? null;
  };
}

/** A review file for its actions. Null when the front matter is not that of a review, or is not sound: `check` says what is wrong. */
export function readForActions(text: string, path: string): ReviewOfActions | null {
  return unlessRefused(() => {
    const split = splitDocument(text, path);
    const front = frontMatterSchema.safeParse(split.data).data;
    if (!front) return null;
    return { path, front, lineOf: (key) => split.yaml.placeOf(key).line, headingOf: headingsIn(text.slice(split.bodyStart), path) };
  });
}
