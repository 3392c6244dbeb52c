/** Rows with FOCUS 1.3 columns, as CSV text. */

export const columns = [
  "BilledCost",
  "EffectiveCost",
  "BillingCurrency",
  "BillingPeriodStart",
  "BillingPeriodEnd",
  "ChargePeriodStart",
  "ChargePeriodEnd",
  "ChargeCategory",
  "ChargeClass",
  "ChargeFrequency",
  "ChargeDescription",
  "ServiceProviderName",
  "InvoiceIssuerName",
  "ServiceCategory",
  "ServiceName",
  "SubAccountId",
  "SubAccountName",
  "ConsumedQuantity",
  "ConsumedUnit",
  "SkuMeter",
  "SkuPriceDetails",
  "Tags",
  "x_Model",
  "x_TokenType",
  "x_RequestCount",
  "x_ApiKey",
  "x_Project",
] as const;

/** A column that is left out is null: an empty field. */
export type Row = Readonly<Partial<Record<(typeof columns)[number], string>>>;

/** Ten decimals hold price × tokens exactly. */
const decimals = 10;

/** `price` dollars for `per` units; the quantity as decimal text with at most three decimals. Exact. */
export function costOf(quantity: string, price: number, per: number): string {
  const [whole = "0", part = ""] = quantity.split(".");
  const thousandths = BigInt(whole + part.padEnd(3, "0"));
  const tenThousandths = BigInt(Math.round(price * 10_000));
  const scaled = thousandths * tenThousandths * 10n ** BigInt(decimals - 7);
  if (scaled % BigInt(per) !== 0n) throw new Error(`${quantity} at ${price} for ${per} needs more than ${decimals} decimals`);
  return decimalText(scaled / BigInt(per));
}

function decimalText(scaled: bigint): string {
  const digits = scaled.toString().padStart(decimals + 1, "0");
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`.replace(/\.?0+$/, "");
}

export const midnight = (day: string): string => `${day}T00:00:00Z`;

/** The calendar month, first day and first day of the next, that holds a day. */
export function billingPeriod(day: string): { readonly start: string; readonly end: string } {
  const [year = 0, month = 0] = day.split("-").map(Number);
  return { start: `${day.slice(0, 7)}-01`, end: new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10) };
}

const field = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

export function csvOf(rows: readonly Row[]): string {
  const lines = rows.map((row) => columns.map((column) => field(row[column] ?? "")).join(","));
  return `${[columns.join(","), ...lines].join("\n")}\n`;
}
