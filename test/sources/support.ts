import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type * as z from "zod/mini";
import type { Charge } from "../../src/core/ledger/charge.ts";
import type { Delivery } from "../../src/core/ledger/delivery.ts";
import { Problem } from "../../src/core/problem.ts";
import { pricesSchema } from "../../src/core/settings/prices-schema.ts";
import type { World } from "../../src/core/world.ts";
import { readSource, sourceSchema, sourceTypes } from "../../src/sources/index.ts";
import type { Reading } from "../../src/sources/source.ts";
import { afterFile } from "../support/afterwards.ts";

const folders: string[] = [];
afterFile(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A temporary folder with these files in it; removed after the tests of the file. */
export function folderWith(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), "overpace-test-"));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export interface Setting {
  readonly asOf?: string;
  readonly tagKeys?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly lastDay?: string | null;
  readonly prices?: z.input<typeof pricesSchema>;
  /** How many milliseconds a second of waiting takes. */
  readonly second?: number;
  /** A terminal, and what it is told. */
  readonly log?: (text: string) => void;
}

/** An entry of `sources` as it stands in the file. */
export type Entry = Readonly<Record<string, unknown>> & { readonly type: string };

/** A world whose waiting takes no time, and which is no terminal: nothing is said in it. */
export function worldOf(cwd: string, env: Readonly<Record<string, string>>): World {
  const nothing = () => {};
  const log = (text: string) => {
    throw new Error(`said where there is no terminal: ${text}`);
  };
  return { env, cwd, now: () => new Date(0), write: nothing, log, isTerminal: false, fetch: globalThis.fetch, second: 0 };
}

function given(
  root: string,
  entry: Entry,
  { asOf = "2100-01-01", tagKeys = [], env = {}, lastDay = null, prices = {}, second = 0, log }: Setting,
) {
  const config = sourceSchema().parse(entry);
  const { name = config.type, formerly = [], settlingDays = 0 } = config;
  const context = {
    world: { ...worldOf(root, env), second, ...(log && { isTerminal: true, log }) },
    root,
    asOf,
    tagKeys,
    lastDay,
    prices: pricesSchema.parse(prices),
  };
  return { config: { ...config, name, formerly, settlingDays }, context };
}

/** Reads one configured source in a folder, all its days at once: checked by the schema, defaults filled in. */
export function readEntry(root: string, entry: Entry, setting: Setting = {}): Promise<Delivery> {
  const { config, context } = given(root, entry, setting);
  return sourceTypes[config.type].read(config, context);
}

/** Reads it as a command does: a long range in pieces. */
export function readInRun(root: string, entry: Entry, setting: Setting = {}): Promise<Reading> {
  const { config, context } = given(root, entry, setting);
  return readSource(config, context);
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

/** Cost by day in micro-units. */
export function costByDay(charges: readonly Charge[]): Record<string, bigint> {
  const days: Record<string, bigint> = {};
  for (const { day, effective } of charges) days[day] = (days[day] ?? 0n) + effective;
  return days;
}

/** The sum of a number over charges. */
export function totalOf(charges: readonly Charge[], of: (charge: Charge) => number | null): number {
  return charges.reduce((sum, charge) => sum + (of(charge) ?? 0), 0);
}
