import { markdownText, plural } from "../../core/text.ts";
import type { Section } from "../body/model.ts";
import { blocks, table } from "../markdown.ts";
import type { PreviousAction, SectionContext } from "./context.ts";

/** When an action is due; for one that people ended since, how. */
function dueText({ due, overdue, ended }: PreviousAction): string {
  if (ended !== null) return `${ended}, its issue is closed`;
  return overdue ? `**${due}, overdue**` : due;
}

function answerLine(previous: readonly PreviousAction[]): string | null {
  const open = previous.filter(({ ended }) => ended === null).length;
  if (open === 0) return null;
  const which = open === previous.length ? "each" : "each that is open";
  return `Answer ${which} under \`previous\` in the front matter: done, dropped with a reason, or a new due date with a reason.`;
}

/** What earlier reviews left open: it stands first, and is answered in the front matter under `previous`. */
export function previousSection(context: SectionContext): Section {
  const rows = context.previous.map((action) => [
    markdownText(action.title),
    action.id,
    markdownText(action.owner),
    dueText(action),
    plural(action.ageWeeks, "week"),
    String(action.slips),
  ]);
  const text =
    rows.length === 0
      ? ""
      : blocks([
          "## Open actions of earlier reviews",
          table(["Action", "Id", "Owner", "Due", "Age", "Slips"], rows, "left"),
          answerLine(context.previous),
        ]);
  return {
    name: "previous",
    head: null,
    items: text === "" ? [] : [{ zone: { name: "previous", text }, prompts: "" }],
    end: "",
    outside: "body",
  };
}
