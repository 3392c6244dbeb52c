import { percentText } from "../../../core/format.ts";
import { absolute, microsPerUnit } from "../../../core/money.ts";
import { isHeld, onSameDays } from "../../../core/review/data/beginning.ts";
import { onFinalDays } from "../../../core/review/data/final-days.ts";
import type { Driver, Drivers, Volume } from "../../../core/review/deltas/drivers.ts";
import { monthlyDays } from "../../../core/review/deltas/monthly.ts";
import { volumesOf } from "../../../core/review/deltas/volumes.ts";
import { wayBackOf } from "../../../core/review/findings/way-back.ts";
import type { ListedDelta, Review } from "../../../core/review/review.ts";
import type { Delta } from "../../../core/slices/delta.ts";
import { type SplitPart, splitParts } from "../../../core/split/lmdi.ts";
import type { Split } from "../../../core/split/split.ts";
import { markdownText, plural } from "../../../core/text.ts";
import { printer } from "../context.ts";
import { onFinalText } from "../shared/final-days.ts";
import { eventName, whenText } from "../shared/planned.ts";
import { countText } from "../shared/unit-costs.ts";

/** What is inside a delta: volumes, why it changed, what moved most, its days. */

const mostRows = 3;

/** The few parts that make up most of the change; nothing when there is only one part, as it is the delta itself. */
export function driverRows(review: Review, label: string, drivers: readonly Driver[], change: bigint): string[][] {
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

/** How much it was used; of what began, counts, as there is nothing to compare them with. */
function volumeLine(review: Review, { delta, drivers }: ListedDelta): string | null {
  const { money } = printer(review);
  const { requests, tokens, tokensPerRequest, perThousand } = volumesOf(drivers, delta);
  if (requests !== null && requests.percent === null)
    return (
      perThousand &&
      `${countText(BigInt(Math.round(requests.last7)) * microsPerUnit)} requests, 1,000 of them at ${money(perThousand.last7)}.`
    );
  const perRequest = tokensPerRequest && (isSame(tokensPerRequest) ? null : `tokens per request ${percentText(tokensPerRequest.percent)}`);
  const parts = [
    requests && `requests ${percentText(requests.percent)}`,
    tokensPerRequest ? perRequest : tokens && tokens.percent !== null && `tokens ${percentText(tokens.percent)}`,
    perThousand && perThousand.prior7 !== null && perThousand.last7 !== perThousand.prior7
      ? `cost per 1,000 requests ${money(perThousand.prior7)} → ${money(perThousand.last7)}`
      : null,
  ].filter((part) => typeof part === "string");
  const text = parts.join(", ");
  return text === "" ? null : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Where a week is not all in the data, how the weekdays compare that both weeks hold: counts of a longer week say nothing. */
function sameDaysLine(review: Review, { slice }: Delta): string | null {
  const same = onSameDays(slice.days, review);
  if (same === null) return null;
  const { micros } = printer(review);
  const percent = same.percent === null ? "" : ` (${percentText(same.percent)})`;
  return `On the ${plural(same.days, "weekday")} that both weeks hold: ${micros(same.prior7)} → ${micros(same.last7)}${percent}.`;
}

/** So many points of percent apart, the week and its final days are two stories. */
const farApart = 5;

/** A week whose last days are not final, as far as they make another story of it. */
function finalDaysLine(review: Review, { slice, change, percent }: Delta): string | null {
  const final = onFinalDays(slice, review);
  if (final === null) return null;
  const { micros, day } = printer(review);
  const moved = final.last7 - final.prior7;
  const isAlike = change > 0n === moved > 0n && percent !== null && final.percent !== null && Math.abs(percent - final.percent) < farApart;
  if (isAlike) return null;
  const size = final.percent === null ? "" : ` (${percentText(final.percent)})`;
  const which = final.days === 1 ? "the day that is" : `the ${final.days} days that are`;
  return `On ${which} final: ${micros(final.prior7)} → ${micros(final.last7)}${size}; those after ${day(final.through)} may still change.`;
}

/** What comes once a month moves two weeks of each month, and nobody has to find out why. */
function monthlyLine(review: Review, { slice }: Delta): string | null {
  const days = monthlyDays(slice.days, review);
  if (days.length === 0) return null;
  const { micros, day } = printer(review);
  return `It comes once a month: ${days.map((when) => `${micros(slice.days.get(when) ?? 0n)} on ${day(when)}`).join(", ")}.`;
}

/** A spike, or a fall, of the week before makes this week look lower, or higher, than it is. */
function wayBackLine(review: Review, delta: Delta): string | null {
  const back = wayBackOf(delta, review);
  if (back === null || onSameDays(delta.slice.days, review) !== null) return null;
  const { micros, change } = printer(review);
  const final = back.final === null ? "" : `, ${onFinalText(back.final)} ${change(back.final.without)}`;
  const which = back.passed.map(({ period, event }) => `${whenText(review, period)}${event === null ? "" : ` (${eventName(event)})`}`);
  return `The week before held ${micros(absolute(back.excess))} ${back.excess > 0n ? "more" : "less"} than expected ${which.join(", ")}, which has come back: without it the change is ${change(back.without)}${final}.`;
}

/** What stands behind both amounts of a delta. */
export function movedLines(review: Review, listed: ListedDelta): string[] {
  const moved = sameDaysLine(review, listed.delta) ?? volumeLine(review, listed);
  return [moved, finalDaysLine(review, listed.delta), wayBackLine(review, listed.delta), monthlyLine(review, listed.delta)].filter(
    (line) => line !== null,
  );
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

/** The same where types of tokens are told apart: more output, or less from the cache, is dearer at the same prices. */
const typedTexts = {
  tokensPerRequest: ["more or dearer tokens per request", "fewer or cheaper tokens per request"],
  price: ["higher prices per token", "lower prices per token"],
} as const;

/** Whether models began, or ended: types of tokens of one and the same model may do so, too. */
interface Turnover {
  readonly began: boolean;
  readonly ended: boolean;
}

function turnoverOf({ models }: Drivers): Turnover {
  return {
    began: models.some(({ amounts: { exact } }) => exact.prior7 === 0n && exact.last7 > 0n),
    ended: models.some(({ amounts: { exact } }) => exact.last7 === 0n && exact.prior7 > 0n),
  };
}

/** What parts are called where requests went to models that began, or came from ones that ended, and where only types of tokens did. */
function turnoverText(part: SplitPart, { mix, new: fresh, retired }: Split, { began, ended }: Turnover): string | null {
  if (part === "new") return began ? null : "types of tokens not used before";
  if (part === "retired") return ended ? null : "types of tokens no longer used";
  if (part !== "mix") return null;
  if (mix < 0n && fresh > 0n && began) return "less of the models that were there before";
  return mix > 0n && retired < 0n && ended ? "more of the models that stayed" : null;
}

/** Parts that are told apart from the mix of models: of one and the same model. */
const withinModels: readonly SplitPart[] = ["tokensPerRequest", "price"];

/**
 * Why it changed: parts that add up to the change, the largest first. Null where the one part is that it began or ended, and where one of the
 * weeks is not all in the data: more days are no more requests.
 */
export function splitLine(review: Review, { delta: { slice, change: total }, drivers }: ListedDelta): string | null {
  const split = review.splits.get(slice.id);
  if (!split || total === 0n || onSameDays(slice.days, review) !== null) return null;
  if (split.new === total || split.retired === total) return null;
  const { change } = printer(review);
  const turnover = turnoverOf(drivers);
  const size = (part: SplitPart) => Number(absolute(split[part]));
  const parts = splitParts.filter((part) => split[part] !== 0n).sort((a, b) => size(b) - size(a));
  const texts = parts.map((part) => {
    const within = drivers.models.length > 1 && withinModels.includes(part) ? " (same model)" : "";
    const isTyped = review.typed.has(slice.id) && (part === "tokensPerRequest" || part === "price");
    const words = isTyped ? typedTexts[part] : partTexts[part];
    const text = turnoverText(part, split, turnover) ?? words[split[part] > 0n ? 0 : 1];
    return `${change(split[part])} ${text}${within}`;
  });
  return parts.length === 1
    ? `All of it is ${(texts[0] ?? "").slice(change(total).length + 1)}.`
    : `${change(total)}: ${texts.join(", ")}.`;
}

/** What each day cost that the data hold; null where none cost anything. */
export function daysLine(review: Review, { days }: Drivers): string | null {
  const { money, day } = printer(review);
  const known = days.filter((entry) => isHeld(review, entry.day));
  if (known.every(({ cost }) => cost === 0n)) return null;
  return `By day: ${known.map((entry) => `${day(entry.day).slice(0, -4)} ${money(entry.cost)}`).join(" · ")}.`;
}
