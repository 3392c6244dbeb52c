import type { Candidates } from "../../../core/causes/causes.ts";
import type { Change } from "../../../core/causes/change.ts";
import { weekdayOf } from "../../../core/day.ts";
import { shortDayText } from "../../../core/format.ts";
import { absolute } from "../../../core/money.ts";
import { absenceOf } from "../../../core/review/data/arrivals.ts";
import { isMonthly } from "../../../core/review/deltas/monthly.ts";
import { wayBackOf } from "../../../core/review/findings/way-back.ts";
import type { Review } from "../../../core/review/review.ts";
import { markdownSentence, markdownText } from "../../../core/text.ts";
import { stillComing } from "../shared/final-days.ts";

const verbs = { "pull-request": "merged", release: "released", deployment: "deployed", commit: "committed" } as const;
const dayOf = (day: string) => shortDayText(day, weekdayOf(day));

function changeText({ kind, repository, ref, title, day, paths }: Change): string {
  const name = `${markdownText(repository)}${ref.startsWith("#") ? "" : " "}${markdownText(ref)}`;
  const said = title === "" ? "" : ` “${markdownText(title)}”`;
  const touched = paths.length === 0 ? "" : `, touches ${paths.map(markdownText).join(", ")}`;
  return `${name}${said} ${verbs[kind]} ${dayOf(day)}${touched}`;
}

const isSame = (a: Candidates, b: Candidates) => a.onset === b.onset && JSON.stringify(a.found) === JSON.stringify(b.found);

/** More than half of a delta is the way back from the week before: no change of these days moved it. */
function isWayBack(review: Review, id: string): boolean {
  return review.listed.some(({ delta }) => {
    const back = delta.slice.id === id ? wayBackOf(delta, review) : null;
    return back !== null && absolute(back.without) * 2n < absolute(delta.change);
  });
}

/** More than half of a fall is only of days whose costs still come in: no change of these days moved it. */
function isStillComing(review: Review, id: string): boolean {
  return review.listed.some(({ delta }) => delta.slice.id === id && stillComing(review, delta) !== null);
}

/** What comes once a month: no change of these days moved it. */
function isFee(review: Review, id: string): boolean {
  return review.listed.some(({ delta: { slice } }) => slice.id === id && isMonthly(slice.days, review));
}

const isUnmoved = (review: Review, id: string) => isWayBack(review, id) || isStillComing(review, id) || isFee(review, id);

/**
 * Changes shortly before a delta began, called candidates; none found is said too. Null where no repository is configured, for the way back from the week
 * before, for a fall that is only of days that are not final, and for what comes once a month.
 */
export function causesLine(review: Review, id: string): string | null {
  const { causes, listed } = review;
  const own = causes?.bySlice.get(id);
  if (!causes || !own || isUnmoved(review, id)) return null;
  const failed = causes.asked.filter(({ problem }) => problem !== null);
  const problems = failed.map(
    ({ repository, problem }) =>
      ` Not all of ${markdownText(repository)} could be looked at (${markdownSentence((problem ?? "").replace(/\.$/, ""))}).`,
  );
  const span = `between ${dayOf(own.from)} and ${dayOf(own.onset)}, the day it began`;
  const where = causes.asked.map(({ repository }) => markdownText(repository)).join(", ");
  if (own.found.length === 0) return `**Candidate causes:** none found in ${where} ${span}.${problems.join("")}`;
  const index = listed.findIndex(({ delta }) => delta.slice.id === id);
  const earlier = listed.slice(0, index).find(({ delta: { slice } }) => {
    const found = causes.bySlice.get(slice.id);
    return found !== undefined && isSame(found, own) && absenceOf(slice, review) === null && !isUnmoved(review, slice.id);
  });
  if (earlier) return `**Candidate causes:** the same as those of ${earlier.delta.slice.path.map(markdownText).join(" · ")} above.`;
  return `**Candidate causes** (changes ${span}; candidates, not causes): ${own.found.map(changeText).join("; ")}.${problems.join("")}`;
}
