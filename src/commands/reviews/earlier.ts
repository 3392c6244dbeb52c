import { basename, join, resolve } from "node:path";
import { unlessRefusedLater } from "../../core/problem.ts";
import { once } from "../../core/remember.ts";
import { withoutFigures } from "../../document/front-matter/without-figures.ts";
import { readEarlier } from "../../rules/engine/read-earlier.ts";
import type { ReviewFile } from "../../rules/engine/rule.ts";
import { listReviews } from "../../shell/review-folder.ts";
import { type StoredReview, reviewFile } from "../../shell/reviews.ts";
import { plainBelow } from "../../shell/tree.ts";
import type { Call } from "../command.ts";

/** How many earlier reviews a rule may look back on. */
const lookBack = 13;

/** A held review taken apart, null for a draft and for one that is not sound: `check` says what is wrong with it. */
function heldReview(text: string, path: string): ReviewFile | null {
  const review = readEarlier(withoutFigures(text), path);
  return review?.front.state === "held" ? review : null;
}

/** The held reviews before a review; `stored` in order of their ids. */
export function heldBefore(id: string, stored: readonly StoredReview[]): ReviewFile[] {
  const earlier = stored.filter((review) => review.id < id).slice(-lookBack);
  return earlier.map(({ text, path }) => heldReview(text, path)).filter((review) => review !== null);
}

/** The reviews of a folder as others look back on them. */
export interface EarlierReviews {
  /** The id of the last one; empty text without any. */
  readonly newest: () => Promise<string>;
  /** The held reviews before one; they are taken apart when they are first asked for. */
  readonly before: (id: string) => Promise<() => readonly ReviewFile[]>;
  /** Takes over a review that was taken apart anyway. */
  readonly remember: (id: string, review: ReviewFile) => void;
}

/** Opens the reviews of a call, each read and taken apart once for all that look back on it. */
export function earlierReviews(call: { readonly world: Pick<Call["world"], "cwd">; readonly reviews: string }): EarlierReviews {
  const folder = resolve(call.world.cwd, call.reviews);
  const tree = plainBelow(folder);
  const ids = once(async () => {
    const { reviews } = await listReviews(folder, call.reviews);
    return reviews.map((path) => basename(path, ".md"));
  });
  const known = new Map<string, Promise<() => ReviewFile | null>>();
  const read = async (id: string) => {
    const path = join(call.reviews, reviewFile(id));
    const text = await unlessRefusedLater(tree.read(resolve(call.world.cwd, path), path));
    return once(() => (text === null ? null : heldReview(text, path)));
  };
  const keep = (id: string, review: Promise<() => ReviewFile | null>) => {
    known.set(id, review);
    for (const oldest of known.keys()) if (known.size > 2 * lookBack) known.delete(oldest);
    return review;
  };
  return {
    newest: async () => (await ids()).at(-1) ?? "",
    before: async (id) => {
      const others = (await ids()).filter((other) => other < id).slice(-lookBack);
      const earlier = await Promise.all(others.map((other) => known.get(other) ?? keep(other, read(other))));
      return once(() => earlier.map((review) => review()).filter((review) => review !== null));
    },
    remember: (id, review) => {
      const held = review.front.state === "held" ? review : null;
      void keep(id, Promise.resolve(once(() => held)));
    },
  };
}
