import type { Micros } from "../money.ts";
import { isShare } from "../percent.ts";
import { batch } from "./batch.ts";
import { cache } from "./cache.ts";
import type { Candidate, Detect, Material } from "./candidate.ts";
import { cheaper } from "./cheaper.ts";
import { creep } from "./creep.ts";
import { prompts } from "./prompts.ts";
import { retries } from "./retries.ts";

/** What is looked for: a new one is a file and a line here; what it rests on is a kind of `Candidate`. */
const detectors = [prompts, creep, cache, retries, cheaper, batch] as const satisfies readonly Detect[];

const mostShown = 3;

/** The possible savings worth at least `percent` of the prior week's total, the largest first, at most three. They may overlap. */
export function candidatesIn(material: Material, prior7: Micros, percent: number): readonly Candidate[] {
  return detectors
    .flatMap((detect) => detect(material))
    .filter(({ saving }) => saving > 0n && isShare(saving, prior7, percent))
    .sort((a, b) => (a.saving === b.saving ? (order(a) < order(b) ? -1 : 1) : a.saving > b.saving ? -1 : 1))
    .slice(0, mostShown);
}

const order = ({ kind, path }: Candidate) => [kind, ...path].join("\0");
