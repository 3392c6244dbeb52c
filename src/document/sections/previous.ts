import { markdownText } from "../../core/text.ts";
import { blocks, plural, table } from "../markdown.ts";
import type { Section } from "../model.ts";
import type { SectionContext } from "./context.ts";

/** What earlier reviews left open: it stands first, and is answered in the front matter under `previous`. */
export function previousSection({ previous }: SectionContext): Section {
  const rows = previous.map(({ id, title, owner, ageWeeks }) => [markdownText(title), id, markdownText(owner), plural(ageWeeks, "week")]);
  const text =
    rows.length === 0
      ? ""
      : blocks([
          "## Open actions of earlier reviews",
          table(["Action", "Id", "Owner", "Age"], rows, "left"),
          "Answer each under `previous` in the front matter: done, dropped with a reason, or a new due date with a reason.",
        ]);
  return { name: "previous", head: null, items: text === "" ? [] : [{ zone: { name: "previous", text }, prompts: "" }], end: "" };
}
