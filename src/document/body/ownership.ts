import { Problem, throwAll } from "../../core/problem.ts";
import { endZoneName, frameOf, zonesOf } from "./assemble.ts";
import type { Section } from "./model.ts";
import { type Zone, closingMarker, zoneHash, zoneKey } from "./zone.ts";

interface Claim {
  readonly file: string;
  readonly sections: readonly Section[];
  readonly written: Readonly<Record<string, string>>;
}

/** Refuses, all at once, what stands in the way of a refresh: zones typed into, zones of unknown origin, zones that are gone. */
export function checkOwnership(zones: readonly Zone[], claim: Claim): void {
  throwAll([...zones.flatMap((zone) => foreignText(zone, claim)), ...missingZones(zones, claim)]);
}

function foreignText(zone: Zone, { file, written }: Claim): Problem[] {
  const place = { file, line: zone.line };
  if (!Object.hasOwn(written, zone.key)) {
    return [
      new Problem(`overpace did not write the zone \`${zone.key}\`: its marker was copied or made up`, {
        remedy: "delete its two marker lines and keep the text between them as your own, or delete the copy",
        place,
      }),
    ];
  }
  if (written[zone.key] === zoneHash(zone.text)) return [];
  return [
    new Problem(`somebody typed inside the zone \`${zone.key}\` (lines ${zone.line} to ${zone.endLine}), which overpace rewrites`, {
      remedy: `move what was typed below the line \`${closingMarker(zone.name)}\`, then restore the zone from the file's git history or delete the added text`,
      place,
    }),
  ];
}

/** What overpace wrote and the file no longer has, and what every section must have. */
function missingZones(zones: readonly Zone[], { file, sections, written }: Claim): Problem[] {
  const known = new Map(zones.map((zone) => [zone.key, zone]));
  const frames = sections.flatMap((section) => Object.values(frameOf(section)).flat()).map(({ name, id }) => zoneKey(name, id));
  const missing = [...new Set([...frames, ...Object.keys(written)])].filter((key) => !known.has(key));
  return missing.map((key) => {
    const end = known.get(zoneKey(endZoneName, sectionOf(key, sections, known)));
    const place = { file, line: end?.line ?? 1 };
    if (Object.hasOwn(written, key)) {
      return new Problem(`the zone \`${key}\` is no longer in the file`, {
        remedy:
          "restore the zone with both of its marker lines from the file's git history (where it has none, make the draft anew as docs/how-to.md of overpace says, and move your text there); markers count only at the start of a line and outside code",
        place,
      });
    }
    return new Problem(`the file has no zone \`${key}\`: it was made without that section`, {
      remedy:
        "finish this file with the version of overpace that made it (`figures` names it), or make the file anew and move your text there",
      place,
    });
  });
}

/** The section a zone belongs to, as far as the review or its neighbours of the same name tell. */
function sectionOf(key: string, sections: readonly Section[], known: ReadonlyMap<string, Zone>): string | undefined {
  const keysOf = (section: Section) => zonesOf(section).map(({ name, id }) => zoneKey(name, id));
  const name = key.split(" ", 1)[0];
  const section =
    sections.find((candidate) => keysOf(candidate).includes(key)) ??
    sections.find(({ items }) => items.some(({ zone }) => zone.name === name));
  if (section) return section.name;
  return known.has(zoneKey(endZoneName, name)) ? name : undefined;
}
