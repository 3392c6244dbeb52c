import { sha256Hex } from "../../core/slug.ts";
import { type TrackedAction, trackActions } from "../actions/track.ts";
import type { FrontMatter } from "../front-matter/schema.ts";

/** A review file, as far as its actions go. */
export interface ReviewOfActions {
  readonly path: string;
  readonly front: FrontMatter;
  /** The line of a front matter value. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
  /** The heading of the delta or anomaly of an id, in Markdown; null when the review has none. */
  readonly headingOf: (about: string) => string | null;
}

/** An action of a held review as its latest appearance leaves it, with the files that say so. */
export interface LatestAction extends TrackedAction {
  /** The file that decided it, and its line there. */
  readonly source: ReviewOfActions;
  readonly line: number;
  /** Every file that names it. */
  readonly paths: readonly string[];
}

const namesIn = ({ actions, previous }: FrontMatter) => [...(actions ?? []), ...(previous ?? [])].map(({ id }) => id);

/** Every action of held reviews; `reviews` in order of period. */
export function latestActions(reviews: readonly ReviewOfActions[]): LatestAction[] {
  const held = reviews.filter(({ front }) => front.state === "held");
  return [...trackActions(held.map(({ front }) => front)).values()].flatMap((tracked) => {
    const { id } = tracked.action;
    const indexIn = ({ front }: ReviewOfActions) => (front.actions ?? []).findIndex((action) => action.id === id);
    const source = held.findLast((review) => indexIn(review) >= 0);
    if (!source) return [];
    const paths = held.filter(({ front }) => namesIn(front).includes(id)).map(({ path }) => path);
    return [{ ...tracked, source, line: source.lineOf(["actions", indexIn(source)]), paths }];
  });
}

/** A fingerprint of what was decided: a changed one is an edit of the action, a moved line or the number of its issue is none. */
export function contentOf({ action, status, due }: LatestAction): string {
  const { reason: _, issue: __, ...decided } = action;
  const sorted = Object.entries({ ...decided, status, due }).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sha256Hex(JSON.stringify(sorted)).slice(0, 16);
}
