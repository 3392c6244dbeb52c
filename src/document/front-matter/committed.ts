import { addDays, isDay, monthOf } from "../../core/day.ts";
import { centsOf } from "../../core/format.ts";
import { type Commitment, daysLeft } from "../../core/review/month/track-record.ts";

/** What a commitment was made in: forecasts in another currency or on another basis of cost are about something else. */
export interface Basis {
  readonly currency: string;
  readonly costBasis: string;
}

/** The scalars of `figures`, by key, as overpace writes them: one line each. */
function figureLines(front: string): Map<string, string> {
  const start = front.indexOf("\nfigures:\n");
  const lines = start < 0 ? [] : front.slice(start + 10).split("\n");
  const own = lines.slice(0, lines.findIndex((line) => !line.startsWith("  ") && line.trim() !== "") >>> 0);
  return new Map(
    own.map((line) => [
      line.slice(2, line.indexOf(":")),
      line
        .slice(line.indexOf(":") + 1)
        .trim()
        .replaceAll(/^["']|["']$/g, ""),
    ]),
  );
}

/**
 * What a review file said of the end of its month; null where that cannot be read or is about another basis. Read line by line, for it is
 * asked of every earlier review.
 */
export function committedForecast(text: string, { currency, costBasis }: Basis): Commitment | null {
  const close = text.indexOf("\n---", 3);
  const front = close < 0 ? "" : `${text.slice(0, close).replaceAll("\r\n", "\n")}\n`;
  const end = /^period:[^\n]*\bend: *["']?(\d{4}-\d{2}-\d{2})/m.exec(front)?.[1] ?? "";
  const figures = figureLines(front);
  const pace = centsOf(figures.get("pace") ?? "");
  if (!isDay(end) || pace === null || figures.get("currency") !== currency || figures.get("costBasis") !== costBasis) return null;
  const [total, low80, high80] = ["forecast", "forecastLow80", "forecastHigh80"].map((key) => centsOf(figures.get(key) ?? "")) as [
    bigint | null,
    bigint | null,
    bigint | null,
  ];
  const month = monthOf(addDays(end, -1));
  const settled = figures.get("settledThrough") ?? "";
  return {
    asOf: end,
    month,
    daysToCome: daysLeft(month, isDay(settled) ? settled : null),
    pace,
    model: total === null || low80 === null || high80 === null ? null : { total, low80, high80 },
  };
}
