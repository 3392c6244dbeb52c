import { frequencyOf } from "./rows.ts";
import type { EngineRow } from "./aggregate.ts";
import type { FocusColumn, HeaderGroup } from "./header.ts";
import { at, type ResultColumn, wideLimits } from "./sql.ts";

const list = (names: readonly string[]) =>
  names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more files` : names.join(", ");

/** What follows from columns that are missing, one sentence for each column. */
export function columnWarnings(groups: readonly HeaderGroup[]): string[] {
  const consequences: readonly (readonly [FocusColumn, string])[] = [
    ["ChargePeriodEnd", "each row is taken as a charge of one day"],
    ["BillingPeriodStart", "the month of the charge's day is taken as its billing period"],
    ["EffectiveCost", "BilledCost is used in its place"],
    ["BilledCost", "EffectiveCost is used in its place"],
  ];
  return consequences.flatMap(([column, consequence]) => {
    const files = groups.filter(({ header }) => !header.positions.has(column)).flatMap((group) => group.files.map((file) => file.name));
    return files.length === 0 ? [] : [`No column ${column} in ${list(files.toSorted())}: ${consequence}.`];
  });
}

/** What was tolerated in rows, one sentence for each kind. `groups` tells which files have the column at all. */
export function rowWarnings(rows: readonly EngineRow[], groups: readonly HeaderGroup[]): string[] {
  const total = (column: ResultColumn) => rows.reduce((sum, row) => sum + Number(row[at[column]] ?? 0), 0);
  const warnings: string[] = [];
  const noBillingPeriod = total("noBillingPeriod");
  if (noBillingPeriod > 0 && groups.every(({ header }) => header.positions.has("BillingPeriodStart"))) {
    warnings.push(
      `BillingPeriodStart is empty in ${noBillingPeriod} rows: the month of the charge's day is taken as their billing period.`,
    );
  }
  const badTags = total("badTags");
  if (badTags > 0) warnings.push(`Tags are no JSON object in ${badTags} rows: these rows are counted without tags.`);
  const rounded = total("roundedCount");
  if (rounded > 0)
    warnings.push(
      `Amounts in ${rounded} rows have more than ${wideLimits.decimals} decimals: they were rounded at the ${wideLimits.decimals}th.`,
    );
  const unknown = new Set(rows.map((row) => row[at.frequency] ?? null).filter((text) => text !== null && frequencyOf(text) === null));
  if (unknown.size > 0)
    warnings.push(
      `ChargeFrequency ${[...unknown]
        .toSorted()
        .map((text) => JSON.stringify(text))
        .join(", ")} is none of FOCUS: taken as not stated.`,
    );
  return warnings;
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
