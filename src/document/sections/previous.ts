import { divideRounded, sum } from "../../core/money.ts";
import { effectOnMonth } from "../../core/review/effect.ts";
import { sliceNamed } from "../../core/review/slice.ts";
import { markdownText } from "../../core/text.ts";
import { blocks, plural, table } from "../markdown.ts";
import type { Section } from "../body/model.ts";
import { type PreviousAction, type SectionContext, printer } from "./context.ts";

/** What the stated effects of open actions come to in the month, and what they leave of the gap to plan; null without either. */
function effectsLine({ previous, review }: SectionContext): string | null {
  const { month, asOf, deltas } = review;
  const gap = month.planTotal === null ? 0n : month.pace.total - month.planTotal;
  if (gap <= 0n) return null;
  const effects = previous.flatMap(({ about, effect, due, ended }) => {
    if (effect === null || ended !== null) return [];
    const last7 =
      about === null
        ? null
        : (sliceNamed(
            about,
            deltas.map(({ slice, last7 }) => ({ id: slice.id, last7 })),
          )?.last7 ?? null);
    return effectOnMonth(effect, { month: month.month, from: asOf, due }, last7) ?? [];
  });
  if (effects.length === 0) return null;
  const total = sum(effects.map(({ units, scale }) => divideRounded(units, 7n * 10n ** BigInt(scale))));
  const { money, change } = printer(review);
  const left = gap + total;
  const rest = left > 0n ? `${money(left)} of the gap to plan of ${money(gap)} is left` : `they close the gap to plan of ${money(gap)}`;
  return `By their stated effects they change this month by ${change(total)}: ${rest}.`;
}

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
          effectsLine(context),
          answerLine(context.previous),
        ]);
  return {
    name: "previous",
    head: null,
    items: text === "" ? [] : [{ zone: { name: "previous", text }, prompts: "" }],
    end: "",
    outside: true,
  };
}
