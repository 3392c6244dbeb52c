import { Problem } from "../../core/problem.ts";
import { parseYaml } from "../../core/yaml.ts";
import { fencesOf } from "../../document/front-matter/split.ts";
import { plainFront } from "../../document/front-matter/plain-front.ts";
import { frontMatterSchema } from "../../document/front-matter/schema.ts";
import { bodyParts, readReview } from "./read.ts";
import type { ReviewFile } from "./rule.ts";

/** A review that others look back on, as `readReview` gives it; most are plain enough to be read without a YAML parser. */
export function readEarlier(text: string, file: string): ReviewFile | null {
  try {
    const { opening, closing, line } = fencesOf(text, file);
    const source = text.slice(opening.next, closing.start);
    const front = frontMatterSchema.safeParse(plainFront(source), { jitless: true });
    if (!front.success) return readReview(text, file).review;
    const { questions, prose } = bodyParts(text.slice(closing.next), file, line + 1);
    return { file, front: front.data, questions, prose, placeOf: (path) => parseYaml(source, file, 2).placeOf(path) };
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}
