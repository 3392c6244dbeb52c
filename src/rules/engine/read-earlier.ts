import { unlessRefused } from "../../core/problem.ts";
import { frontMatterSchema } from "../../document/front-matter/schema.ts";
import { splitDocument } from "../../document/front-matter/split.ts";
import { bodyParts } from "./read.ts";
import type { ReviewFile } from "./rule.ts";

/** A review that others look back on, as `readReview` gives it, without a look at whether its zones are as overpace wrote them. */
export function readEarlier(text: string, file: string): ReviewFile | null {
  return unlessRefused(() => {
    const split = splitDocument(text, file);
    const front = frontMatterSchema.safeParse(split.data, { jitless: true });
    if (!front.success) return null;
    const { questions, prose } = bodyParts(text.slice(split.bodyStart), file, split.bodyLine);
    return { file, front: front.data, questions, prose, placeOf: split.yaml.placeOf };
  });
}
