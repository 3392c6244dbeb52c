import { type Day, eachDay, weekdayOf } from "../../../src/core/day.ts";
import { charge, focusCsv } from "../../support/focus.ts";

/** Dollars of a weekday and of a day of the weekend, from a day on. */
const inference: readonly (readonly [from: Day, weekday: number, weekend: number])[] = [
  ["2026-08-24", 100, 60],
  // The support bot sends the whole conversation with each message, …
  ["2026-09-30", 150, 90],
  // … until only its last 15 messages are sent.
  ["2026-10-22", 90, 54],
  // A nightly job runs twice.
  ["2026-11-05", 300, 300],
  ["2026-11-06", 90, 54],
  // The bot is offered to free plans too, …
  ["2026-11-18", 180, 108],
  // … until that is taken back.
  ["2026-12-01", 90, 54],
];
const compute = 60;

function inferenceOn(day: Day): number {
  const [, weekday = 0, weekend = 0] = inference.findLast(([from]) => from <= day) ?? [];
  return [0, 6].includes(weekdayOf(day)) ? weekend : weekday;
}

/** The cost export as it is on a day: every day before it. */
export function costsBefore(day: Day): string {
  return focusCsv(
    eachDay({ start: "2026-08-24", end: day }).flatMap((date) => [
      charge(date, "OpenAI", "Inference", 100 * inferenceOn(date)),
      charge(date, "AWS", "Compute", 100 * compute),
    ]),
  );
}
