import type { Rename } from "../../../core/review/deltas/renames.ts";
import type { Review } from "../../../core/review/review.ts";
import type { Slice } from "../../../core/slices/slice.ts";
import { markdownText, plural } from "../../../core/text.ts";
import { nameText } from "../../markdown.ts";
import { printer } from "../context.ts";

const words = {
  provider: "provider",
  service: "service",
  model: "model",
  account: "account",
  project: "project",
  apiKey: "API key",
} as const satisfies Record<Rename["dimension"], string>;

/** A name that ended where another of like size began, and what to do if it is a rename. */
export function renameLine(review: Review, { dimension, within, from, to, since, days, before, after }: Rename): string {
  const { micros, day } = printer(review);
  const where = within.length === 0 ? "" : ` (${nameText(within)})`;
  return [
    `**Likely a rename:** ${words[dimension]} ${markdownText(from)} → ${markdownText(to)}${where} on ${day(since)}: ${micros(after)} in ${plural(days, "day")}, ${micros(before)} a week before.`,
    `If so, add the old name with the new one under \`aliases\`, \`${dimension}\`, in overpace.yaml, and both have one history.`,
  ].join(" ");
}

/** The likely rename of a provider or service that a slice begins or ends, or lies in. */
export function renameOf({ renames }: Review, { path }: Slice): Rename | undefined {
  const isAt = (rename: Rename, name: string) => [...rename.within, name].every((part, depth) => path[depth] === part);
  return renames
    .filter(({ dimension }) => dimension === "provider" || dimension === "service")
    .find((rename) => isAt(rename, rename.from) || isAt(rename, rename.to));
}

/** Said at a slice that a likely rename begins or ends, or that holds one: it did not move by so much. */
export function renameHint(review: Review, slice: Slice): string | null {
  const { path } = slice;
  const whole = renameOf(review, slice);
  const inside = review.renames.filter(
    ({ dimension, within }) => dimension === "model" && within.every((part, depth) => path[depth] === part),
  );
  if (whole)
    return `Likely a rename of ${markdownText(whole.from)} to ${markdownText(whole.to)}, not a move of this size (see Top deltas).`;
  if (inside.length === 0) return null;
  return `Likely renamed inside: ${inside.map(({ from, to }) => `${markdownText(from)} → ${markdownText(to)}`).join(", ")} (see Top deltas).`;
}
