import { measuredIn } from "../../../core/review/effects/past-actions.ts";
import { markdownText, plural } from "../../../core/text.ts";
import { bullets, nameText } from "../../markdown.ts";
import { type SectionContext, printer } from "../context.ts";

/** What actions that are done changed since, beside what they said (N8); null where none can be measured. */
export function pastActionLines({ past, review }: SectionContext): string | null {
  const { change } = printer(review);
  const lines = measuredIn(past, review).map(
    ({ action: { id, title, effect }, slice, outcome: { expected, measured, low80, high80, weeks } }) => {
      // What it is a percentage of may have grown since people read it, as costs came in.
      const percent = "percent" in effect ? `${effect.percent > 0 ? "+" : ""}${effect.percent} %, which is ` : "";
      const range = `eight times of ten ${change(low80 ?? 0n)} to ${change(high80 ?? 0n)}`;
      return `**Done:** ${markdownText(title)} (${id}), stated at ${percent}${change(expected ?? 0n)} a week: ${nameText(slice.path)} moved by ${change(measured ?? 0n)} a week over ${plural(weeks, "week")} since (${range}), whatever else moved it.`;
    },
  );
  return lines.length === 0 ? null : bullets(lines);
}
