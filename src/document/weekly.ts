import { moneyText } from "../core/format.ts";
import { Problem } from "../core/problem.ts";
import type { PastAction } from "../core/review/effects/past-actions.ts";
import type { TrackRecord } from "../core/review/month/track-record.ts";
import type { Review } from "../core/review/review.ts";
import type { Config } from "../core/settings/config.ts";
import { assembleBody } from "./body/assemble.ts";
import type { Section } from "./body/model.ts";
import { refreshBody } from "./body/refresh.ts";
import { hashesOf, scanZones } from "./body/zone.ts";
import { refuseConflict } from "./conflict.ts";
import { spliceKey } from "./front-matter/edit.ts";
import { type HeadlineFigures, type Inputs, figuresYaml, headlineFigures, movedFigures } from "./front-matter/figures.ts";
import { movedMetrics } from "./front-matter/metrics.ts";
import { hashesOfPrevious, refreshPrevious } from "./front-matter/previous-entries.ts";
import { type SplitDocument, splitDocument } from "./front-matter/split.ts";
import { newFrontMatter } from "./front-matter/text.ts";
import type { Previous } from "./issue/by-action.ts";
import { anomalyPrompts } from "./sections/anomalies/anomalies.ts";
import { type EarlierAnswer, type SectionContext, contextOf } from "./sections/context.ts";
import { deltaPrompts } from "./sections/deltas/deltas.ts";
import { weeklySections } from "./sections/index.ts";

/** What a weekly review is written from. */
export interface Material {
  readonly review: Review;
  readonly inputs: Inputs;
  readonly generator: string;
  readonly config: Config;
  readonly previous: Previous;
  readonly past: readonly PastAction[];
  readonly answered: readonly EarlierAnswer[];
  readonly record: TrackRecord | null;
  readonly said: bigint | null;
}

function contextIn({ review, previous, past, answered, record, said }: Material): SectionContext {
  return contextOf(review, { previous: previous.shown, past, answered, record, said });
}

/** The parts of a review, in their order. */
export function sectionsOf(material: Material, moved: readonly string[]): Section[] {
  const context = { ...contextIn(material), moved };
  return weeklySections.map((section) => section(context));
}

/** The whole text of a new review: prefilled front matter, machine-owned zones, prompts for people. */
export function newDocument(material: Material): string {
  const { review, inputs, generator, config, previous } = material;
  const body = assembleBody(sectionsOf(material, []));
  const figures = figuresYaml(headlineFigures(review, inputs, generator), hashesOf(body, review.id, 1), hashesOfPrevious(previous.carried));
  return `---\n${newFrontMatter(config, previous.carried, contextIn(material))}\n${figures}\n---\n${body}`;
}

function figuresIn(split: SplitDocument, file: string): Record<string, unknown> & { zones: Record<string, string> } {
  const data: Record<string, unknown> = typeof split.data === "object" && split.data !== null ? { ...split.data } : {};
  const figures: Record<string, unknown> = typeof data["figures"] === "object" && data["figures"] !== null ? { ...data["figures"] } : {};
  const zones = figures["zones"];
  if (typeof zones === "object" && zones !== null && Object.values(zones).every((hash) => typeof hash === "string"))
    return { ...figures, zones: { ...zones } as Record<string, string> };
  throw new Problem("`figures` is damaged: overpace cannot tell its own text from yours", {
    remedy: "restore `figures` from git: it is written by overpace",
    place: { file, ...split.yaml.placeOf(["figures", "zones"]) },
  });
}

/** The note that stands in the file already: it stays until figures move again. */
export function standingNote(body: string, file: string, firstLine: number): string {
  return scanZones(body, file, firstLine).find(({ name }) => name === "changes")?.text ?? "";
}

function promptsOf(name: string): readonly string[] {
  return name === "anomaly" ? Object.values(anomalyPrompts) : [name === "delta" ? deltaPrompts : ""];
}

/** The fingerprints of entries of `previous`; none in a file of an older version. */
function previousIn({ previous }: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = typeof previous === "object" && previous !== null ? Object.entries(previous) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

/**
 * A review brought up to date: zones spliced, `figures` set, `previous` brought up to date where it is overpace's, every other byte as
 * people left it. Without new data it is the same text. @throws Problem, with line and remedy, when a zone cannot be replaced safely.
 */
export function refreshDocument(text: string, file: string, material: Material): string {
  const { review, inputs, generator, previous } = material;
  const split = splitDocument(text, file);
  const { zones: written, ...before } = figuresIn(split, file);
  const after: HeadlineFigures = headlineFigures(review, inputs, generator);
  const moved = [...movedFigures(before, after, (cents) => moneyText(cents, review.currency)), ...movedMetrics(before, review)];
  const body = text.slice(split.bodyStart);
  refuseConflict(body, file, split.bodyLine);
  const note = standingNote(body, file, split.bodyLine);
  const sections = sectionsOf(material, moved).map((section) =>
    section.name === "changes" && moved.length === 0 ? { ...section, head: { name: "changes", text: note } } : section,
  );
  const refreshed = refreshBody({ body, file, firstLine: split.bodyLine, sections, written, promptsOf });
  const whole = text.slice(0, split.bodyStart) + refreshed;
  const zones = hashesOf(refreshed, file, split.bodyLine);
  const { text: carried, hashes } = refreshPrevious(whole, file, previous, previousIn(before));
  return spliceKey(carried, splitDocument(carried, file), "figures", figuresYaml(after, zones, hashes));
}
