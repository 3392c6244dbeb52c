import { contains } from "../../../core/day.ts";
import { dayText, percentText, periodText, shareText } from "../../../core/format.ts";
import { absolute, toCents } from "../../../core/money.ts";
import { type Absence, absenceOf } from "../../../core/review/data/arrivals.ts";
import { isFirstWeek } from "../../../core/review/data/beginning.ts";
import type { FinalDays } from "../../../core/review/data/final-days.ts";
import type { ListedDelta, Review } from "../../../core/review/review.ts";
import { type Delta, bySize } from "../../../core/slices/delta.ts";
import { type Slice, unallocated } from "../../../core/slices/slice.ts";
import type { Unallocated } from "../../../core/slices/unallocated.ts";
import { markdownText, plural } from "../../../core/text.ts";
import type { Item, Section } from "../../body/model.ts";
import { blocks, bullets, nameText, table } from "../../markdown.ts";
import { type SectionContext, printer } from "../context.ts";
import { categoryText } from "../shared/categories.ts";
import { onFinalText, stillComing } from "../shared/final-days.ts";
import { plannedFor } from "../shared/planned.ts";
import { renameHint, renameLine } from "../shared/renames.ts";
import { isRestated } from "../shared/restated.ts";
import { attributionText, isHalfKnown } from "./attribution.ts";
import { candidatesBlock } from "./candidates.ts";
import { causesLine } from "./causes.ts";
import { customerTable, customersIn } from "./customers.ts";
import { firstWeekItem, firstWeekText } from "./first-week.ts";
import { daysLine, driverRows, movedLines, splitLine } from "./inside.ts";

export const deltaPrompts = [
  "- **Expected:** <!-- yes | no | partly -->",
  "- **Why:** <!-- engineering: the cause, not the observation: which change, launch, price or behaviour moved it -->",
  "- **Assumed:** <!-- product, optional: what the plan assumed -->",
  "- **Decision:** <!-- leave-as-is, or the id of an action above -->",
].join("\n");

/** A slice whose data have not all come is no fall: since when nothing came, and what is there. Why stands in the summary. */
function absentText(review: Review, { delta, drivers }: ListedDelta, { lastDay, source, hole }: Absence): string {
  const { money } = printer(review);
  const whose = markdownText(source ?? delta.slice.path[0] ?? "");
  const when = hole ? `for ${periodText(hole.start, hole.end)}` : lastDay === null ? "at all" : `since ${dayText(lastDay)}`;
  const days = drivers.days.filter(({ day }) => (hole ? !contains(hole, day) : lastDay !== null && day <= lastDay));
  const arrived =
    days.length === 0
      ? "Nothing arrived of the last 7 days"
      : `What arrived of the last 7 days (${plural(days.length, "day")}) is ${money(delta.last7)}`;
  return blocks([
    `### ${nameText(delta.slice.path)}: no data from ${whose} ${when}`,
    `${arrived}; the prior 7 days cost ${money(delta.prior7)}.`,
    daysLine(review, { ...drivers, days }),
  ]);
}

/** Nothing is known to be missing from a slice in the week under review. */
function isThere(review: Review, slice: Slice): boolean {
  return absenceOf(slice, review) === null;
}

function deltaItem(review: Review, listed: ListedDelta): Item {
  return { zone: { name: "delta", id: listed.delta.slice.id, text: `\n${itemText(review, listed)}` }, prompts: deltaPrompts };
}

function itemText(review: Review, listed: ListedDelta): string {
  if (isFirstWeek(review)) return firstWeekItem(review, listed, daysLine(review, listed.drivers));
  const absence = absenceOf(listed.delta.slice, review);
  return absence ? absentText(review, listed, absence) : deltaText(review, listed);
}

function deltaText(review: Review, { delta, drivers }: ListedDelta): string {
  const print = printer(review);
  const models = driverRows(review, "Model", drivers.models, delta.change);
  const seen = new Set(models.map((row) => row.slice(1).join("|")));
  // The features of the only service stand in the table above.
  const isOnly = review.deltas.filter(({ slice }) => slice.dimension === "service").length === 1;
  const features =
    isOnly || isHalfKnown(review, delta.slice.path[0] ?? "") ? [] : driverRows(review, "Feature", drivers.features, delta.change);
  const rows = [...models, ...features.filter((row) => !seen.has(row.slice(1).join("|")))];
  const restated = isRestated(review, delta.slice.path[0], review.prior.start);
  const planned = plannedFor(review, delta.slice.path, { start: review.prior.start, end: review.period.end });
  return blocks([
    `### ${nameText(delta.slice.path)}: ${print.delta(delta)}`,
    [`${print.money(delta.prior7)} → ${print.money(delta.last7)}.`, ...movedLines(review, { delta, drivers })].join(" "),
    splitLine(review, { delta, drivers }),
    rows.length === 0 ? null : table(["Moved most", "Last 7 days", "Prior 7 days", "Change"], rows),
    daysLine(review, drivers),
    causesLine(review, delta.slice.id),
    planned === null ? null : `Planned in these weeks: ${planned}.`,
    renameHint(review, delta.slice),
    restated ? "Part of the change is data restated since an earlier review (see Pacing)." : null,
  ]);
}

/** Less is printed as nothing. */
const leastPercent = 0.05;

/** A fall that is only of days whose costs still come in, with its final days. */
interface OpenFall {
  readonly delta: Delta;
  readonly final: FinalDays;
}

/** The provider that rose most and the one that fell most, of those that are all in the data, and those whose fall is only of open days. */
function extremes(review: Review): { readonly rose: Delta | undefined; readonly fell: Delta | undefined; readonly open: OpenFall[] } {
  const providers = review.deltas
    .filter(({ slice, percent }) => slice.dimension === "provider" && (percent === null || Math.abs(percent) >= leastPercent))
    .filter(({ slice }) => isThere(review, slice))
    .sort(bySize);
  const open = providers.flatMap((delta) => {
    const final = stillComing(review, delta);
    return final === null ? [] : [{ delta, final }];
  });
  const fell = providers.find((delta) => delta.change < 0n && !open.some((fall) => fall.delta === delta));
  return { rose: providers.find(({ change }) => change > 0n), fell, open };
}

/** `AWS -$150.53 (-9.0 %), on the 6 days that are final +$3.45 (+0.3 %)`. */
function openText(review: Review, { delta, final }: OpenFall): string {
  const print = printer(review);
  const percent = final.percent === null ? "" : ` (${percentText(final.percent)})`;
  const moved = `${print.change(toCents(final.last7 - final.prior7))}${percent}`;
  return `${nameText(delta.slice.path)} ${print.delta(delta)}, ${onFinalText(final)} ${moved}`;
}

function providersLine(review: Review): string | null {
  const print = printer(review);
  const { up, down } = review.gross;
  const { rose, fell, open } = extremes(review);
  const absent = review.deltas.filter(({ slice }) => slice.dimension === "provider" && !isThere(review, slice));
  const parts = [
    rose && `Rose most: ${nameText(rose.slice.path)} ${print.delta(rose)}.`,
    fell && `Fell most: ${nameText(fell.slice.path)} ${print.delta(fell)}.`,
    open.length > 0 && `Not final yet: ${open.map((fall) => openText(review, fall)).join("; ")}.`,
    absent.length > 0 && `Not all in the data: ${absent.map(({ slice }) => nameText(slice.path)).join(", ")}.`,
    up > 0n && down < 0n && !review.incomplete && `All services together: ${print.change(up)} up, ${print.change(down)} down.`,
  ].filter((part) => typeof part === "string");
  return parts.length === 0 ? null : parts.join(" ");
}

const mostFeatures = 6;

function featureTable(review: Review): string | null {
  const print = printer(review);
  const features = review.deltas.filter(({ slice }) => slice.dimension === "feature");
  const named = features.filter(({ slice }) => slice.path[0] !== unallocated);
  // The only one there is, with nothing beside it, is the whole week.
  if (named.length === 0 || features.length === 1) return null;
  const rest = features.filter((delta) => !named.includes(delta) && (delta.last7 !== 0n || delta.prior7 !== 0n));
  const shown = [...named.slice(0, mostFeatures), ...rest];
  const rows = shown.map((delta) => [
    nameText(delta.slice.path),
    print.money(delta.last7),
    print.money(delta.prior7),
    isThere(review, delta.slice) ? print.delta(delta) : "data missing",
  ]);
  const more = named.length - mostFeatures;
  return blocks([
    table(["Feature", "Last 7 days", "Prior 7 days", "Change"], rows),
    more > 0 ? `${plural(more, "more feature")} moved less.` : null,
  ]);
}

const mostMovers = 3;

/** The few of a kind that moved most, of those that are not told elsewhere. */
function movers(review: Review, dimension: "service" | "customer" | "team", isTold: (slice: Slice) => boolean): Delta[] {
  // A thousandth of the week is nobody's minute.
  const least = review.total.prior7 / 1_000n + 1n;
  return review.deltas
    .filter(({ slice, change }) => slice.dimension === dimension && slice.path[0] !== unallocated && absolute(change) >= least)
    .filter(({ slice }) => !isTold(slice) && isThere(review, slice))
    .filter((delta) => stillComing(review, delta) === null)
    .slice(0, mostMovers);
}

/** `Teams that moved most: search +$112.00 (+9.3 %), …`. */
function moversLine(review: Review, label: string, list: readonly Delta[]): string | null {
  const print = printer(review);
  return list.length === 0 ? null : `${label}: ${list.map((delta) => `${nameText(delta.slice.path)} ${print.delta(delta)}`).join(", ")}.`;
}

function unallocatedLine(review: Review): string | null {
  const { money } = printer(review);
  const known = review.unallocated.filter(({ percent }) => percent !== null);
  const part = known
    .filter(({ amount, percent }) => amount !== 0n && percent !== 100)
    .map(({ target, amount, percent }) => `${target} ${shareText(percent ?? 0)} (${money(amount)})`);
  const together = (list: readonly Unallocated[], share: string) =>
    list.length === 0 ? [] : [`${list.map(({ target }) => target).join(", ")} ${share}`];
  const nothing = together(
    known.filter(({ amount }) => amount === 0n),
    "0.0 %",
  );
  const whole = together(
    known.filter(({ percent }) => percent === 100),
    "100.0 % (no rule or tag says)",
  );
  return known.length === 0 ? null : `Not allocated this week: ${[...nothing, ...part, ...whole].join("; ")}.`;
}

/** What moved most where nothing did by much; the only service of a provider that is named above is told by that. */
function nothingListed(review: Review): string | null {
  if (review.listed.length > 0) return null;
  const services = review.deltas.filter(({ slice }) => slice.dimension === "service");
  const { rose, fell } = extremes(review);
  const told = [rose, fell].flatMap((provider) => {
    const own = services.filter(({ slice }) => slice.path[0] === provider?.slice.key);
    return own.length === 1 ? own.map(({ slice }) => slice) : [];
  });
  const label = told.length === 0 ? "The largest moves" : "The next largest moves";
  const moved = moversLine(
    review,
    label,
    movers(review, "service", (slice) => told.includes(slice)),
  );
  return `No service moved enough to be listed.${moved === null ? "" : ` ${moved}`}`;
}

function reconciliation(review: Review): string {
  const { change } = printer(review);
  const { listed, other, total } = review.reconciliation;
  const categories = review.otherCategories.map((category) => categoryText(review, category));
  const apart = categories.length === 0 ? "" : ` The rest holds what is not usage: ${categories.join(", ")}.`;
  return `**Reconciliation:** listed deltas ${change(listed)} + all the rest ${change(other)} = ${change(total)}.${apart}`;
}

const title = "## 2 Top deltas · 10 minutes";

/** What moved; without a week before, where the money goes. */
function headText(review: Review): string {
  if (isFirstWeek(review)) return blocks([title, firstWeekText(review), unallocatedLine(review), attributionText(review)]);
  const customers = new Set(customersIn(review).map(({ name }) => name));
  // The only team there is, with nothing beside it, is the whole week.
  const isOnly = review.deltas.filter(({ slice }) => slice.dimension === "team").length === 1;
  return blocks([
    title,
    providersLine(review),
    nothingListed(review),
    featureTable(review),
    bullets(review.renames.map((rename) => renameLine(review, rename))),
    customerTable(review),
    moversLine(
      review,
      "Other customers that moved most",
      movers(review, "customer", ({ key }) => customers.has(key)),
    ),
    moversLine(
      review,
      "Teams that moved most",
      movers(review, "team", () => isOnly),
    ),
    unallocatedLine(review),
    attributionText(review),
  ]);
}

export function deltasSection({ review }: SectionContext): Section {
  return {
    name: "deltas",
    head: { name: "deltas", text: headText(review) },
    items: review.listed.map((listed) => deltaItem(review, listed)),
    end: blocks([reconciliation(review), candidatesBlock(review)]),
  };
}
