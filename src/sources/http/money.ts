import * as z from "zod/mini";
import { type Decimal, parseDecimal, sumOfDecimals, zero } from "../../core/money.ts";

/** More digits than any amount has. */
const longestAmount = 100;

/** Nothing, with any exponent: 128-bit decimals write it as `0E-6176`. */
const zeroPattern = /^[+-]?(?:0+\.?0*|\.0+)[eE][+-]?\d+$/;

/**
 * An exact amount from a JSON number or from decimal text, whichever a vendor sends. A number is taken as the shortest decimal that stands
 * for it, which is the one that was written as long as it has at most 15 digits.
 */
export const amount = z.pipe(
  z.union([z.number(), z.string()]),
  z.transform((value, context): Decimal => {
    const text = String(value).trim();
    const decimal = text.length > longestAmount ? null : zeroPattern.test(text) ? zero : parseDecimal(text);
    if (decimal !== null) return decimal;
    context.issues.push({ code: "custom", input: value, message: "a decimal number" });
    return z.NEVER;
  }),
);

/** Cents as the currency's own unit, exactly. */
export function fromCents({ units, scale }: Decimal): Decimal {
  return { units, scale: scale + 2 };
}

/** The exact difference. */
export function minus(a: Decimal, b: Decimal): Decimal {
  return sumOfDecimals([a, { ...b, units: -b.units }]);
}
