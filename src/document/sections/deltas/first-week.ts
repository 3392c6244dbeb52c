import { percentOf, shareText } from "../../../core/format.ts";
import { sum } from "../../../core/money.ts";
import type { ListedDelta, Review } from "../../../core/review/review.ts";
import type { Delta } from "../../../core/slices/delta.ts";
import { unallocated } from "../../../core/slices/slice.ts";
import { markdownText } from "../../../core/text.ts";
import { blocks, nameText, table } from "../../markdown.ts";
import { printer } from "../context.ts";
import { customerTable } from "./customers.ts";

/** The first week of all data: where the money goes, in place of what moved. */

const mostRows = 8;
const mostModels = 5;

const byCost = (a: Delta, b: Delta) => (a.last7 === b.last7 ? (a.slice.id < b.slice.id ? -1 : 1) : a.last7 > b.last7 ? -1 : 1);

/** `52.7 %` of a whole; a dash where that is nothing. */
function shareOf(amount: bigint, whole: bigint): string {
  const percent = percentOf(amount, whole);
  return percent === null ? "–" : shareText(percent);
}

/** What the week cost by feature or team: the dearest, the others in one row, what belongs to none. Null where that is one row, or none has a name. */
function shareTable(review: Review, dimension: "feature" | "team", label: string): string | null {
  const { money } = printer(review);
  const all = review.deltas.filter(({ slice }) => slice.dimension === dimension);
  const named = all.filter(({ slice }) => slice.path[0] !== unallocated).sort(byCost);
  if (named.length === 0 || all.length < 2) return null;
  const others = named.slice(mostRows);
  const row = (name: string, amount: bigint) => [name, money(amount), shareOf(amount, review.usage.last7)];
  return table(
    [label, "Last 7 days", "Share of usage"],
    [
      ...named.slice(0, mostRows).map(({ slice, last7 }) => row(nameText(slice.path), last7)),
      ...(others.length === 0 ? [] : [row(`${others.length} more`, sum(others.map(({ last7 }) => last7)))]),
      ...all.filter((delta) => !named.includes(delta)).map(({ slice, last7 }) => row(nameText(slice.path), last7)),
    ],
  );
}

/** What to do without a week before, and where the money goes. */
export function firstWeekText(review: Review): string {
  const { firstDay, period } = review;
  const start =
    firstDay !== null && firstDay < period.start ? "**No week before:** its data are missing," : "**First week:** there is no week before,";
  return blocks([
    `${start} so nothing below has to be explained. See where the money goes: is a provider missing, and does each of these cost what you expected? What does not becomes an action.`,
    shareTable(review, "feature", "Feature"),
    customerTable(review),
    shareTable(review, "team", "Team"),
  ]);
}

/** A service with what it cost, its models and its days. */
export function firstWeekItem(review: Review, { delta, drivers }: ListedDelta, days: string | null): string {
  const print = printer(review);
  const models = drivers.models.map(({ name, amounts }) => ({ name, cost: amounts.last7 })).sort((a, b) => (a.cost > b.cost ? -1 : 1));
  const more = models.length > mostModels ? `, ${models.length - mostModels} more` : "";
  const texts = models.slice(0, mostModels).map(({ name, cost }) => `${markdownText(name)} ${print.money(cost)}`);
  return blocks([
    `### ${nameText(delta.slice.path)}: ${print.delta(delta)}`,
    `${shareOf(delta.last7, review.total.last7)} of the week.`,
    models.length < 2 ? null : `Models: ${texts.join(", ")}${more}.`,
    days,
  ]);
}
