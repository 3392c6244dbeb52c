import type { Day } from "../../day.ts";
import { settledOf } from "../../slices/settled.ts";
import { type Slice, sliceNamed } from "../../slices/slice.ts";
import { missingIn } from "../data/missing.ts";
import type { Review } from "../review.ts";
import type { StatedEffect } from "./effect.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";

/** An action of an earlier review that is done and said what it would change. */
export interface PastAction {
  readonly id: string;
  readonly title: string;
  /** The slice that it was about. */
  readonly about: string;
  readonly effect: StatedEffect;
  /** The date of the review that decided it. */
  readonly decided: Day;
  readonly due: Day;
}

/** What an action changed in the weeks since. */
export interface MeasuredAction {
  readonly action: PastAction;
  readonly slice: Slice;
  readonly outcome: Outcome;
}

/** Reviews tell what an action changed for so many full weeks after its date. */
const toldWeeks = 4;

/** What the actions changed whose effect can be measured since the last weeks. */
export function measuredIn(actions: readonly PastAction[], { deltas, sources, firstDay, ...missing }: Review): MeasuredAction[] {
  const settled = settledOf(sources);
  const slices = deltas.map(({ slice }) => slice);
  return actions.flatMap((action) => {
    const slice = sliceNamed(action.about, slices);
    if (slice === undefined) return [];
    const outcome = outcomeOf({ ...action, days: slice.days, firstDay, settled: settled(slice), holes: missingIn(slice, missing) });
    return outcome.state === "measured" && outcome.weeks <= toldWeeks ? [{ action, slice, outcome }] : [];
  });
}
