import { divideRounded } from "../../core/money.ts";
import type { Moved } from "./moved.ts";

/** A number that somebody quoted and that has moved since. */
export interface StaleNumber {
  /** As it stands in the text, and where: from 0. */
  readonly text: string;
  readonly index: number;
  readonly label: string;
  readonly now: string;
}

interface Quoted {
  readonly text: string;
  readonly index: number;
  readonly whole: bigint;
  /** Decimals as written; empty when none. */
  readonly fraction: string;
  readonly isMoney: boolean;
  readonly isPercent: boolean;
}

const pattern =
  /(?<![\w.,])(?<before>\$|€|£|[A-Z]{3} ?)?(?<whole>\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.(?<fraction>\d{1,6}))?(?![\d]|[kKmM]\b)(?<percent> ?%)?(?<after> ?[A-Z]{3}\b)?/g;

function numbersIn(text: string): Quoted[] {
  return [...text.matchAll(pattern)].map((match) => {
    const { before, whole = "0", fraction = "", percent, after } = match.groups ?? {};
    return {
      text: match[0].trim(),
      index: match.index,
      whole: BigInt(whole.replaceAll(",", "")),
      fraction,
      isMoney: percent === undefined && (before !== undefined || after !== undefined || fraction.length === 2),
      isPercent: percent !== undefined,
    };
  });
}

/** Whether a quoted amount is these cents: to the cent, or to the unit when it has no decimals. */
function isAmount({ whole, fraction, isMoney }: Quoted, cents: bigint): boolean {
  if (!isMoney) return false;
  if (fraction === "") return whole === divideRounded(cents, 100n);
  return fraction.length === 2 && whole * 100n + BigInt(fraction) === cents;
}

const isPercentage = ({ whole, fraction, isPercent }: Quoted, printed: string) => isPercent && `${whole}.${fraction}` === printed;

/** The numbers of a text that are figures as they were before they moved; a text that says the new one as well knows of it. */
export function staleNumbers(text: string, { amounts, percents }: Moved): StaleNumber[] {
  const numbers = numbersIn(text);
  return numbers.flatMap((number): StaleNumber[] => {
    const { text: written, index } = number;
    const amount = amounts.find(({ old, now }) => isAmount(number, old) && !numbers.some((other) => isAmount(other, now)));
    if (amount) return [{ text: written, index, label: amount.label, now: amount.nowText }];
    const percent = percents.find(({ old, now }) => isPercentage(number, old) && !numbers.some((other) => isPercentage(other, now)));
    return percent ? [{ text: written, index, label: percent.label, now: `${percent.now} %` }] : [];
  });
}
