import { existsSync, readFileSync } from "node:fs";
import Papa from "papaparse";
import * as z from "zod";
import { addDays, daysBetween } from "../../src/core/day.ts";
import type { MadeSeries } from "./made-series.ts";

interface Row {
  readonly ChargePeriodStart: string;
  readonly EffectiveCost: string;
  readonly [column: string]: string;
}

/** Daily cost by the values of a column, and their total; a day without a row cost nothing. */
function seriesBy(file: string, column: string, kept: (name: string) => boolean): MadeSeries[] {
  if (!existsSync(file)) return [];
  const { data } = Papa.parse<Row>(readFileSync(file, "utf8"), { header: true, skipEmptyLines: true });
  const start = data.reduce((first, row) => (row.ChargePeriodStart < first ? row.ChargePeriodStart : first), "9").slice(0, 10);
  const byName = new Map<string, number[]>();
  for (const row of data) {
    const day = daysBetween(start, row.ChargePeriodStart.slice(0, 10));
    for (const name of ["total", row[column] ?? ""]) {
      const values = byName.get(name) ?? [];
      while (values.length <= day) values.push(0);
      values[day] = (values[day] ?? 0) + Number(row.EffectiveCost);
      byName.set(name, values);
    }
  }
  return [...byName].filter(([name]) => kept(name)).map(([name, values]) => ({ name, start, values }));
}

/** Three series of one real cloud bill, those that cost anything all year. */
export function realBills(folder: string): MadeSeries[] {
  const named = ["total", "Compute Engine", "Cloud Storage"];
  return seriesBy(`${folder}/mybinder-gcp-2017-12_2018-08.focus.csv`, "ServiceName", (name) => named.includes(name));
}

/** Real requests of two AI clients, priced, 35 days. */
export function realAi(folder: string): MadeSeries[] {
  return seriesBy(`${folder}/burstgpt-ai-2023-11-08_2023-12-12.focus.csv`, "SubAccountName", () => true);
}

const kinds = ["volume", "cost"] as const;
/** What a public series was used for: settings were chosen on it, results on it were seen meanwhile, or it was never seen. */
const uses = ["tuned", "looked at", "new"] as const;

const publicShape = z.array(
  z.object({
    name: z.string(),
    kind: z.enum(kinds),
    set: z.enum(uses),
    start: z.iso.date(),
    values: z.array(z.number().check(z.nonnegative())),
  }),
);

/** The public daily series of `daily-series.json`, by what they count and what they were used for; empty sets are left out. */
export function publicSeries(folder: string): Record<string, MadeSeries[]> {
  const file = `${folder}/daily-series.json`;
  if (!existsSync(file)) return {};
  const all = publicShape.parse(JSON.parse(readFileSync(file, "utf8")));
  const sets = kinds.flatMap((kind) =>
    uses.map((use) => [`public ${kind}, ${use}`, all.filter((series) => series.kind === kind && series.set === use)] as const),
  );
  return Object.fromEntries(sets.filter(([, list]) => list.length > 0));
}

/** The last day of a series. */
export const lastDay = ({ start, values }: MadeSeries): string => addDays(start, values.length - 1);
