import type { Review } from "../../core/review/review.ts";
import { endZoneName, frameOf, zonesOf } from "../body/assemble.ts";
import { isRetired } from "../body/refresh.ts";
import { type Zone, zoneHash, zoneKey } from "../body/zone.ts";
import { contextOf } from "../sections/context.ts";
import { weeklySections } from "../sections/index.ts";

/** Comparing the zones of a file with those that its figures give: byte for byte, line breaks of a checkout apart. */

/** A zone whose text is not the one computed again, with its first line that differs. */
export interface BentZone {
  readonly kind: "bent";
  readonly zone: Zone;
  /** The line of the file. */
  readonly line: number;
  /** Null where one side has no such line. */
  readonly stated: string | null;
  readonly computed: string | null;
  /** Only spacing differs, as after a formatter. */
  readonly spacing: boolean;
}

export type ZoneDifference =
  | BentZone
  /** The figures give it, the file does not have it. */
  | { readonly kind: "missing"; readonly key: string }
  /** The file has it, the figures do not give it. */
  | { readonly kind: "made-up"; readonly zone: Zone };

function bentZone(zone: Zone, computed: string): BentZone {
  const [stated = [], wanted = []] = [zone.text, computed].map((text) => (text === "" ? [] : text.split("\n")));
  const index = wanted.findIndex((line, at) => line !== stated[at]);
  const first = index < 0 ? wanted.length : index;
  return {
    kind: "bent",
    zone,
    line: Math.min(zone.line + 1 + first, zone.endLine),
    stated: stated[first] ?? null,
    computed: wanted[first] ?? null,
    spacing: zoneHash(zone.text) === zoneHash(computed),
  };
}

/**
 * What differs between the zones of a file and those of a review. Zones that are fed from more than ledger and settings, and those
 * kept for what people wrote below them, are left out.
 */
export function zoneDifferences(zones: readonly Zone[], review: Review): ZoneDifference[] {
  const sections = weeklySections.map((section) => section(contextOf(review)));
  const outside = new Set(
    sections.flatMap(({ name, outside }) => (outside === "body" ? [name] : outside ? [zoneKey(endZoneName, name)] : [])),
  );
  const computed = sections.flatMap((section) => {
    const { end } = frameOf(section);
    if (section.outside === "body") return end;
    return section.outside ? zonesOf(section).slice(0, -end.length) : zonesOf(section);
  });
  const wanted = new Map(computed.map(({ name, id, text }) => [zoneKey(name, id), text]));
  const present = new Set(zones.map(({ key }) => key));
  const found = zones.flatMap((zone): ZoneDifference[] => {
    const text = wanted.get(zone.key);
    if (text !== undefined) return text === zone.text ? [] : [bentZone(zone, text)];
    return outside.has(zone.name) || outside.has(zone.key) || isRetired(zone) ? [] : [{ kind: "made-up", zone }];
  });
  const missing = [...wanted.keys()].filter((key) => !present.has(key));
  return [...found, ...missing.map((key): ZoneDifference => ({ kind: "missing", key }))];
}
