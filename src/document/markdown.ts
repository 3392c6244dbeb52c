import { markdownText } from "../core/text.ts";

/** A GFM table; cells are Markdown already. The first column is left aligned, the others by `rest`: right for figures, left for words. */
export function table(header: readonly string[], rows: readonly (readonly string[])[], rest: "left" | "right" = "right"): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = header.map((_, index) => (index === 0 || rest === "left" ? "---" : "---:"));
  return [line(header), line(rule), ...rows.map(line)].join("\n");
}

/** A list with an item for each line; null ones are left out. */
export function bullets(lines: readonly (string | null)[]): string {
  return lines
    .filter((line) => line !== null)
    .map((line) => `- ${line}`)
    .join("\n");
}

/** Blocks with a blank line between them; null and empty ones are left out. */
export function blocks(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== "").join("\n\n");
}

/** A name from outside, whole: `OpenAI · Inference`. */
export function nameText(path: readonly string[]): string {
  return path.map(markdownText).join(" · ");
}

const longestName = 80;

/**
 * The innermost name, for a title that travels to places with other rules: letters, digits and plain punctuation only; led by its
 * provider unless it says so itself.
 */
export function plainName(path: readonly string[]): string {
  const [provider = "", name = provider] = [path[0], path.at(-1)];
  const said = name.toLowerCase().includes(provider.toLowerCase()) ? [name] : [provider, name];
  const whole = said.map((name) => name.replace(/[^\p{L}\p{Nd}.,()/_-]+/gu, " ").trim()).join(" ");
  if (whole.length <= longestName) return whole;
  // Up to the last whole word, unless there is none.
  const cut = whole.slice(0, longestName + 1);
  return cut.slice(0, cut.lastIndexOf(" ") > 0 ? cut.lastIndexOf(" ") : longestName).trim();
}
