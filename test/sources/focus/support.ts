import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Delivery } from "../../../src/core/ledger/delivery.ts";
import { noPrices } from "../../../src/core/settings/prices.ts";
import { Problem } from "../../../src/core/problem.ts";
import { focus } from "../../../src/sources/focus/index.ts";
import { afterFile } from "../../support/afterwards.ts";

const folders: string[] = [];
afterFile(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A temporary folder with these files in it; removed after the tests of the file. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "overpace-test-"));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

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
  const world = {
    env,
    cwd: root,
    now: () => new Date(0),
    write: () => {},
    log: () => {},
    isTerminal: false,
    fetch: globalThis.fetch,
    second: 0,
  };
  return focus.read(
    { type: "focus", path, name: "costs", formerly: [], settlingDays },
    { world, root, asOf, tagKeys, lastDay: null, prices: noPrices },
  );
}

/** Writes the files to a temporary folder and reads them. */
export function readFiles(files: Readonly<Record<string, string | Uint8Array>>, options: ReadOptions = {}): Promise<Delivery> {
  return readFolder(folderWith(files), options);
}

/** The refusal of a reading. @throws when it is not refused on purpose. */
export async function refusalOf(reading: Promise<unknown>): Promise<Problem> {
  try {
    await reading;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("expected a refusal, but it was read");
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
