import type { Restatement } from "../../../core/ledger/restatement.ts";
import { sum, toCents } from "../../../core/money.ts";
import type { Review } from "../../../core/review/review.ts";
import { markdownText, plural } from "../../../core/text.ts";
import { printer } from "../context.ts";

/** So many days are named; of more the first and the last. */
const mostDays = 4;

/** Days of one source and provider, with what they cost together in cents. */
interface Restated {
  readonly own: readonly [Restatement, ...Restatement[]];
  readonly before: bigint;
  readonly after: bigint;
}

/** The days of each source and provider together, in the order in which they come; those that moved by less than a cent are nobody's matter. */
function grouped({ restatements }: Review, wasOpen: boolean): Restated[] {
  const list = restatements.filter((one) => one.wasOpen === wasOpen);
  return [...Map.groupBy(list, ({ source, provider }) => `${source}\0${provider}`).values()].flatMap(([first, ...rest]) => {
    if (first === undefined) return [];
    const own: Restated["own"] = [first, ...rest];
    const total = (pick: (entry: Restatement) => bigint) => toCents(sum(own.map(pick)));
    const restated = { own, before: total(({ before }) => before), after: total(({ after }) => after) };
    return restated.before === restated.after ? [] : [restated];
  });
}

/** Days that were final were restated, of all or of one provider; with `from`, on that day or later. */
export function isRestated(review: Review, provider?: string, from = ""): boolean {
  const isMeant = (one: Restatement) => (provider === undefined || one.provider === provider) && one.day >= from;
  return grouped(review, false).some(({ own }) => own.some(isMeant));
}

/**
 * Days that an earlier review saw with another amount: one line per provider for those that were final then, one line together for those of
 * which more was to come.
 */
export function restatementLines(review: Review): string[] {
  const { money, change, day } = printer(review);
  const [open, final] = [grouped(review, true), grouped(review, false)];
  const moved = ({ before, after }: Restated) => change(after - before);
  const name = ({ own: [{ provider }] }: Restated) => markdownText(provider);
  const days = ({ own }: Restated) =>
    own.length > mostDays
      ? `${plural(own.length, "day")} from ${day(own[0].day)} to ${day(own.at(-1)?.day ?? "")}`
      : own.map((entry) => day(entry.day)).join(", ");
  const restated = final.map(
    (one) =>
      `**Restated since an earlier review:** ${name(one)}, ${days(one)}: ${money(one.before)} → ${money(one.after)} (${moved(one)}).`,
  );
  const came = open.map((one) => `${name(one)} ${moved(one)} (${days(one)})`).join(", ");
  return open.length === 0 ? restated : [...restated, `**Come in since, of days that were not final then:** ${came}.`];
}
