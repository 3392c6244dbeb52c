import { type Day, dayOf } from "../../core/day.ts";
import { weekdayNumber } from "../../core/settings/config.ts";
import { reviewDateOn } from "../../core/settings/schedule.ts";
import type { Settings } from "../../shell/config.ts";
import type { Call } from "../command.ts";

/** The latest scheduled review date on or before today, in the schedule's time zone. */
export function currentReviewDate(call: Call, { config }: { readonly config: Pick<Settings["config"], "schedule"> }): Day {
  const { weekday, timezone } = config.schedule;
  const now = call.world.now();
  const today = timezone === "UTC" ? dayOf(now) : new Intl.DateTimeFormat("en-CA", { timeZone: timezone }).format(now);
  return reviewDateOn(today, weekdayNumber(weekday));
}
