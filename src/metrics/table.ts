import Papa from "papaparse";
import type { MetricRow } from "../core/metrics/metric.ts";
import { Problem } from "../core/problem.ts";
import type { MetricConfig } from "../core/settings/metrics.ts";
import { metricRow } from "./row.ts";

const lineBreak = /\r\n|\r|\n/g;

/** Which columns a metric reads. */
function columnsOf({ date, value, customer }: MetricConfig): string[] {
  return [date, value, ...(customer === undefined ? [] : [customer])];
}

function checkHeader(config: MetricConfig, header: readonly string[], file: string): void {
  const missing = columnsOf(config).filter((name) => !header.includes(name));
  if (missing.length > 0)
    throw new Problem(`has no column ${missing.join(", ")}; its columns are ${header.join(", ").slice(0, 200) || "none"}`, {
      remedy: "Name the columns under date, value and customer of this metric in config/overpace.yaml.",
      place: { file, line: 1 },
    });
  const twice = columnsOf(config).find((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (twice !== undefined)
    throw new Problem(`has the column ${twice} more than once`, {
      remedy: "Give each column a name of its own.",
      place: { file, line: 1 },
    });
}

/** The rows of a CSV text with a header line. @throws Problem with file and line for the first row that cannot be read. */
export function rowsOfCsv(config: MetricConfig, text: string, file: string): MetricRow[] {
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), { delimiter: "," });
  const [header = [], ...rows] = data;
  checkHeader(
    config,
    header.map((name) => name.trim()),
    file,
  );
  const broken = errors.find(({ type }) => type === "Quotes");
  let line = 1 + breaksIn(header);
  const names = new Map(header.map((name, index) => [name.trim(), index]));
  return rows.flatMap((row, index) => {
    const place = { file, line: line + 1 };
    line += 1 + breaksIn(row);
    if (broken?.row === index + 1)
      throw new Problem("has a quote that is misplaced or never closed", { remedy: "Export it again.", place });
    if (row.length === 1 && row[0] === "") return [];
    if (row.length !== header.length)
      throw new Problem(`has ${row.length} cells, expected ${header.length} as in the first line`, { remedy: "Export it again.", place });
    return metricRow(config, (name) => row[names.get(name) ?? -1], place) ?? [];
  });
}

function breaksIn(row: readonly string[]): number {
  return row.reduce((count, cell) => count + (cell.match(lineBreak)?.length ?? 0), 0);
}
