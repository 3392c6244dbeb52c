import type { Priced } from "../economics/prices.ts";
import { centsText } from "../format.ts";
import { type Micros, microsText, toCents } from "../money.ts";
import type { SameDays } from "../review/data/beginning.ts";
import type { FinalDays } from "../review/data/final-days.ts";
import type { WayBack } from "../review/findings/way-back.ts";
import { plural } from "../text.ts";
import type { Term } from "./explanation.ts";
import { percentValue } from "./rows.ts";

/** An amount in cents. */
export const cents = (name: string, amount: bigint): Term => ({ name, value: centsText(amount) });

/** An amount in micro-units, to the nearest cent. */
export const nearest = (name: string, amount: Micros): Term => cents(name, toCents(amount));

/** An amount or a count with as many decimals as it has. */
export const exactly = (name: string, amount: Micros | null): Term => ({ name, value: amount === null ? "not known" : microsText(amount) });

/** An amount with its cents and all that is below them, `118.84` or `118.84005`: one that is multiplied is not rounded before. */
export function inFull(amount: Micros): string {
  const text = microsText(amount);
  const decimals = text.split(".")[1]?.length ?? 0;
  return decimals === 0 ? `${text}.00` : text.padEnd(text.length + Math.max(0, 2 - decimals), "0");
}

export const full = (name: string, amount: Micros): Term => ({ name, value: inFull(amount) });

/** `105.97 (exactly 105.970596)`: as it is printed, and as it is reckoned with. */
export const exactText = (amount: Micros): string => `${centsText(toCents(amount))} (exactly ${microsText(amount)})`;

export const percentage = (name: string, percent: number | null): Term => ({ name, value: percentValue(percent) });

export const plain = (name: string, value: string | number): Term => ({ name, value: String(value) });

const bothWeeks = ({ last7, prior7, percent }: SameDays) =>
  `${centsText(toCents(prior7))} → ${centsText(toCents(last7))}, ${centsText(toCents(last7 - prior7))} (${percentValue(percent)})`;

/** Both weeks on the weekdays that the data hold of both. */
export const sameDaysTerm = (same: SameDays): Term => plain(`on the ${plural(same.days, "weekday")} that both weeks hold`, bothWeeks(same));

/** Both weeks through the last day that is final. */
export const finalDaysTerm = (final: FinalDays): Term =>
  plain(`on the ${plural(final.days, "day")} through ${final.through}, which ${final.days === 1 ? "is" : "are"} final`, bothWeeks(final));

/** What of the week before has come back. */
export const wayBackTerms = ({ passed, excess, without, final }: WayBack): Term[] => [
  ...passed.map(({ period, excess: own }) =>
    nearest(`above what was expected from ${period.start} to before ${period.end}, which has come back`, own),
  ),
  nearest("together", excess),
  cents("change without it", without),
  ...(final === null
    ? []
    : [cents(`the same on the ${plural(final.days, "day")} that ${final.days === 1 ? "is" : "are"} final`, final.without)]),
];

/** Kinds of tokens as people call them. */
export const tokenNames = {
  inputTokens: "input",
  cacheReadTokens: "cache read",
  cacheWriteTokens: "cache write",
  outputTokens: "output",
} as const;

/** `114480520 at 3.200000 a million`: micro-units a token are units a million. */
export const pricedTerm = ({ type, tokens, price }: Priced): Term =>
  plain(`${type === "all" ? "all" : tokenNames[type]} tokens`, `${tokens} at ${price.toFixed(6)} a million`);
