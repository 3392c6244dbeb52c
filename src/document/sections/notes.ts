import type { Section } from "../body/model.ts";

/** Room for what belongs nowhere else; all of it is people's. */
export function notesSection(): Section {
  return { name: "notes", head: { name: "notes", text: "## Notes" }, items: [], end: "" };
}
