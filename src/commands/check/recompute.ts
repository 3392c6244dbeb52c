import { type Day, addDays } from "../../core/day.ts";
import type { SourceState } from "../../core/ledger/charge.ts";
import { type LedgerFile, lastReviewIn, ledgerName, parseLedgerName, resolve, splitDayKey, usedFiles } from "../../core/ledger/ledger.ts";
import { type Metric, unknownMetric } from "../../core/metrics/metric.ts";
import { Problem, placeText } from "../../core/problem.ts";
import type { Review } from "../../core/review/review.ts";
import { shortList } from "../../core/short-list.ts";
import type { Inputs } from "../../document/front-matter/figures.ts";
import type { FrontMatter } from "../../document/front-matter/schema.ts";
import { type StatedInputs, statedInputs } from "../../document/front-matter/stated-inputs.ts";
import type { Recomputed } from "../../rules/engine/rule.ts";
import type { Settings } from "../../shell/config.ts";
import type { LedgerShelf } from "../../shell/ledger.ts";
import { settingsHashes } from "../figures/commit.ts";
import { composeReview, firstDayThatCounts } from "../figures/compose.ts";

/** What figures are computed again from: the settings, and the ledger of the same tree. */
export interface Workshop {
  readonly settings: Settings;
  /** The folder of the settings, as shown. */
  readonly config: string;
  readonly hashes: ReturnType<typeof settingsHashes>;
  readonly shelf: LedgerShelf;
}

/**
 * How a review is held to its inputs. `given`: the tree must hold exactly what the file names. `listed`: what came later is not looked
 * at, and where a named input is gone or changed nothing can be said.
 */
export type Mode = "given" | "listed";

/** What computing again gives, before it is known what else stands beside the file. */
export type Again =
  | { readonly state: "same-inputs"; readonly review: Review; readonly inputs: Inputs }
  | Omit<Extract<Recomputed, { readonly state: "other-inputs" }>, "onBranch">
  | Extract<Recomputed, { readonly state: "unknown" }>;

interface Job {
  readonly asOf: Day;
  readonly own: string;
  readonly stated: StatedInputs;
  readonly workshop: Workshop;
}

/** The states of the sources as the file says; one that it does not name is not settled. */
function statesOf({ stated, workshop }: Job): SourceState[] {
  return workshop.settings.config.sources.map(({ name }) => {
    const found = stated.sources.find((source) => source.name === name);
    return found ?? { name, settledThrough: null, problem: null, notes: [] };
  });
}

/** The metrics as the file says; one that it does not name is not known. */
function metricsOf({ stated, workshop }: Job): Metric[] {
  return workshop.settings.config.metrics.map(
    ({ name, kind, currency }) =>
      stated.metrics.find((metric) => metric.name === name) ?? unknownMetric({ name, kind, currency: currency ?? null }, null),
  );
}

function reviewFrom(job: Job, older: readonly LedgerFile[], own: LedgerFile | null): Review {
  const { asOf, workshop } = job;
  const base = { base: resolve(older), lastReview: lastReviewIn(older) };
  const parts = { asOf, ...base, own: own?.days ?? new Map(), sources: statesOf(job), metrics: metricsOf(job) };
  return { ...composeReview(parts, workshop.settings, workshop.config), causes: job.stated.causes };
}

/** No file holds days from its review date on, nor a billing period that begins more than a quarter after it. */
const longestAhead = 92;

/** Whether a ledger file holds nothing that counts from a day on; most are judged by their names. */
async function isTooOld(shelf: LedgerShelf, name: string, from: Day): Promise<boolean> {
  const asOf = parseLedgerName(name)?.asOf ?? from;
  return addDays(asOf, longestAhead) <= from || (await shelf.newest(name)) < from;
}

/** The files of the given tree before a review's own one that it may rest on: those at the beginning that are too old are left out. */
async function olderFiles({ asOf, own, workshop }: Job, ownFile: LedgerFile | null): Promise<LedgerFile[]> {
  const { shelf } = workshop;
  const names = (await shelf.names()).filter((name) => name < own);
  const from = firstDayThatCounts(asOf);
  let start = 0;
  // A file that restates old days rests on old files too.
  if (![...(ownFile?.days.keys() ?? [])].some((key) => splitDayKey(key).day < from)) {
    while (start < names.length && (await isTooOld(shelf, names[start] ?? "", from))) start++;
  }
  return Promise.all(names.slice(start).map(shelf.take));
}

/** Which settings differ from those that the file names, by the names of their files. */
function differingSettings({ asOf, stated, workshop }: Job): string[] {
  const files = { plan: "plan.yaml", allocation: "allocation.yaml", config: "overpace.yaml" } as const;
  const keys = ["plan", "allocation", "config"] as const;
  const hashes = workshop.hashes(asOf);
  return keys.filter((key) => stated.inputs[key] !== hashes[key]).map((key) => files[key]);
}

/** How a ledger file departs from its hash, in words; null when it does not. */
async function departure({ shelf }: Workshop, name: string, hash: string): Promise<string | null> {
  try {
    const found = await shelf.hash(name);
    if (found === hash) return null;
    return found === null ? `ledger ${name} (missing)` : `ledger ${name}`;
  } catch (error) {
    if (error instanceof Problem) return `ledger ${name} (${error.message})`;
    throw error;
  }
}

/** Which inputs that the file names are gone or changed, as words. */
async function departures(job: Job): Promise<string[]> {
  const { stated, workshop } = job;
  const entries = Object.entries(stated.inputs.ledger).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const ledger = await Promise.all(entries.map(([name, hash]) => departure(workshop, name, hash)));
  return [...differingSettings(job), ...ledger.filter((word) => word !== null)];
}

async function takeOwn({ own, workshop }: Job): Promise<LedgerFile | null> {
  return (await workshop.shelf.hash(own)) === null ? null : workshop.shelf.take(own);
}

/** Ledger files that the review would rest on now and does not name, or the other way round. */
function otherFiles({ stated }: Job, used: readonly string[], gone: readonly string[]): string[] {
  const named = Object.keys(stated.inputs.ledger);
  const known = (name: string) => gone.some((word) => word.startsWith(`ledger ${name}`));
  return [
    ...used.filter((name) => !named.includes(name)).map((name) => `ledger ${name} (not among the inputs of the file)`),
    ...named.filter((name) => !used.includes(name) && !known(name)).map((name) => `ledger ${name} (named, but not needed)`),
  ];
}

/** Why the figures may not be made from what they are made from, as words; looked for where a vendor's bill may come through another source too. */
async function miscountedIn({ asOf, workshop: { settings } }: Job, files: readonly LedgerFile[]): Promise<string[]> {
  if (settings.config.sources.length < 2) return [];
  const { miscountings } = await import("../figures/miscounting.ts");
  return miscountings(resolve(files), settings, asOf).map(({ message }) => message);
}

async function fromGivenTree(job: Job): Promise<Again> {
  const gone = await departures(job);
  try {
    const own = await takeOwn(job);
    const older = await olderFiles(job, own);
    const used = usedFiles(older, own, firstDayThatCounts(job.asOf)).map(({ name }) => name);
    const miscounted = await miscountedIn(job, own === null ? older : [...older, own]);
    const differing = [...gone, ...otherFiles(job, used, gone), ...miscounted];
    const review = reviewFrom(job, older, own);
    return differing.length > 0
      ? { state: "other-inputs", review, differing }
      : { state: "same-inputs", review, inputs: job.stated.inputs };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const found = error.place === undefined ? error.message : `${placeText(error.place)}: ${error.message}`;
    return { state: "other-inputs", review: null, differing: gone.length > 0 ? gone : [found] };
  }
}

async function fromListedFiles(job: Job): Promise<Again> {
  const { own, stated, workshop } = job;
  const differing = await departures(job);
  if (differing.length > 0) return { state: "unknown", why: `other inputs: ${shortList(differing)}` };
  try {
    const names = Object.keys(stated.inputs.ledger).toSorted();
    const older = await Promise.all(names.filter((name) => name < own).map(workshop.shelf.take));
    const ownFile = names.includes(own) ? await workshop.shelf.take(own) : null;
    return { state: "same-inputs", review: reviewFrom(job, older, ownFile), inputs: stated.inputs };
  } catch (error) {
    if (error instanceof Problem) return { state: "unknown", why: error.message };
    throw error;
  }
}

/** The figures of a review computed again from the committed ledger and the settings; nothing is fetched, nothing is thrown for its files. */
export async function recompute({ review: id, period, figures }: FrontMatter, mode: Mode, workshop: Workshop): Promise<Again> {
  const stated = statedInputs(figures);
  if (stated === null) return { state: "unknown", why: "its inputs cannot be read" };
  const job = { asOf: period.end, own: ledgerName(period.end, id), stated, workshop };
  return mode === "given" ? fromGivenTree(job) : fromListedFiles(job);
}
