import { type Edit, applyEdits, lineAt, trimBlank } from "../lines.ts";
import { endZoneName, itemBlock, zoneLines, zonesOf } from "./assemble.ts";
import type { Section } from "./model.ts";
import { checkOwnership } from "./ownership.ts";
import { type Zone, scanZones, zoneKey } from "./zone.ts";

/** What a refresh works on. */
export interface Refresh {
  readonly body: string;
  readonly file: string;
  /** The line of the file on which the body begins. */
  readonly firstLine: number;
  readonly sections: readonly Section[];
  /** The fingerprint of every zone as overpace last wrote it, from `hashesOf`. */
  readonly written: Readonly<Record<string, string>>;
  /** The prompts that an item may have been created with. */
  readonly promptsOf: (name: string, id: string | undefined) => readonly string[];
}

const retiredMark = " · no longer listed";
const retiredNote = "This item is kept because somebody wrote below it; the figures no longer list it.";

/** Whether a zone is of an item that is kept although the figures no longer list it. */
export function isRetired({ text }: { readonly text: string }): boolean {
  const [heading = "", ...rest] = text.split("\n");
  return /^#{1,6} /.test(heading) && heading.endsWith(retiredMark) && rest.join("\n") === `\n${retiredNote}`;
}

/**
 * Brings the zones of a body up to date and keeps every byte that people wrote.
 * @throws Problem, before anything is changed, for zones that are damaged, missing, copied or typed into.
 */
export function refreshBody(refresh: Refresh): string {
  const { body, file, firstLine, sections } = refresh;
  const zones = scanZones(body, file, firstLine);
  checkOwnership(zones, refresh);
  const known = new Map(zones.map((zone) => [zone.key, zone]));
  const wanted = wantedZones(sections);
  const edits = [...zoneEdits(refresh, wanted, zones), ...sections.flatMap((section) => newItems(section, known))];
  const result = applyEdits(body, edits);
  checkResult(result, file, firstLine, wanted);
  return result;
}

/** All zones that the sections ask for, by key. */
function wantedZones(sections: readonly Section[]): Map<string, string> {
  const zones = sections.flatMap(zonesOf);
  const wanted = new Map(zones.map((zone) => [zoneKey(zone.name, zone.id), zone.text]));
  if (wanted.size !== zones.length) throw new Error("two zones of the review have the same name and id");
  return wanted;
}

function zoneEdits(refresh: Refresh, wanted: ReadonlyMap<string, string>, zones: readonly Zone[]): Edit[] {
  const names = new Set(refresh.sections.map(({ name }) => name));
  const frames = new Set(zones.flatMap((zone) => (zone.name === endZoneName && !names.has(zone.id ?? "") ? [zone.key, zone.id] : [])));
  return zones.flatMap((zone, index) => {
    const text = wanted.get(zone.key);
    if (text !== undefined) return replaceText(zone, text);
    // Head and end of a section that the review no longer has stay as they are.
    if (frames.has(zone.key)) return [];
    return removal(refresh, zone, zones[index + 1]) ?? replaceText(zone, retiredText(zone));
  });
}

function replaceText(zone: Zone, text: string): Edit[] {
  if (zone.text === text) return [];
  return [{ start: zone.innerStart, end: zone.innerEnd, text: zoneLines(text).replaceAll("\n", zone.eol) }];
}

/** Takes out an item below which stands nothing but the prompts it was made with, and the blank line after them. */
function removal({ body, promptsOf }: Refresh, zone: Zone, next: Zone | undefined): Edit[] | undefined {
  const below = body.slice(zone.end, next?.start);
  if (!promptsOf(zone.name, zone.id).some((prompts) => withoutSpace(below) === withoutSpace(prompts))) return undefined;
  const last = lineAt(body, zone.end + below.trimEnd().length);
  const after = lineAt(body, last.next);
  const isBlank = after.start < (next?.start ?? body.length) && trimBlank(body.slice(after.start, after.end)) === "";
  return [{ start: zone.start, end: isBlank ? after.next : last.next, text: "" }];
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, "");
}

function retiredText(zone: Zone): string {
  const lines = zone.text.split("\n");
  const heading = lines.find((line) => /^#{1,6} /.test(line)) ?? `### ${zone.id ?? zone.name}`;
  return `${heading.endsWith(retiredMark) ? heading : `${trimBlank(heading)}${retiredMark}`}\n\n${retiredNote}`;
}

/** The items of a section that the file has not yet, directly before the section's end. */
function newItems(section: Section, known: ReadonlyMap<string, Zone>): Edit[] {
  const fresh = section.items.filter(({ zone }) => !known.has(zoneKey(zone.name, zone.id)));
  const end = known.get(zoneKey(endZoneName, section.name));
  if (fresh.length === 0 || !end) return [];
  const text = fresh.map((item) => `${itemBlock(item)}\n\n`).join("");
  return [{ start: end.start, end: end.start, text: text.replaceAll("\n", end.eol) }];
}

/** A text of the review that holds markers or an open code fence would damage the file: a fault of ours, not of the file. */
function checkResult(result: string, file: string, firstLine: number, wanted: ReadonlyMap<string, string>): void {
  const texts = new Map(readBack(result, file, firstLine).map((zone) => [zone.key, zone.text]));
  for (const [key, text] of wanted) {
    if (texts.get(key) !== text) throw new Error(`the zone \`${key}\` of ${file} cannot be read back after the refresh`);
  }
}

function readBack(result: string, file: string, firstLine: number): Zone[] {
  try {
    return scanZones(result, file, firstLine);
  } catch (cause) {
    throw new Error(`the zones of ${file} cannot be read back after the refresh`, { cause });
  }
}
