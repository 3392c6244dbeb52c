import type { Day } from "../../core/day.ts";
import { usedFiles } from "../../core/ledger/ledger.ts";
import { printLedger } from "../../core/ledger/print.ts";
import { sha256Hex } from "../../core/slug.ts";
import type { Inputs } from "../../document/front-matter/figures.ts";
import type { Settings } from "../../shell/config.ts";
import { ledgerHash } from "../../shell/ledger.ts";
import { exceptionsFor } from "./compose.ts";
import type { Gathered } from "./gather.ts";

function hashOf(value: unknown): string {
  return sha256Hex(JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? String(part) : part))).slice(0, 16);
}

/** The keys of `overpace.yaml` that the figures of a review depend on; lists without an entry that matters to it are left out. */
function configHash(settings: Settings, asOf: Day): string {
  const { costBasis, thresholds, growth, sources, metrics, candidates, aliases } = settings.config;
  const { events, ignore } = exceptionsFor(asOf, settings);
  return hashOf({
    costBasis,
    thresholds,
    growth,
    sources: sources.map(({ name, formerly, settlingDays, counts }) => ({ name, formerly, settlingDays, counts })),
    metrics: metrics.length === 0 ? undefined : metrics.map(({ name, kind, currency }) => ({ name, kind, currency })),
    candidates: Object.keys(candidates.cheaperThan).length === 0 && candidates.batch === undefined ? undefined : candidates,
    // Left out where there are none, so that reviews from before there were any keep their inputs.
    aliases: Object.keys(aliases).length === 0 ? undefined : aliases,
    ...(events.length === 0 ? {} : { events }),
    ...(ignore.length === 0 ? {} : { ignore }),
  });
}

/** One hash each for the settings that figures depend on, by review date. */
export function settingsHashes(settings: Settings): (asOf: Day) => Omit<Inputs, "ledger"> {
  const plan = settings.plan && hashOf(settings.plan);
  const allocation = settings.texts.allocation === null ? null : hashOf(settings.allocation);
  return (asOf) => ({ plan, allocation, config: configHash(settings, asOf) });
}

/** What a review brings with it: its own ledger file (null when it saw nothing new), and what it was computed from. */
export function commitOf(
  { ledger, review }: Gathered,
  settings: Settings,
): { ledger: { path: string; text: string | null }; inputs: Inputs } {
  const { path, name, own, older, from } = ledger;
  const text = own.size === 0 ? null : printLedger(own);
  const files = usedFiles(older, text === null ? null : { name, days: own, text }, from);
  const hashes = Object.fromEntries(files.map((file) => [file.name, ledgerHash(file.text)]));
  return { ledger: { path, text }, inputs: { ledger: hashes, ...settingsHashes(settings)(review.asOf) } };
}
