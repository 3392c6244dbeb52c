import { centsText, percentFigure, shareText } from "../format.ts";
import { type Charge, costOf, isLateCorrection } from "../ledger/charge.ts";
import { compareCharges } from "../ledger/delivery.ts";
import { type Micros, microsText, sum } from "../money.ts";
import { countedOf } from "../review/counted.ts";
import type { Facts, Row } from "./explanation.ts";

/** The charges that `counts` takes, on the cost basis of the review, in the order of the ledger; of `charges`, by themselves all money. */
export function rowsOf({ input }: Facts, counts: (charge: Charge) => boolean, charges = countedOf(input).ready.money): Row[] {
  return charges
    .filter(counts)
    .sort(compareCharges)
    .map((charge) => ({ charge, amount: costOf(charge, input.costBasis) }));
}

/** The same without corrections of earlier billing periods, which count on a line of their own. */
export function dailyRows(facts: Facts, counts: (charge: Charge) => boolean, charges?: readonly Charge[]): Row[] {
  return rowsOf(facts, (charge) => !isLateCorrection(charge) && counts(charge), charges);
}

/** What rows add up to, exactly. */
export function sumOf(rows: readonly Row[]): Micros {
  return sum(rows.map(({ amount }) => amount));
}

/** `12.345678 added exactly, 12.35 to the nearest cent (a half away from zero)`. */
export function toNearestCent(exact: Micros, cents: bigint): string {
  return `${microsText(exact)} added exactly in millionths, ${centsText(cents)} to the nearest cent (a half goes away from zero)`;
}

/** How figures were rounded, in words that several explanations share. */
export const fromPrinted = "computed from amounts in cents as they are printed, so that the lines add up";
export const percentRounding = "from exact amounts, to two decimals (a half goes away from zero)";

/**
 * A percentage as text, as JSON has it; `none` without a base. Where that would be rounded to another decimal than the review prints, which
 * rounds the exact one, it says so.
 */
export function percentValue(percent: number | null): string {
  const figure = percentFigure(percent);
  if (percent === null || figure === null) return "none: there is nothing to compare with";
  const printed = shareText(percent);
  return shareText(figure) === printed ? `${figure} %` : `${figure} % (${printed} where one decimal is printed)`;
}
