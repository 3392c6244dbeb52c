import type { Item, Section, ZoneText } from "./model.ts";
import { closingMarker, openingMarker } from "./zone.ts";

/** The name of the zone that ends every section. */
export const endZoneName = "end";

/** The zones that a section always has: the first one, and the one that ends it. */
export function frameOf({ name, head, end }: Section): { head: ZoneText[]; end: ZoneText[] } {
  return { head: head === null ? [] : [head], end: end === null ? [] : [{ name: endZoneName, id: name, text: end }] };
}

/** All zones of a section, in their order. */
export function zonesOf(section: Section): ZoneText[] {
  const { head, end } = frameOf(section);
  return [...head, ...section.items.map(({ zone }) => zone), ...end];
}

/** The lines between the markers of a zone; empty text has none. */
export function zoneLines(text: string): string {
  return text === "" ? "" : `${text}\n`;
}

function zoneBlock({ name, id, text }: ZoneText): string {
  return `${openingMarker(name, id)}\n${zoneLines(text)}${closingMarker(name)}`;
}

/** A thing people answer: its zone, and directly below it the lines they fill in. */
export function itemBlock({ zone, prompts }: Item): string {
  return prompts === "" ? zoneBlock(zone) : `${zoneBlock(zone)}\n${prompts}`;
}

/** The body of a new document: every section with its items, one blank line between blocks. */
export function assembleBody(sections: readonly Section[]): string {
  const blocks = sections.flatMap((section) => {
    const { head, end } = frameOf(section);
    return [...head.map(zoneBlock), ...section.items.map(itemBlock), ...end.map(zoneBlock)];
  });
  return blocks.length === 0 ? "" : `${blocks.join("\n\n")}\n`;
}
