import type { Delivery } from "../../../src/core/ledger/delivery.ts";
import { noPrices } from "../../../src/core/settings/prices.ts";
import { focus } from "../../../src/sources/focus/index.ts";
import { type Files, folderWith, refusalOf, worldOf } from "../support.ts";

export { folderWith, refusalOf };

export interface ReadOptions {
  readonly path?: string | string[];
  readonly asOf?: string;
  readonly tagKeys?: readonly string[];
  readonly settlingDays?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Reads a folder through the source, as a command does. */
export function readFolder(root: string, options: ReadOptions = {}): Promise<Delivery> {
  const { path = "**/*.csv", asOf = "2100-01-01", tagKeys = [], settlingDays = 0, env = {} } = options;
  return focus.read(
    { type: "focus", path, name: "costs", formerly: [], settlingDays },
    { world: worldOf(root, env), root, asOf, tagKeys, lastDay: null, prices: noPrices },
  );
}

/** Writes the files to a temporary folder and reads them. */
export function readFiles(files: Files, options: ReadOptions = {}): Promise<Delivery> {
  return readFolder(folderWith(files), options);
}

const standard = {
  BilledCost: "1",
  EffectiveCost: "1",
  BillingCurrency: "USD",
  BillingPeriodStart: "2026-10-01T00:00:00Z",
  ChargePeriodStart: "2026-10-05T00:00:00Z",
  ChargePeriodEnd: "2026-10-06T00:00:00Z",
  ChargeCategory: "Usage",
  ServiceName: "Inference",
  ServiceProviderName: "OpenAI",
};
export type Row = Readonly<Record<string, string>>;

const cell = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** CSV text of rows that state only what differs from a plain daily usage row of 1 USD; `without` leaves columns out. */
export function focusCsv(
  rows: readonly Row[],
  { without = [], lineBreak = "\n" }: { without?: readonly string[]; lineBreak?: string } = {},
): string {
  const columns = [...new Set([...Object.keys(standard), ...rows.flatMap((row) => Object.keys(row))])].filter(
    (name) => !without.includes(name),
  );
  const lines = rows.map((row) => ({ ...standard, ...row })).map((row: Row) => columns.map((name) => cell(row[name] ?? "")).join(","));
  return [columns.join(","), ...lines, ""].join(lineBreak);
}
