/** An amount of one currency in integer micro-units (1,000,000 = one unit of the currency). */
export type Micros = bigint;

export const microsPerUnit = 1_000_000n;
export const microsPerCent = 10_000n;

/** An exact decimal: `units` × 10^-`scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** Nothing. */
export const zero: Decimal = { units: 0n, scale: 0 };

/** The units of a decimal at a scale that is at least its own. */
export function unitsAt(decimal: Decimal, scale: number): bigint {
  return decimal.scale === scale ? decimal.units : decimal.units * 10n ** BigInt(scale - decimal.scale);
}

/** The exact sum, at the largest scale of its parts. */
export function sumOfDecimals(parts: readonly Decimal[]): Decimal {
  // Plain loops: rows of a source are merged by the hundred thousand.
  let scale = 0;
  for (const part of parts) scale = Math.max(scale, part.scale);
  let units = 0n;
  for (const part of parts) units += unitsAt(part, scale);
  return { units, scale };
}

/** At most 15 digits: most amounts, whose units are safe as a number. */
const shortDecimal = /^(?=.{1,16}$)-?\d{1,15}(?:\.\d{1,14})?$/;
const decimalPattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Reads `12.5`, `-0.0000024`, `1.2E-5`; null for anything else (separators, currency signs, NaN). */
export function parseDecimal(text: string): Decimal | null {
  if (shortDecimal.test(text)) {
    const point = text.indexOf(".");
    if (point < 0) return { units: BigInt(Number(text)), scale: 0 };
    // Sums come with all decimals of their type: without the last zeros of ten, most amounts need no rounding.
    const end = text.endsWith("0000") && text.length - point > 10 ? text.length - 4 : text.length;
    return { units: BigInt(Number(text.slice(0, point) + text.slice(point + 1, end))), scale: end - point - 1 };
  }
  const match = decimalPattern.exec(text);
  if (!match) return null;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return null;
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction) * (sign === "-" ? -1n : 1n);
  return scale >= 0 ? { units: digits, scale } : { units: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** A number of the configuration, such as a percentage, as the decimal that it is written as; 0 for what is none. */
export function decimalOf(value: number): Decimal {
  return parseDecimal(String(value)) ?? zero;
}

/** `numerator / denominator` to the nearest integer, halves away from zero. The denominator is positive. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const half = denominator / 2n;
  return numerator >= 0n ? (numerator + half) / denominator : -((-numerator + half) / denominator);
}

/** An exact decimal as micro-units, rounded to the nearest. */
export function decimalToMicros(decimal: Decimal): Micros {
  return decimal.scale <= 6
    ? decimal.units * 10n ** BigInt(6 - decimal.scale)
    : divideRounded(decimal.units, 10n ** BigInt(decimal.scale - 6));
}

/** At most nine digits before the point and six behind it: most amounts, in micro-units safe as a number. */
const shortPattern = /^(-?)(\d{1,9})(?:\.(\d{1,6}))?$/;

/** Decimal text as micro-units, or null when it is none. */
export function parseMicros(text: string): Micros | null {
  const short = shortPattern.exec(text);
  if (short) {
    const [, sign, whole, fraction = ""] = short;
    const micros = Number(whole) * 1_000_000 + Number(fraction.padEnd(6, "0"));
    return BigInt(sign === "-" ? -micros : micros);
  }
  const decimal = parseDecimal(text);
  return decimal && decimalToMicros(decimal);
}

/** The amount with as many decimals as it needs, at most six: the form of the ledger. */
export function microsText(amount: Micros): string {
  const digits = String(amount < 0n ? -amount : amount).padStart(7, "0");
  const fraction = digits.slice(-6).replace(/0{1,6}$/, "");
  const sign = amount < 0n ? "-" : "";
  return `${sign}${digits.slice(0, -6)}${fraction === "" ? "" : `.${fraction}`}`;
}

/** Adds amounts of one unit, whichever it is. */
export function sum(amounts: Iterable<bigint>): bigint {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}

/** An amount of any unit without its sign. */
export function absolute(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}

function floorDivide(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
}

/**
 * Divides each part by `unit` so that the integer parts add up to `total` (default: the rounded quotient of their sum).
 * Largest remainder: what rounding down leaves over goes to the parts that lost most, first come first among those alike to 15 digits.
 */
export function apportion(parts: readonly bigint[], unit: bigint, total?: bigint): bigint[] {
  if (unit === 1n && total === undefined) return [...parts];
  const target = total ?? divideRounded(sum(parts), unit);
  const rests: number[] = [];
  const shares = parts.map((part) => {
    const share = floorDivide(part, unit);
    rests.push(Number(part - share * unit));
    return share;
  });
  let left = target - sum(shares);
  if (left === 0n) return shares;
  const order = rests.map((rest, index) => ({ index, rest }));
  order.sort((a, b) => b.rest - a.rest || a.index - b.index);
  const step = left < 0n ? -1n : 1n;
  const turn = left < 0n ? order.reverse() : order;
  while (left !== 0n && turn.length > 0) {
    for (const { index } of turn) {
      if (left === 0n) break;
      shares[index] = (shares[index] ?? 0n) + step;
      left -= step;
    }
  }
  return shares;
}

/** Splits an amount evenly over `count` parts that add up to it exactly; earlier parts get the odd micro-units. */
export function spread(amount: bigint, count: number): bigint[] {
  const base = floorDivide(amount, BigInt(count));
  const odd = Number(amount - base * BigInt(count));
  return Array.from({ length: count }, (_, index) => (index < odd ? base + 1n : base));
}

/** An amount in units of its currency, for statistics: a floating number, and no money any more. */
export function toUnits(amount: Micros): number {
  return Number(amount) / Number(microsPerUnit);
}

/** What statistics give in units of a currency, to the nearest micro-unit. */
export function fromUnits(units: number): Micros {
  return BigInt(Math.round(units * Number(microsPerUnit)));
}

/** Micro-units to cents, to the nearest. */
export function toCents(amount: Micros): bigint {
  return divideRounded(amount, microsPerCent);
}
