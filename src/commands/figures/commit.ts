import { printLedger } from "../../core/ledger/print.ts";
import { usedFiles } from "../../core/ledger/ledger.ts";
import { sha256Hex } from "../../core/slug.ts";
import type { Inputs } from "../../document/front-matter/figures.ts";
import type { Settings } from "../../shell/config.ts";
import { ledgerHash } from "../../shell/ledger.ts";
import type { Gathered } from "./gather.ts";

function hashOf(value: unknown): string {
  return sha256Hex(JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? String(part) : part))).slice(0, 16);
}

/** One hash each for the settings that figures depend on. */
export function settingsHashes(settings: Settings): Omit<Inputs, "ledger"> {
  const { costBasis, thresholds, growth, sources, aliases } = settings.config;
  return {
    plan: settings.plan && hashOf(settings.plan),
    allocation: settings.texts.allocation === null ? null : hashOf(settings.allocation),
    config: hashOf({
      costBasis,
      thresholds,
      growth,
      sources: sources.map(({ name, formerly, settlingDays }) => ({ name, formerly, settlingDays })),
      // Left out where there are none, so that reviews from before there were any keep their inputs.
      aliases: Object.keys(aliases).length === 0 ? undefined : aliases,
    }),
  };
}

/** What a review brings with it: its own ledger file (null when it saw nothing new), and what it was computed from. */
export function commitOf({ ledger }: Gathered, settings: Settings): { ledger: { path: string; text: string | null }; inputs: Inputs } {
  const { path, name, own, older, from } = ledger;
  const text = own.size === 0 ? null : printLedger(own);
  const files = usedFiles(older, text === null ? null : { name, days: own, text }, from);
  const hashes = Object.fromEntries(files.map((file) => [file.name, ledgerHash(file.text)]));
  return { ledger: { path, text }, inputs: { ledger: hashes, ...settingsHashes(settings) } };
}
