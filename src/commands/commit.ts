import { printLedger } from "../core/ledger/csv.ts";
import { type LedgerFile, neededFiles } from "../core/ledger/ledger.ts";
import { sha256Hex } from "../core/slug.ts";
import type { Inputs } from "../document/figures-block.ts";
import type { Settings } from "../shell/config.ts";
import type { Gathered } from "./gather.ts";

function hashOf(value: unknown): string {
  return sha256Hex(JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? String(part) : part))).slice(0, 16);
}

function inputsOf(files: readonly (LedgerFile & { readonly text: string })[], settings: Settings): Inputs {
  const { costBasis, thresholds, growth, sources } = settings.config;
  return {
    ledger: Object.fromEntries(files.map(({ name, text }) => [name, sha256Hex(text).slice(0, 16)])),
    plan: settings.plan && hashOf(settings.plan),
    allocation: settings.texts.allocation === null ? null : hashOf(settings.allocation),
    config: hashOf({
      costBasis,
      thresholds,
      growth,
      sources: sources.map(({ name, formerly, settlingDays }) => ({ name, formerly, settlingDays })),
    }),
  };
}

/** What a review brings with it: its own ledger file (null when it saw nothing new), and what it was computed from. */
export function commitOf({ ledger }: Gathered, settings: Settings): { ledger: { path: string; text: string | null }; inputs: Inputs } {
  const { path, name, own, older, from } = ledger;
  if (own.size === 0) return { ledger: { path, text: null }, inputs: inputsOf(neededFiles(older, from), settings) };
  const text = printLedger(own);
  return { ledger: { path, text }, inputs: inputsOf(neededFiles([...older, { name, days: own, text }], from), settings) };
}
