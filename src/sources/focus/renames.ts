import { addDays, type Day } from "../../core/day.ts";
import type { ExactRow } from "../../core/ledger/delivery.ts";

/** What a service costs, day by day. */
type Series = ReadonlyMap<Day, number>;

const window = 7;
const fewestDays = 3;
const tolerance = 0.25;

/**
 * Services of a provider of which one ends on the day before another begins, at about the same cost: most likely one service under two names
 * (OpenAI renamed "Instruct models" to "InstructGPT" on 2023-06-01). Floating point is good enough for such a guess; nothing is counted by it.
 */
export function renameWarnings(rows: readonly ExactRow[]): string[] {
  const usage = rows.filter((row) => row.category === "Usage" && !row.correction && row.lastDay === null);
  return [...Map.groupBy(usage, (row) => row.provider)].flatMap(([provider, own]) => {
    const services = [...Map.groupBy(own, (row) => row.service)].map(([service, list]) => ({ service, ...extent(list) }));
    return services.flatMap((old) =>
      services
        .filter((young) => young.first === addDays(old.last, 1) && isAlike(old, young))
        .map(
          (young) =>
            `${provider}: the service ${JSON.stringify(old.service)} ends on ${old.last} and ${JSON.stringify(young.service)} begins the day after at a like cost. If it was renamed, say so in this source: services: { ${JSON.stringify(old.service)}: ${JSON.stringify(young.service)} }.`,
        ),
    );
  });
}

function extent(rows: readonly ExactRow[]) {
  const series = new Map<Day, number>();
  for (const { day, effective } of rows) series.set(day, (series.get(day) ?? 0) + Number(effective.units) / 10 ** effective.scale);
  const days = [...series.keys()].toSorted();
  return { series, first: days[0] ?? "", last: days.at(-1) ?? "" };
}

function isAlike(old: { series: Series; last: Day }, young: { series: Series; first: Day }): boolean {
  const before = costs(old.series, addDays(old.last, 1 - window));
  const after = costs(young.series, young.first);
  if (before.length < fewestDays || after.length < fewestDays) return false;
  const [left, right] = [mean(before), mean(after)];
  return left > 0 && Math.abs(right - left) <= tolerance * left;
}

const costs = (series: Series, start: Day) =>
  Array.from({ length: window }, (_, index) => series.get(addDays(start, index))).filter((cost) => cost !== undefined);
const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
