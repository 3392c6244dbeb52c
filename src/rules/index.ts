import { aboutRule } from "./about.ts";
import { actionIds } from "./action-ids.ts";
import { anomalies } from "./anomalies.ts";
import { assignable } from "./assignable.ts";
import { attendees } from "./attendees.ts";
import { completeActions } from "./complete-actions.ts";
import { dates } from "./dates.ts";
import { decision } from "./decision.ts";
import { definitionOfDone } from "./definition-of-done.ts";
import { droppedRule } from "./dropped.ts";
import { dueRule } from "./due.ts";
import type { Rule } from "./engine/rule.ts";
import { escalation } from "./escalation.ts";
import { explained } from "./explained.ts";
import { explanation } from "./explanation.ts";
import { figures } from "./figures.ts";
import { held } from "./held.ts";
import { knownCause } from "./known-cause.ts";
import { load } from "./load.ts";
import { minutes } from "./minutes.ts";
import { onePerson } from "./one-person.ts";
import { oneToThree } from "./one-to-three.ts";
import { pacing } from "./pacing.ts";
import { previous } from "./previous.ts";
import { readableAlone } from "./readable-alone.ts";
import { staleNumber } from "./stale-number.ts";
import { thirdAlert } from "./third-alert.ts";
import { waiverRule } from "./waiver.ts";

/** What a review must hold, in the order in which people read it: a new rule is a file and a line here. */
export const rules = [
  figures,
  dates,
  attendees,
  minutes,
  decision,
  oneToThree,
  actionIds,
  completeActions,
  onePerson,
  dueRule,
  definitionOfDone,
  aboutRule,
  droppedRule,
  assignable,
  load,
  previous,
  pacing,
  escalation,
  waiverRule,
  explained,
  explanation,
  anomalies,
  knownCause,
  thirdAlert,
  staleNumber,
  readableAlone,
  held,
] as const satisfies readonly Rule[];
