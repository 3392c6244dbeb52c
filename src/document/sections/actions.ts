import type { Section } from "../body/model.ts";
import { blocks } from "../markdown.ts";

/** Actions, owners and the next review date are read in the front matter; this section points there. */
export function actionsSection(): Section {
  const text = blocks([
    "## 4 Actions and owners · 10 minutes",
    "Attendees, actions and the next review date stand in the front matter at the top of this file. Decide there: one to three actions, each with one person, a deliverable and a due date, or `outcome: no-action-needed`. Then set `minutes` and `state: held`.",
  ]);
  return { name: "actions", head: { name: "actions", text }, items: [], end: "" };
}
