import { absolute, apportion, type Decimal, decimalToMicros, microsPerCent, sum, unitsAt } from "../../core/money.ts";
import type { Credit, Line } from "./bill.ts";

/** A line of the bill, or the share of a model in it. */
export interface Share {
  readonly line: Line;
  readonly model: string;
  readonly net: Decimal;
}

/** True for a line of Copilot's credits or premium requests; names differ from report to report, in spelling too. */
export function isCopilotUse({ product, sku, unitType }: Pick<Line, "product" | "sku" | "unitType">): boolean {
  return /credit|premium/i.test(`${sku} ${unitType}`) && /copilot|spark|models/i.test(`${product} ${sku}`);
}

const micros = (amounts: readonly Decimal[]) => sum(amounts.map(decimalToMicros));
/** Fine enough that no share of an amount is lost. */
const scale = 12;
const unitsOf = (amount: Decimal) => (amount.scale <= scale ? unitsAt(amount, scale) : amount.units / 10n ** BigInt(amount.scale - scale));

/**
 * The lines of Copilot's use on a day by model, each line in the proportions of the report by model, so that lines keep their sums and no money
 * is added. Null when the two reports do not agree to the cent, or there is nothing to divide: then the lines stay whole.
 */
export function splitByModel(lines: readonly Line[], credits: readonly Credit[]): Share[] | null {
  const models = Map.groupBy(credits, ({ model }) => model);
  const whole = micros(credits.map(({ netAmount }) => netAmount));
  if (whole <= 0n || absolute(whole - micros(lines.map(({ netAmount }) => netAmount))) > microsPerCent) return null;
  const weights = [...models].map(([model, items]) => ({ model, weight: micros(items.map(({ netAmount }) => netAmount)) }));
  return lines.flatMap((line) => {
    const units = unitsOf(line.netAmount);
    const shares = apportion(
      weights.map(({ weight }) => weight * units),
      whole,
      units,
    );
    return weights.map(({ model }, index) => ({ line, model, net: { units: shares[index] ?? 0n, scale } }));
  });
}
