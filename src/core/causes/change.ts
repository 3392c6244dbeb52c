import { type Day, type Period, addDays } from "../day.ts";

/** What may have moved cost. */
export const changeKinds = ["pull-request", "release", "deployment", "commit"] as const;

/** A change to a repository, as its code host or its history tells it. */
export interface Change {
  readonly kind: (typeof changeKinds)[number];
  /** `owner/name`, or `this repository`. */
  readonly repository: string;
  /** `#812`, `v1.2.0`, an environment, the first letters of a commit. */
  readonly ref: string;
  readonly title: string;
  /** The UTC day on which it was merged, published, deployed or committed. */
  readonly day: Day;
  /** Files that it touched among the configured ones, at most three. */
  readonly paths: readonly string[];
}

/** A repository that was asked, and what of it could not be told; null when all could. */
export interface Asked {
  readonly repository: string;
  readonly problem: string | null;
}

/** Changes of some days, in any order. */
export interface Changes {
  readonly asked: readonly Asked[];
  readonly found: readonly Change[];
}

/** What a forge is asked for. */
export interface ChangesQuery {
  /** `owner/name` of each. */
  readonly repositories: readonly string[];
  /** Globs of files that move cost, such as `prompts/*`; `*` stands for anything. */
  readonly paths: readonly string[];
  /** Days whose changes may be candidates, sorted, at least one; what changed on others says nothing. */
  readonly days: readonly Day[];
}

/** The half-open days from the first that is asked for to the last. */
export function spanOf({ days }: Pick<ChangesQuery, "days">): Period {
  const [first = "", last = first] = [days[0], days.at(-1)];
  return { start: first, end: addDays(last, 1) };
}
