import type { Section } from "../body/model.ts";
import { bullets, blocks } from "../markdown.ts";
import type { SectionContext } from "./context.ts";

/** What moved since people read the review (N13); empty until a refresh moves a figure. */
export function changesSection({ moved }: SectionContext): Section {
  const text = moved.length === 0 ? "" : blocks(["> [!NOTE]\n> **Figures moved since the last version of this file.**", bullets(moved)]);
  return { name: "changes", head: { name: "changes", text }, items: [], end: null, outside: "body" };
}
