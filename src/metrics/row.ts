import { dayOf, isDay } from "../core/day.ts";
import type { MetricRow } from "../core/metrics/metric.ts";
import { parseMicros } from "../core/money.ts";
import { type Place, Problem } from "../core/problem.ts";
import type { MetricConfig } from "../core/settings/metrics.ts";

/** The text of a named column or field; undefined where there is none, empty where it is empty. */
type Cells = (name: string) => string | undefined;

const time = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** The UTC day of a day or an ISO time; a time without a zone is UTC. */
function dayIn(text: string): string | null {
  if (isDay(text)) return text;
  if (!time.test(text) || !isDay(text.slice(0, 10))) return null;
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(11)) ? text : `${text}Z`;
  const found = new Date(zoned.replace(" ", "T").replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));
  return Number.isNaN(found.getTime()) ? null : dayOf(found);
}

const shown = (text: string | undefined) =>
  text === undefined ? "not there" : JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);

const remedy = "Correct it where the data are made; nothing of this metric was read.";

/** One row of a metric; null where its value is left empty, which says that it is not known. @throws Problem at `place`. */
export function metricRow({ date, value, customer, kind }: MetricConfig, cells: Cells, place: Place): MetricRow | null {
  const day = dayIn((cells(date) ?? "").trim());
  if (day === null)
    throw new Problem(`${date} is ${shown(cells(date))}, expected a UTC day such as 2026-11-16 or an ISO time`, { remedy, place });
  const text = cells(value)?.trim();
  if (text === "") return null;
  const amount = text === undefined ? null : parseMicros(text);
  if (amount === null)
    throw new Problem(`${value} is ${shown(text)}, expected a plain number such as 1234.5, without separators`, { remedy, place });
  if (amount < 0n && kind !== "revenue") throw new Problem(`${value} is ${shown(text)}, expected zero or more`, { remedy, place });
  return { day, value: amount, customer: customer === undefined ? "" : (cells(customer) ?? "").trim() };
}
