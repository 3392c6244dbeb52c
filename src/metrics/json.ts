import type { MetricRow } from "../core/metrics/metric.ts";
import { Problem } from "../core/problem.ts";
import type { MetricConfig } from "../core/settings/metrics.ts";
import { metricRow } from "./row.ts";

/** What JSON.parse tells a reviver about a value besides itself. */
type Reviver = (this: unknown, key: string, value: unknown, context?: { readonly source?: string }) => unknown;
/** Numbers keep the digits in which they are written. */
const exactNumbers: Reviver = (_key, value, context) => (typeof value === "number" ? (context?.source ?? String(value)) : value);

/** JSON with its numbers as text. @throws SyntaxError */
export function parseExact(text: string): unknown {
  return JSON.parse(text, exactNumbers) as unknown;
}

/** What stands at a dotted path, such as `data.items`; the value itself for an empty one. */
export function valueAt(value: unknown, path: string): unknown {
  const steps = path === "" ? [] : path.split(".");
  return steps.reduce<unknown>(
    (at, step) => (typeof at === "object" && at !== null && Object.hasOwn(at, step) ? (at as Record<string, unknown>)[step] : undefined),
    value,
  );
}

/** A row that is a JSON object; date, value and customer are dotted paths into it. @throws Problem at `place`. */
export function rowOfJson(config: MetricConfig, row: unknown, place: { readonly file: string; readonly line?: number }): MetricRow[] {
  if (typeof row !== "object" || row === null || Array.isArray(row))
    throw new Problem(`a row is ${JSON.stringify(row)?.slice(0, 60) ?? "nothing"}, expected an object`, {
      remedy: "Make every row an object with the fields of date and value of this metric.",
      place,
    });
  const cells = (name: string) => {
    const value = valueAt(row, name);
    return value === null ? "" : typeof value === "string" ? value : value === undefined ? undefined : JSON.stringify(value);
  };
  const read = metricRow(config, cells, place);
  return read === null ? [] : [read];
}
