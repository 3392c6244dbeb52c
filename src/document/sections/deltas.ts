import { percentText, shareText } from "../../core/format.ts";
import type { Delta } from "../../core/delta.ts";
import { bySize } from "../../core/delta.ts";
import type { Driver, Drivers, Volume } from "../../core/drivers.ts";
import { absolute, divideRounded } from "../../core/money.ts";
import type { ListedDelta, Review } from "../../core/review.ts";
import { markdownText } from "../../core/text.ts";
import { blocks, nameText, plural, table } from "../markdown.ts";
import type { Item, Section } from "../model.ts";
import { type SectionContext, printer } from "./context.ts";

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

function moved({ last7, prior7 }: Volume): string {
  return prior7 === 0 ? "new" : percentText(Math.round(((last7 - prior7) / prior7) * 10_000) / 100);
}

function volumeLine(review: Review, { requests, tokens }: Drivers, delta: Delta): string | null {
  const { money } = printer(review);
  const perThousand = (cents: bigint, count: number) => (count < 1 ? null : divideRounded(cents * 1000n, BigInt(Math.round(count))));
  const perRequest = requests && tokens && requests.last7 > 0 && requests.prior7 > 0 ? { last7: tokens.last7 / requests.last7, prior7: tokens.prior7 / requests.prior7 } : null;
  const [now, before] = requests ? [perThousand(delta.last7, requests.last7), perThousand(delta.prior7, requests.prior7)] : [null, null];
  const parts = [
    requests && `requests ${moved(requests)}`,
    perRequest ? `tokens per request ${moved(perRequest)}` : tokens && `tokens ${moved(tokens)}`,
    now !== null && before !== null ? `cost per 1,000 requests ${money(before)} → ${money(now)}` : null,
  ].filter((part) => part !== null);
  const text = parts.join(", ");
  return text === "" ? null : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function daysLine(review: Review, { days }: Drivers): string {
  const { money, day } = printer(review);
  return `By day: ${days.map((entry) => `${day(entry.day).slice(0, -4)} ${money(entry.cost)}`).join(" · ")}.`;
}

function deltaItem(review: Review, { delta, drivers }: ListedDelta): Item {
  const print = printer(review);
  const rows = [...driverRows(review, "Model", drivers.models, delta.change), ...driverRows(review, "Feature", drivers.features, delta.change)];
  const text = blocks([
    `### ${nameText(delta.slice.path)}: ${print.delta(delta)}`,
    [`${print.money(delta.prior7)} → ${print.money(delta.last7)}.`, volumeLine(review, drivers, delta)].filter((part) => part !== null).join(" "),
    rows.length === 0 ? null : table(["Moved most", "Last 7 days", "Prior 7 days", "Change"], rows),
    daysLine(review, drivers),
  ]);
  return { zone: { name: "delta", id: delta.slice.id, text: `\n${text}` }, prompts: deltaPrompts };
}

function providersLine(review: Review): string | null {
  const print = printer(review);
  const providers = review.deltas.filter(({ slice }) => slice.dimension === "provider").sort(bySize);
  const rose = providers.find(({ change }) => change > 0n);
  const fell = providers.find(({ change }) => change < 0n);
  const parts = [
    rose && `Rose most: ${nameText(rose.slice.path)} ${print.delta(rose)}.`,
    fell && `Fell most: ${nameText(fell.slice.path)} ${print.delta(fell)}.`,
    `All services together: ${print.change(review.gross.up)} up, ${print.change(review.gross.down)} down.`,
  ];
  return rose || fell ? parts.filter((part) => part !== undefined).join(" ") : null;
}

const mostFeatures = 6;

function featureTable(review: Review): string | null {
  const print = printer(review);
  const features = review.deltas.filter(({ slice }) => slice.dimension === "feature");
  if (features.every(({ slice }) => slice.path[0] === "(unallocated)")) return null;
  const rows = features.slice(0, mostFeatures).map((delta) => [nameText(delta.slice.path), print.money(delta.last7), print.money(delta.prior7), print.delta(delta)]);
  const more = features.length - rows.length;
  return blocks([table(["Feature", "Last 7 days", "Prior 7 days", "Change"], rows), more > 0 ? `${plural(more, "more feature")} moved less.` : null]);
}

function unallocatedLine(review: Review): string | null {
  const { money } = printer(review);
  const parts = review.unallocated.filter(({ percent }) => percent !== null).map(({ target, amount, percent }) => `${target} ${shareText(percent ?? 0)} (${money(amount)})`);
  return parts.length === 0 ? null : `Not allocated this week: ${parts.join(", ")}.`;
}

function reconciliation(review: Review): string {
  const { money, change } = printer(review);
  const { listed, other, total } = review.reconciliation;
  const categories = review.otherCategories.map(({ category, amounts }) => `${category} ${money(amounts.prior7)} → ${money(amounts.last7)}`);
  const apart = categories.length === 0 ? "" : ` The rest holds what is not usage: ${categories.join(", ")}.`;
  return `**Reconciliation:** listed deltas ${change(listed)} + all the rest ${change(other)} = ${change(total)}.${apart}`;
}

export function deltasSection({ review }: SectionContext): Section {
  const text = blocks([
    "## 2 Top deltas · 10 minutes",
    providersLine(review),
    review.listed.length === 0 ? "No service moved enough to be listed." : null,
    featureTable(review),
    unallocatedLine(review),
  ]);
  return { name: "deltas", head: { name: "deltas", text }, items: review.listed.map((listed) => deltaItem(review, listed)), end: reconciliation(review) };
}
