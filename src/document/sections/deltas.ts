import { dayText, percentText, shareText } from "../../core/format.ts";
import { type Absence, absenceOf } from "../../core/review/arrivals.ts";
import { type Delta, bySize } from "../../core/review/delta.ts";
import type { Driver, Drivers, Volume } from "../../core/review/drivers.ts";
import { absolute } from "../../core/money.ts";
import { isFirstWeek } from "../../core/review/beginning.ts";
import type { ListedDelta, Review } from "../../core/review/review.ts";
import { type SplitPart, splitParts } from "../../core/split/lmdi.ts";
import { type Slice, unallocated } from "../../core/review/slice.ts";
import { volumesOf } from "../../core/review/volumes.ts";
import { markdownSentence, markdownText } from "../../core/text.ts";
import { blocks, bullets, nameText, plural, table } from "../markdown.ts";
import type { Item, Section } from "../body/model.ts";
import { attributionText, isHalfKnown } from "./attribution.ts";
import { causesLine } from "./causes.ts";
import { candidatesBlock } from "./candidates.ts";
import { type SectionContext, printer } from "./context.ts";
import { customerTable } from "./customers.ts";
import { firstWeekItem, firstWeekText } from "./first-week.ts";
import { plannedFor } from "./planned.ts";
import { renameHint, renameLine } from "./renames.ts";

export const deltaPrompts = [
  "- **Expected:** <!-- yes | no | partly -->",
  "- **Why:** <!-- engineering: the cause, not the observation: which change, launch, price or behaviour moved it -->",
  "- **Assumed:** <!-- product, optional: what the plan assumed -->",
  "- **Decision:** <!-- leave-as-is, or the id of an action above -->",
].join("\n");

const mostRows = 3;

/** The few parts that make up most of the change; nothing when there is only one part, as it is the delta itself. */
function driverRows(review: Review, label: string, drivers: readonly Driver[], change: bigint): string[][] {
  if (drivers.length < 2) return [];
  const { money, delta } = printer(review);
  return drivers
    .filter(({ amounts }) => absolute(amounts.change) * 10n >= absolute(change))
    .slice(0, mostRows)
    .map(({ name, amounts }) => [`${label} ${markdownText(name)}`, money(amounts.last7), money(amounts.prior7), delta(amounts)]);
}

/** Next to nothing moved: less than is printed. */
function isSame({ last7, prior7 }: Volume): boolean {
  return Math.abs(last7 - prior7) * 2_000 < prior7;
}

function volumeLine(review: Review, drivers: Drivers, delta: Delta): string | null {
  const { money } = printer(review);
  const { requests, tokens, tokensPerRequest, perThousand } = volumesOf(drivers, delta);
  const perRequest = tokensPerRequest && (isSame(tokensPerRequest) ? null : `tokens per request ${percentText(tokensPerRequest.percent)}`);
  const parts = [
    requests && `requests ${percentText(requests.percent)}`,
    tokensPerRequest ? perRequest : tokens && `tokens ${percentText(tokens.percent)}`,
    perThousand && perThousand.last7 !== perThousand.prior7
      ? `cost per 1,000 requests ${money(perThousand.prior7)} → ${money(perThousand.last7)}`
      : null,
  ].filter((part) => part !== null);
  const text = parts.join(", ");
  return text === "" ? null : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** What each part of a split is called, when it adds to cost and when it takes from it. */
const partTexts = {
  volume: ["more requests", "fewer requests"],
  tokensPerRequest: ["more tokens per request", "fewer tokens per request"],
  mix: ["more of the dearer models", "more of the cheaper models"],
  price: ["a higher mean price per token", "a lower mean price per token"],
  new: ["new models", "new models"],
  retired: ["models no longer used", "models no longer used"],
  notTokenPriced: ["what is not priced by tokens", "what is not priced by tokens"],
} as const satisfies Record<SplitPart, readonly [string, string]>;

/** Why it changed: parts that add up to the change, the largest first. */
function splitLine(review: Review, { slice, change: total }: Delta): string | null {
  const split = review.splits.get(slice.id);
  if (!split || total === 0n) return null;
  const { change } = printer(review);
  const size = (part: SplitPart) => Number(absolute(split[part]));
  const parts = splitParts.filter((part) => split[part] !== 0n).sort((a, b) => size(b) - size(a));
  const texts = parts.map((part) => `${change(split[part])} ${partTexts[part][split[part] > 0n ? 0 : 1]}`);
  return `${change(total)}: ${texts.join(", ")}.`;
}

function daysLine(review: Review, { days }: Drivers): string {
  const { money, day } = printer(review);
  return `By day: ${days.map((entry) => `${day(entry.day).slice(0, -4)} ${money(entry.cost)}`).join(" · ")}.`;
}

/** A slice whose data have not all come is no fall: what is there is shown, and since when nothing came. */
function absentText(review: Review, { delta, drivers }: ListedDelta, { lastDay, source, problem }: Absence): string {
  const { money } = printer(review);
  const whose = markdownText(source ?? delta.slice.path[0] ?? "");
  const since = `no data from ${whose} ${lastDay === null ? "at all" : `since ${dayText(lastDay)}`}`;
  const days = drivers.days.filter(({ day }) => lastDay !== null && day <= lastDay);
  const reason = problem === null ? "" : ` (${markdownSentence(problem.replace(/\.$/, ""))})`;
  return blocks([
    `### ${nameText(delta.slice.path)}: ${since}`,
    `${since.charAt(0).toUpperCase()}${since.slice(1)}${reason}. What arrived of the last 7 days (${plural(days.length, "day")}) is ${money(delta.last7)}; the prior 7 days cost ${money(delta.prior7)}.`,
    days.length === 0 ? null : daysLine(review, { ...drivers, days }),
  ]);
}

/** Nothing is known to be missing from a slice in the week under review. */
function isThere(review: Review, slice: Slice): boolean {
  return absenceOf(slice, review.arrivals, review.silences) === null;
}

function deltaItem(review: Review, listed: ListedDelta): Item {
  return { zone: { name: "delta", id: listed.delta.slice.id, text: `\n${itemText(review, listed)}` }, prompts: deltaPrompts };
}

function itemText(review: Review, listed: ListedDelta): string {
  if (isFirstWeek(review)) return firstWeekItem(review, listed, daysLine(review, listed.drivers));
  const absence = absenceOf(listed.delta.slice, review.arrivals, review.silences);
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
  const restated = review.restatements.some(({ day, provider }) => provider === delta.slice.path[0] && day >= review.prior.start);
  const planned = plannedFor(review, delta.slice.path, { start: review.prior.start, end: review.period.end });
  return blocks([
    `### ${nameText(delta.slice.path)}: ${print.delta(delta)}`,
    [`${print.money(delta.prior7)} → ${print.money(delta.last7)}.`, volumeLine(review, drivers, delta)]
      .filter((part) => part !== null)
      .join(" "),
    splitLine(review, delta),
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

function providersLine(review: Review): string | null {
  const print = printer(review);
  const of = (dimension: string) => review.deltas.filter(({ slice }) => slice.dimension === dimension);
  const providers = of("provider")
    .filter(({ percent }) => percent === null || Math.abs(percent) >= leastPercent)
    .sort(bySize);
  const rose = providers.find(({ change }) => change > 0n);
  const fell = providers.find(({ change }) => change < 0n);
  const parts = [
    rose && `Rose most: ${nameText(rose.slice.path)} ${print.delta(rose)}.`,
    fell && `Fell most: ${nameText(fell.slice.path)} ${print.delta(fell)}.`,
    of("service").length > 1 && `All services together: ${print.change(review.gross.up)} up, ${print.change(review.gross.down)} down.`,
  ];
  return rose || fell ? parts.filter((part) => typeof part === "string").join(" ") : null;
}

const mostFeatures = 6;

function featureTable(review: Review): string | null {
  const print = printer(review);
  const features = review.deltas.filter(({ slice }) => slice.dimension === "feature");
  const named = features.filter(({ slice }) => slice.path[0] !== unallocated);
  // The only one there is, with nothing beside it, is the whole week.
  if (named.length === 0 || features.length === 1) return null;
  const shown = [...named.slice(0, mostFeatures), ...features.filter((delta) => !named.includes(delta))];
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

/** `Customers: acme +$112.00 (+9.3 %), …`: the few of a kind that moved most. */
function moversLine(review: Review, dimension: "service" | "customer" | "team", label: string): string | null {
  const print = printer(review);
  const shown = new Set(dimension === "customer" ? review.economics.customers?.top.map(({ name }) => name) : []);
  // A thousandth of the week is nobody's minute, but where nothing is listed it may be all there is.
  const least = dimension === "service" ? 1n : review.total.prior7 / 1_000n + 1n;
  const movers = review.deltas
    .filter(({ slice, change }) => slice.dimension === dimension && slice.path[0] !== unallocated && absolute(change) >= least)
    .filter(({ slice }) => !shown.has(slice.key) && isThere(review, slice))
    .slice(0, mostMovers);
  return movers.length === 0
    ? null
    : `${label}: ${movers.map((delta) => `${nameText(delta.slice.path)} ${print.delta(delta)}`).join(", ")}.`;
}

function unallocatedLine(review: Review): string | null {
  const { money } = printer(review);
  const known = review.unallocated.filter(({ percent }) => percent !== null);
  const part = known
    .filter(({ percent }) => percent !== 100)
    .map(({ target, amount, percent }) => `${target} ${shareText(percent ?? 0)} (${money(amount)})`);
  const whole = known.filter(({ percent }) => percent === 100).map(({ target }) => target);
  const nothing = whole.length === 0 ? [] : [`${whole.join(", ")} 100.0 % (no rule or tag says)`];
  return known.length === 0 ? null : `Not allocated this week: ${[...part, ...nothing].join(", ")}.`;
}

function nothingListed(review: Review): string | null {
  if (review.listed.length > 0) return null;
  return blocks(["No service moved enough to be listed.", moversLine(review, "service", "The largest moves")]);
}

function reconciliation(review: Review): string {
  const { money, change } = printer(review);
  const { listed, other, total } = review.reconciliation;
  const categories = review.otherCategories.map(
    ({ category, amounts }) => `${category} ${money(amounts.prior7)} → ${money(amounts.last7)}`,
  );
  const apart = categories.length === 0 ? "" : ` The rest holds what is not usage: ${categories.join(", ")}.`;
  return `**Reconciliation:** listed deltas ${change(listed)} + all the rest ${change(other)} = ${change(total)}.${apart}`;
}

const title = "## 2 Top deltas · 10 minutes";

/** What moved; without a week before, where the money goes. */
function headText(review: Review): string {
  if (isFirstWeek(review)) return blocks([title, firstWeekText(review), unallocatedLine(review), attributionText(review)]);
  return blocks([
    title,
    providersLine(review),
    nothingListed(review),
    featureTable(review),
    bullets(review.renames.map((rename) => renameLine(review, rename))),
    customerTable(review),
    moversLine(review, "customer", "Other customers that moved most"),
    moversLine(review, "team", "Teams that moved most"),
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
