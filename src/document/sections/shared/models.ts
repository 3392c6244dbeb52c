import type { Review } from "../../../core/review/review.ts";
import { markdownText } from "../../../core/text.ts";

/** A model by its provider, service and name: its name, with provider and service where others bill one of that name. */
export function modelText(review: Review, [provider = "", service = "", model = ""]: readonly string[]): string {
  const same = review.deltas.flatMap(({ slice: { dimension, path } }) => (dimension === "model" && path[2] === model ? [path] : []));
  const others = same.some((path) => path[0] !== provider) ? [provider] : [];
  const services = same.some((path) => path[0] === provider && path[1] !== service) ? [service] : [];
  const where = [...others, ...services].map(markdownText).join(" · ");
  return `${markdownText(model)}${where === "" ? "" : ` (${where})`}`;
}
