/** Turns the story into FOCUS rows. */
import { fees, lateDays } from "./events.ts";
import { billingPeriod, costOf, midnight, type Row } from "./focus-csv.ts";
import type { Fee, Line, MeterLine, Tags, TokenLine, TokenType } from "./model.ts";
import { prices, sellers } from "./prices.ts";
import { lines } from "./story.ts";
import { addDays, allDays, lengthOn, volumeOn } from "./traffic.ts";

const meters: Readonly<Record<TokenType, string>> = {
  input: "Input Tokens",
  "cached input": "Cache Read Tokens",
  "cache write": "Cache Write Tokens",
  output: "Output Tokens",
};

/** The columns that only depend on who sells what to whom, and when. */
function baseRow(of: Line | Fee, start: string, end: string): Row {
  const seller = sellers[of.seller];
  if (!seller) throw new Error(`no seller "${of.seller}"`);
  const period = billingPeriod(start);
  return {
    BillingCurrency: "USD",
    BillingPeriodStart: midnight(period.start),
    BillingPeriodEnd: midnight(period.end),
    ChargePeriodStart: midnight(start),
    ChargePeriodEnd: midnight(end),
    ServiceProviderName: seller.provider,
    InvoiceIssuerName: seller.issuer,
    ServiceCategory: of.category,
    ServiceName: of.service,
    SubAccountId: seller.subAccountId,
    SubAccountName: seller.subAccountName,
    ...tagged(of.tags),
  };
}

const tagged = (tags: Tags | null): Row => (tags ? { Tags: JSON.stringify(tags) } : {});

const cost = (amount: string): Row => ({ BilledCost: amount, EffectiveCost: amount });

function usageRow(line: Line, day: string): Row {
  return {
    ...baseRow(line, day, addDays(day, 1)),
    ChargeCategory: "Usage",
    ChargeFrequency: "Usage-Based",
    ...(line.apiKey ? { x_ApiKey: line.apiKey } : {}),
    ...(line.project ? { x_Project: line.project } : {}),
  };
}

function tokenRows(line: TokenLine, day: string, share: number): Row[] {
  if (line.from && day < line.from) return [];
  const requests = Math.round(line.requests * volumeOn(line, day) * share);
  const list = prices[line.priceOf ?? line.model] ?? {};
  const types = Object.keys(meters) as TokenType[];
  return types.flatMap((type) => {
    const perRequest = line.perRequest[type];
    const price = list[type];
    if (perRequest === undefined) return [];
    if (price === undefined) throw new Error(`${line.model} has no price for ${type}`);
    const tokens = String(Math.round(requests * perRequest * lengthOn(line, type, day)));
    const row: Row = {
      ...usageRow(line, day),
      ...cost(costOf(tokens, price, 1_000_000)),
      ChargeDescription: `${line.model} ${type} at $${price} per 1M`,
      ConsumedQuantity: tokens,
      ConsumedUnit: "Tokens",
      SkuMeter: meters[type],
      x_Model: line.model,
      x_TokenType: type,
      ...(type === "input" ? { x_RequestCount: String(requests) } : {}),
      ...(line.priceOf ? { SkuPriceDetails: JSON.stringify({ ModelId: line.model }) } : {}),
    };
    return [row];
  });
}

function meterRow(line: MeterLine, day: string, share: number): Row {
  const quantity = line.quantity * volumeOn(line, day) * share;
  // Units that are counted come whole, units that are measured with three decimals.
  const text = line.counted ? String(Math.round(quantity)) : quantity.toFixed(3);
  return {
    ...usageRow(line, day),
    ...cost(costOf(text, line.price, line.per ?? 1)),
    ChargeDescription: `${line.meter} at $${line.price}${line.per ? " per 1M" : ""}`,
    ConsumedQuantity: text,
    ConsumedUnit: line.unit,
    SkuMeter: line.meter,
  };
}

function feeRows(day: string): Row[] {
  return fees.flatMap((fee) =>
    fee.amounts
      .filter(({ start }) => start === day)
      .map(({ start, end, amount }) => ({
        ...baseRow(fee, start, end),
        ...cost(amount),
        ChargeCategory: fee.charge,
        ChargeFrequency: fee.frequency,
        ChargeDescription: fee.about,
      })),
  );
}

/** The part of a seller's day that an export made on the day `seen` holds. */
function shareSeen(seller: string, day: string, seen: string | undefined): number {
  const late = lateDays.find((each) => each.seller === seller && each.day === day);
  return late && seen && seen < late.completeOn ? late.share : 1;
}

/** All rows by day; with `seen`, as an export on that day shows them. */
export function charges(seen?: string): Row[] {
  const days = allDays.filter((day) => !seen || day < seen);
  return days.flatMap((day) => [
    ...feeRows(day),
    ...lines.flatMap((line) => {
      const share = shareSeen(line.seller, day, seen);
      return line.kind === "tokens" ? tokenRows(line, day, share) : [meterRow(line, day, share)];
    }),
  ]);
}
