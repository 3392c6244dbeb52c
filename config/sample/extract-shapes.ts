/**
 * Reads the public traces and writes shapes.json: daily figures relative to their own mean.
 *   node config/sample/extract-shapes.ts <folder of the public FOCUS files>
 * Only whole weeks from Monday to Sunday are kept, so a shape can be laid over any calendar by weekday.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";

type Line = Readonly<Record<string, string>>;
type Shape = { source: string; what: string; firstDay: string; values: number[] };
type Totals = { requests: number; input: number; output: number };

const sources = {
  burstgpt: {
    file: "burstgpt-ai-2023-11-08_2023-12-12.focus.csv",
    licence: "CC-BY-4.0",
    credit: "BurstGPT trace (HPMLL/BurstGPT), Wang et al., KDD 2025. Changed: summed per day, divided by the mean.",
  },
  servegen: {
    file: "servegen-14d-12clients.focus.csv",
    licence: "Apache-2.0",
    credit: "ServeGen (alibaba/ServeGen), Alibaba. Changed: summed per client and day, divided by the mean.",
  },
  mybinder: {
    file: "mybinder-gcp-2017-12_2018-08.focus.csv",
    licence: "MIT",
    credit: "binder-billing (jupyterhub/binder-billing), Project Jupyter. Changed: 14 weeks of daily cost, divided by the mean.",
  },
} as const;

const dayMs = 86_400_000;
const addDays = (day: string, n: number): string => new Date(Date.parse(day) + n * dayMs).toISOString().slice(0, 10);
const isMonday = (day: string): boolean => new Date(day).getUTCDay() === 1;

function readRows(folder: string, file: string): Line[] {
  const text = readFileSync(join(folder, file), "utf8");
  const { data, errors } = Papa.parse<Line>(text, { header: true, skipEmptyLines: true });
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`);
  return data;
}

const dayOf = (row: Line): string => (row["ChargePeriodStart"] ?? "").slice(0, 10);

/** Requests and tokens per day of the rows of one kind. */
function tokenTotals(rows: readonly Line[], wanted: (row: Line) => boolean): Map<string, Totals> {
  const days = new Map<string, Totals>();
  for (const row of rows.filter(wanted)) {
    const totals = days.get(dayOf(row)) ?? { requests: 0, input: 0, output: 0 };
    totals.requests += Number(row["x_RequestCount"]);
    totals[row["x_TokenType"] === "output" ? "output" : "input"] += Number(row["ConsumedQuantity"]);
    days.set(dayOf(row), totals);
  }
  return days;
}

function costTotals(rows: readonly Line[], service: string): Map<string, number> {
  const days = new Map<string, number>();
  for (const row of rows.filter((each) => each["ServiceName"] === service)) {
    days.set(dayOf(row), (days.get(dayOf(row)) ?? 0) + Number(row["BilledCost"]));
  }
  return days;
}

/** Whole weeks of a series, starting on a Monday, each value divided by the mean. */
function relative(days: ReadonlyMap<string, number>, from?: string, weeks?: number): { firstDay: string; values: number[] } {
  const sorted = [...days.keys()].sort();
  const firstDay = from ?? sorted.find(isMonday);
  if (!firstDay || !isMonday(firstDay)) throw new Error("a shape must start on a Monday");
  const length = 7 * (weeks ?? Math.floor(sorted.filter((day) => day >= firstDay).length / 7));
  const raw = Array.from({ length }, (_, i) => {
    const value = days.get(addDays(firstDay, i));
    if (value === undefined) throw new Error(`no value for ${addDays(firstDay, i)}`);
    return value;
  });
  const mean = raw.reduce((sum, value) => sum + value, 0) / length;
  return { firstDay, values: raw.map((value) => Number((value / mean).toFixed(4))) };
}

const pick = <T>(days: ReadonlyMap<string, T>, value: (of: T) => number): Map<string, number> =>
  new Map([...days].map(([day, totals]) => [day, value(totals)]));

function burstgptShapes(rows: readonly Line[]): Record<string, Shape> {
  const kind = (id: string) =>
    pick(
      tokenTotals(rows, (row) => row["SubAccountId"] === id),
      (each) => each.requests,
    );
  return {
    "chat requests": { source: "burstgpt", what: "requests per day, conversations", ...relative(kind("conversation")) },
    // The API log only gets going on 17 November; its three whole weeks after that are used.
    "api requests": { source: "burstgpt", what: "requests per day, API", ...relative(kind("api"), "2023-11-20", 3) },
  };
}

/** Clients that sent requests on all 14 days, never more than double their mean. */
function servegenShapes(rows: readonly Line[]): Record<string, Shape> {
  const shapes: Record<string, Shape> = {};
  for (const client of [...new Set(rows.map((row) => row["SubAccountId"] ?? ""))].sort()) {
    const days = tokenTotals(rows, (row) => row["SubAccountId"] === client);
    if (days.size < 14) continue;
    const requests = relative(pick(days, (each) => each.requests));
    if (Math.max(...requests.values) > 2) continue;
    const name = client.replace(/^.*client-/, "client ");
    const source = "servegen";
    shapes[`${name} requests`] = { source, what: `requests per day, ${client}`, ...requests };
    for (const side of ["input", "output"] as const) {
      const length = relative(pick(days, (each) => each[side] / each.requests));
      shapes[`${name} ${side} length`] = { source, what: `${side} tokens per request, ${client}`, ...length };
    }
  }
  return shapes;
}

function mybinderShapes(rows: readonly Line[]): Record<string, Shape> {
  const cost = (service: string) => relative(costTotals(rows, service), "2018-05-21", 14);
  return {
    "compute cost": { source: "mybinder", what: "cost per day, Compute Engine", ...cost("Compute Engine") },
    "storage cost": { source: "mybinder", what: "cost per day, Cloud Storage", ...cost("Cloud Storage") },
  };
}

const folder = process.argv[2];
if (!folder) {
  console.error("usage: node extract-shapes.ts <folder of the public files>");
  process.exit(2);
}
const shapes = {
  ...burstgptShapes(readRows(folder, sources.burstgpt.file)),
  ...servegenShapes(readRows(folder, sources.servegen.file)),
  ...mybinderShapes(readRows(folder, sources.mybinder.file)),
};
const about = "Daily shapes of real traffic and cost, mean 1, whole weeks from Monday. Written by extract-shapes.ts.";
const text = JSON.stringify({ about, sources, shapes }, null, 2);
// One line per list of numbers keeps the file readable.
const compact = text.replace(/\[[^\]]*\]/g, (list) => list.replace(/\s+/g, " "));
writeFileSync(join(import.meta.dirname, "shapes.json"), `${compact}\n`);
