import type { Section } from "../body/model.ts";
import { actionsSection } from "./actions.ts";
import { anomaliesSection } from "./anomalies/anomalies.ts";
import { changesSection } from "./changes.ts";
import type { SectionContext } from "./context.ts";
import { deltasSection } from "./deltas/deltas.ts";
import { escalationsSection } from "./escalations.ts";
import { notesSection } from "./notes.ts";
import { pacingSection } from "./pacing/pacing.ts";
import { previousSection } from "./previous.ts";
import { summarySection } from "./summary/summary.ts";

/** The parts of a weekly review in their order: a new one is a file and a line here. */
export const weeklySections = [
  summarySection,
  changesSection,
  previousSection,
  pacingSection,
  deltasSection,
  anomaliesSection,
  actionsSection,
  escalationsSection,
  notesSection,
] as const satisfies readonly ((context: SectionContext) => Section)[];
