import { frequencyOf } from "../../core/ledger/charge.ts";
import type { ExactRow } from "../../core/ledger/delivery.ts";
import { shortList } from "../../core/short-list.ts";
import type { EngineLine } from "./aggregate.ts";
import type { FocusColumn, HeaderGroup } from "./files/header.ts";
import { at, type ResultColumn } from "./query/sql.ts";
import { wideLimits } from "./query/values.ts";

/** What follows from columns that are missing, one sentence for each column. */
export function columnWarnings(groups: readonly HeaderGroup[]): string[] {
  const consequences: readonly (readonly [readonly FocusColumn[], string])[] = [
    [["ServiceName"], "charges have no service (mandatory in FOCUS)"],
    [["ServiceProviderName", "ProviderName"], "charges have no provider (mandatory in FOCUS)"],
    [["ChargePeriodEnd"], "each row is taken as a charge of one day"],
    [["BillingPeriodStart"], "the month of the charge's day is taken as its billing period"],
    [["EffectiveCost"], "BilledCost is used in its place"],
    [["BilledCost"], "EffectiveCost is used in its place"],
  ];
  return consequences.flatMap(([columns, consequence]) => {
    const lacking = groups.filter(({ header }) => !columns.some((column) => header.positions.has(column)));
    const files = lacking.flatMap((group) => group.files.map((file) => file.name));
    return files.length === 0 ? [] : [`No column ${columns.join(" or ")} in ${shortList(files.toSorted(), 3, "files")}: ${consequence}.`];
  });
}

/** What was tolerated in rows, one sentence for each kind. `groups` tells which files have the column at all. */
export function rowWarnings(lines: readonly EngineLine[], groups: readonly HeaderGroup[]): string[] {
  const total = (column: ResultColumn) => lines.reduce((sum, line) => sum + Number(line[at[column]] ?? 0), 0);
  const warnings: string[] = [];
  const noBillingPeriod = total("noBillingPeriod");
  if (noBillingPeriod > 0 && groups.every(({ header }) => header.positions.has("BillingPeriodStart"))) {
    warnings.push(
      `BillingPeriodStart is empty in ${noBillingPeriod} rows: the month of the charge's day is taken as their billing period.`,
    );
  }
  const badTags = total("badTags");
  if (badTags > 0) warnings.push(`Tags are no JSON object in ${badTags} rows: these rows are counted without tags.`);
  const rounded = total("roundedAmounts");
  if (rounded > 0)
    warnings.push(
      `Amounts in ${rounded} rows have more than ${wideLimits.decimals} decimals: they were rounded at the ${wideLimits.decimals}th.`,
    );
  const unknown = new Set(lines.map((line) => line[at.frequency] ?? null).filter((text) => text !== null && frequencyOf(text) === null));
  if (unknown.size > 0)
    warnings.push(
      `ChargeFrequency ${[...unknown]
        .toSorted()
        .map((text) => JSON.stringify(text))
        .join(", ")} is none of FOCUS: taken as not stated.`,
    );
  return warnings;
}

/** Numbers of tokens and requests that are none; `first` names one of them and its place. */
export function numberWarning(lines: readonly EngineLine[], first: string | null): string {
  const count = unreadNumbers(lines);
  return `${first ?? "A number of tokens or requests is none"}, expected a number of at most 12 digits before the point, such as 1234: in ${count} ${count === 1 ? "row" : "rows"} tokens or requests could not be read and are left out, their costs count.`;
}

/** How many rows state a number of tokens or requests that is none. */
export function unreadNumbers(lines: readonly EngineLine[]): number {
  return lines.reduce((sum, line) => sum + Number(line[at.badNumbers] ?? 0), 0);
}

/**
 * Tokens that cost nothing at all: most likely no price was known, as gateways write 0 for a model that their price list lacks. Free is said by
 * nobody, so it is only a question.
 */
export function unpricedWarnings(rows: readonly ExactRow[]): string[] {
  const tokens = (row: ExactRow) =>
    (row.inputTokens ?? 0) + (row.cacheReadTokens ?? 0) + (row.cacheWriteTokens ?? 0) + (row.outputTokens ?? 0);
  const isFree = (row: ExactRow) => row.billed.units === 0n && row.effective.units === 0n;
  const isTokens = (row: ExactRow) => row.category === "Usage" && tokens(row) > 0;
  const nameOf = (row: ExactRow) => row.model || row.service;
  const free = rows.filter((row) => isFree(row) && isTokens(row));
  if (free.length === 0) return [];
  const priced = new Set(rows.filter((row) => !isFree(row) && isTokens(row)).map(nameOf));
  const unpriced = [...Map.groupBy(free, nameOf)].filter(([name]) => !priced.has(name));
  if (unpriced.length === 0) return [];
  const count = unpriced.reduce((sum, [, own]) => sum + own.reduce((part, row) => part + tokens(row), 0), 0);
  const names = shortList(unpriced.map(([name]) => name || "a model without a name").toSorted(), 3, "models");
  return [`${count} tokens of ${names} cost 0 on every row: either they are free, or no price was known when the file was made.`];
}

/** Which providers count by BilledCost, and why. */
export function basisWarnings(zero: readonly string[], rounded: readonly string[]): string[] {
  const then = "BilledCost is used for this provider (purchases keep their EffectiveCost)";
  return [
    ...zero.map(
      (provider) => `EffectiveCost of ${provider || "rows without a provider"} is 0 on all usage while BilledCost is not: ${then}.`,
    ),
    ...rounded.map(
      (provider) => `EffectiveCost of ${provider || "rows without a provider"} is rounded to whole units while BilledCost is not: ${then}.`,
    ),
  ];
}
