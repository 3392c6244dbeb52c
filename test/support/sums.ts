import Papa from "papaparse";

/** Sums of a FOCUS file by other means than the program's: text and BigInt alone, in units of 10^-12. */
const decimals = 12;
const unit = 10n ** BigInt(decimals);

function exact(text: string): bigint {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d*)\.?(\d*)$/.exec(text) ?? [];
  if (!/\d/.test(text) || /[^\d.-]/.test(text)) throw new Error(`not a plain decimal: ${text}`);
  return BigInt(`${sign}${whole || "0"}${fraction.slice(0, decimals).padEnd(decimals, "0")}`);
}

/** Cents as text, halves away from zero. */
export function cents(value: bigint): string {
  const size = value < 0n ? -value : value;
  const rounded = (size * 200n + unit) / (2n * unit);
  const digits = String(rounded).padStart(3, "0");
  return `${value < 0n && rounded > 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

type Row = Readonly<Record<string, string>>;

export interface Question {
  /** Days from (inclusive) and to (exclusive). */
  readonly start: string;
  readonly end: string;
  /** The column that counts for a row; EffectiveCost unless said otherwise. */
  readonly column?: (row: Row) => string;
  readonly where?: (row: Row) => boolean;
}

/** The exact sum of the rows whose charge begins in the range. @throws for a charge longer than a day, which would have to be spread. */
export function sumOf(csv: string, { start, end, column = () => "EffectiveCost", where = () => true }: Question): bigint {
  const { data } = Papa.parse<Row>(csv.trim(), { header: true });
  let total = 0n;
  for (const row of data) {
    const [from, to] = [row["ChargePeriodStart"] ?? "", row["ChargePeriodEnd"] ?? ""];
    const day = from.slice(0, 10);
    if (Date.parse(`${to.slice(0, 10)}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`) > 86_400_000)
      throw new Error(`longer than a day: ${from} to ${to}`);
    if (day >= start && day < end && where(row)) total += exact(row[column(row)] ?? "");
  }
  return total;
}
