import type { ExactRow } from "../../../core/ledger/delivery.ts";
import type { Decimal } from "../../../core/money.ts";
import type { HeaderGroup } from "../files/header.ts";
import { amountOf } from "../query/grouped.ts";
import { columnOf, tableSql } from "../query/table.ts";
import { keyColumns } from "../query/texts.ts";

/**
 * Providers whose EffectiveCost may be worth nothing. Source: the official FOCUS 1.0 sample, where Oracle's is 0 on every row and that of AWS
 * is rounded to whole dollars.
 */
export interface BasisSuspects {
  /** EffectiveCost is 0 on all usage while BilledCost is not. */
  readonly zero: readonly string[];
  /** Sums of EffectiveCost on usage are whole numbers while those of BilledCost are not; single rows must confirm it. */
  readonly whole: readonly string[];
}

const isWhole = ({ units, scale }: Decimal) => units % 10n ** BigInt(scale) === 0n;

/** Judges each provider on its Usage rows. */
export function basisSuspects(rows: readonly ExactRow[]): BasisSuspects {
  const byProvider = Map.groupBy(
    rows.filter((row) => row.category === "Usage"),
    (row) => row.provider,
  );
  const names = [...byProvider.keys()].toSorted();
  const every = (provider: string, test: (row: ExactRow) => boolean) => (byProvider.get(provider) ?? []).every(test);
  const zero = names.filter((name) => every(name, (row) => row.effective.units === 0n) && !every(name, (row) => row.billed.units === 0n));
  const whole = names.filter(
    (name) => !zero.includes(name) && every(name, (row) => isWhole(row.effective)) && !every(name, (row) => isWhole(row.billed)),
  );
  return { zero, whole };
}

/**
 * The rows with BilledCost in place of EffectiveCost for these providers, on every category but Purchase: the EffectiveCost of 0 on a commitment
 * that later rows use up is right, and its billed amount would count twice.
 */
export function withBilledBasis(rows: readonly ExactRow[], providers: ReadonlySet<string>): readonly ExactRow[] {
  if (providers.size === 0) return rows;
  return rows.map((row) => (providers.has(row.provider) && row.category !== "Purchase" ? { ...row, effective: row.billed } : row));
}

/**
 * Providers with a Usage row whose EffectiveCost cannot come from rounding: it has a fraction, or it stands where nothing was billed
 * (use covered by a commitment).
 */
export function credibleEffectiveQuery(group: HeaderGroup): string {
  const effective = amountOf(group, "EffectiveCost", "wide");
  return `SELECT DISTINCT ${columnOf(group, keyColumns.provider) ?? "NULL"} FROM ${tableSql(group, { parallel: false })}
    WHERE lower(${columnOf(group, keyColumns.category)}) = 'usage'
      AND (${effective} % 1 <> 0 OR (${effective} <> 0 AND ${amountOf(group, "BilledCost", "wide")} = 0))`;
}
