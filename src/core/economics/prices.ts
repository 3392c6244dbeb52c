import type { Micros } from "../money.ts";

/** The token types that vendors price apart. */
export const tokenTypes = ["inputTokens", "cacheReadTokens", "cacheWriteTokens", "outputTokens"] as const;
export type TokenType = (typeof tokenTypes)[number];
/** What a token of each type costs, in micro-units; of types that are not used it has none. */
export type Prices = Readonly<Partial<Record<TokenType, number>>>;
export type Tokens = Readonly<Record<TokenType, number>>;

/** Tokens of a week and the price that is put on them, in millionths a token: by kind, or of all kinds together at the mean. */
export interface Priced {
  readonly type: TokenType | "all";
  readonly tokens: number;
  readonly price: number;
}

/** Sums over rows of usage from which prices are fitted: tokens × tokens, tokens × cost, cost × cost. */
export interface Moments {
  readonly tokens: readonly (readonly number[])[];
  readonly cost: readonly number[];
  readonly square: number;
}

/** The sums while rows are added. */
export interface GrowingMoments extends Moments {
  readonly tokens: number[][];
  readonly cost: number[];
  square: number;
}

/** The sums of no row. */
export function noMoments(): GrowingMoments {
  return { tokens: tokenTypes.map(() => tokenTypes.map(() => 0)), cost: tokenTypes.map(() => 0), square: 0 };
}

/** Adds a row to sums, in place: there are many rows. */
export function addRow(sums: GrowingMoments, tokens: Tokens, cost: Micros): void {
  const amount = Number(cost);
  sums.square += amount * amount;
  for (let index = 0; index < tokenTypes.length; index++) {
    const count = tokens[tokenTypes[index] ?? "inputTokens"];
    const row = sums.tokens[index];
    if (count === 0 || row === undefined) continue;
    sums.cost[index] = (sums.cost[index] ?? 0) + count * amount;
    for (let at = 0; at < tokenTypes.length; at++) row[at] = (row[at] ?? 0) + count * tokens[tokenTypes[at] ?? "inputTokens"];
  }
}

/** Adds the sums of other rows, in place. */
export function addMoments(sums: GrowingMoments, other: Moments): void {
  sums.square += other.square;
  for (const [index, row] of sums.tokens.entries()) {
    sums.cost[index] = (sums.cost[index] ?? 0) + (other.cost[index] ?? 0);
    for (const [at, value] of row.entries()) row[at] = value + (other.tokens[index]?.[at] ?? 0);
  }
}

/** Rows whose types always come in the same proportions cannot tell their prices apart: a pivot this small says so. */
const leastPivot = 1e-9;
/** The fit must leave no more of the squared cost than this: the bill is tokens × prices, to 1 %. */
const mostResidual = 1e-4;

/** Solves a small symmetric system by elimination; null where it does not tell all unknowns. */
function solved(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | null {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  for (let at = 0; at < rows.length; at++) {
    const best = rows
      .slice(at)
      .reduce((most, row, index) => (Math.abs(row[at] ?? 0) > Math.abs(rows[most]?.[at] ?? 0) ? at + index : most), at);
    const [pivot = [], swapped = []] = [rows[best], rows[at]];
    [rows[at], rows[best]] = [pivot, swapped];
    if (Math.abs(pivot[at] ?? 0) < leastPivot) return null;
    for (const [index, row] of rows.entries()) {
      const factor = index === at ? 0 : (row[at] ?? 0) / (pivot[at] ?? 1);
      if (factor !== 0) rows[index] = row.map((value, column) => value - factor * (pivot[column] ?? 0));
    }
  }
  return rows.map((row, index) => (row.at(-1) ?? 0) / (row[index] ?? 1));
}

/**
 * The price of a token of each type in micro-units, by least squares over rows that hold several types at once, as a day of the ledger
 * does. Null where the rows do not tell the types apart, where a price would not be above zero, or where prices do not explain the bill.
 */
export function pricesOf({ tokens, cost, square }: Moments): Prices | null {
  const used = tokenTypes.map((_, index) => index).filter((index) => (tokens[index]?.[index] ?? 0) > 0);
  if (used.length === 0 || square === 0) return null;
  const size = (index: number) => Math.sqrt(tokens[index]?.[index] ?? 1);
  const matrix = used.map((row) => used.map((column) => (tokens[row]?.[column] ?? 0) / size(row) / size(column)));
  const right = used.map((index) => (cost[index] ?? 0) / size(index) / Math.sqrt(square));
  const fitted = solved(matrix, right);
  if (fitted === null || fitted.some((value) => value <= leastPivot)) return null;
  const explained = fitted.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
  if (1 - explained > mostResidual) return null;
  return Object.fromEntries(
    used.map((index, at) => [tokenTypes[index] ?? "inputTokens", ((fitted[at] ?? 0) * Math.sqrt(square)) / size(index)]),
  );
}
