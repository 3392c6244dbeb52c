import type { Restatement } from "../../core/ledger/restatement.ts";
import { sum, toCents } from "../../core/money.ts";
import type { Review } from "../../core/review/review.ts";
import { markdownText } from "../../core/text.ts";
import { plural } from "../markdown.ts";
import { printer } from "./context.ts";

/** So many days are named; of more the first and the last. */
const mostDays = 4;

interface Restated {
  readonly provider: string;
  readonly days: string;
  readonly before: bigint;
  readonly after: bigint;
}

/** The days of each source and provider together, in the order in which they come. */
function grouped(review: Review, list: readonly Restatement[]): Restated[] {
  const { day } = printer(review);
  return [...Map.groupBy(list, ({ source, provider }) => `${source}\0${provider}`).values()].map((own) => {
    const days =
      own.length > mostDays
        ? `${plural(own.length, "day")} from ${day(own[0]?.day ?? "")} to ${day(own.at(-1)?.day ?? "")}`
        : own.map((entry) => day(entry.day)).join(", ");
    const total = (pick: (entry: Restatement) => bigint) => sum(own.map(pick));
    return {
      provider: markdownText(own[0]?.provider ?? ""),
      days,
      before: total(({ before }) => before),
      after: total(({ after }) => after),
    };
  });
}

/**
 * Days that an earlier review saw with another amount: one line per provider for those that were final then, one line together for those of
 * which more was to come.
 */
export function restatementLines(review: Review): string[] {
  const { micros, change } = printer(review);
  const [open = [], final = []] = [true, false].map((wasOpen) =>
    grouped(
      review,
      review.restatements.filter((one) => one.wasOpen === wasOpen),
    ),
  );
  const moved = ({ before, after }: Restated) => change(toCents(after) - toCents(before));
  const restated = final.map(
    (one) =>
      `**Restated since an earlier review:** ${one.provider}, ${one.days}: ${micros(one.before)} → ${micros(one.after)} (${moved(one)}).`,
  );
  const came = open.map((one) => `${one.provider} ${moved(one)} (${one.days})`).join(", ");
  return open.length === 0 ? restated : [...restated, `**Come in since, of days that were not final then:** ${came}.`];
}
