import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { Problem } from "../../core/problem.ts";
import { type Line, breakOf, linesOf, trimBlank } from "../lines.ts";
import { closingOf, codeReader } from "./code.ts";

/** A machine-owned stretch as it stands in a body; offsets into that body. */
export interface Zone {
  readonly name: string;
  readonly id?: string;
  readonly key: string;
  /** Lines of the file, from 1, of the opening and the closing marker. */
  readonly line: number;
  readonly endLine: number;
  /** The opening marker's line begins; the closing marker's line ends, without its line break. */
  readonly start: number;
  readonly end: number;
  /** What stands between the two lines, its last line break included. */
  readonly innerStart: number;
  readonly innerEnd: number;
  /** The text between the markers with LF and without the last line break. */
  readonly text: string;
  /** The line break of the opening marker's line. */
  readonly eol: "\n" | "\r\n";
}

interface Marker {
  readonly closes: boolean;
  readonly name: string;
  readonly id: string | undefined;
  readonly line: Line;
  readonly number: number;
}

const fromHistory = "restore it from the file's git history";

/** What tells zones apart: the name, and the id where there is one. */
export function zoneKey(name: string, id?: string): string {
  return id === undefined ? name : `${name} ${id}`;
}

/** The line that opens a zone. */
export function openingMarker(name: string, id?: string): string {
  return `<!-- overpace:${zoneKey(name, id)} -->`;
}

/** The line that closes a zone. */
export function closingMarker(name: string): string {
  return `<!-- /overpace:${name} -->`;
}

/** A fingerprint of a zone's text that spacing, line breaks and the width of table rules do not change, but words do. */
export function zoneHash(text: string): string {
  const bare = text.replace(/\s+/g, "").replace(/-+/g, "-");
  return bytesToHex(sha256(utf8ToBytes(bare))).slice(0, 12);
}

/**
 * Finds the zones of a body, in the order of the file. `firstLine` is the line of the file on which the body begins.
 * @throws Problem for the first damaged marker, with its line.
 */
export function scanZones(body: string, file: string, firstLine: number): Zone[] {
  const zones = new Map<string, Zone>();
  let open: Marker | undefined;
  for (const marker of markersOf(body, file, firstLine)) {
    if (!marker.closes) {
      if (open) throw nested(open, marker, file);
      const first = zones.get(zoneKey(marker.name, marker.id));
      if (first) throw twice(first, marker, file);
      open = marker;
      continue;
    }
    if (!open || open.name !== marker.name) throw strayClose(open, marker, file);
    const zone = zoneOf(body, open, marker);
    zones.set(zone.key, zone);
    open = undefined;
  }
  if (open) throw notClosed(open, file);
  return [...zones.values()];
}

/** The fingerprints of all zones of a finished body, to be kept for the next refresh. */
export function hashesOf(body: string, file: string, firstLine: number): Record<string, string> {
  return Object.fromEntries(scanZones(body, file, firstLine).map((zone) => [zone.key, zoneHash(zone.text)]));
}

function zoneOf(body: string, open: Marker, close: Marker): Zone {
  const inner = body.slice(open.line.next, close.line.start).replaceAll("\r\n", "\n");
  return {
    name: open.name,
    ...(open.id === undefined ? {} : { id: open.id }),
    key: zoneKey(open.name, open.id),
    line: open.number,
    endLine: close.number,
    start: open.line.start,
    end: close.line.end,
    innerStart: open.line.next,
    innerEnd: close.line.start,
    text: inner.endsWith("\n") ? inner.slice(0, -1) : inner,
    eol: breakOf(body, open.line),
  };
}

/** The markers outside fenced code, in order. A comment that people left open ends with the marker below it. */
function* markersOf(body: string, file: string, firstLine: number): Generator<Marker> {
  const read = codeReader();
  let number = firstLine - 1;
  let code: { readonly line: string; readonly number: number; hides?: number } | undefined;
  for (const line of linesOf(body)) {
    number++;
    const text = body.slice(line.start, line.end);
    const isMarker = beginsMarker(text);
    const kind = read(text, isMarker);
    if (kind === "opens") code = { line: text, number };
    else if (kind !== "code") code = undefined;
    else if (isMarker && code) code.hides ??= number;
    if (kind === "text" && isMarker) yield markerOf(text, line, number, file);
  }
  if (code?.hides === undefined) return;
  throw new Problem(`the code fence that begins on line ${code.number} is not closed and hides the marker on line ${code.hides}`, {
    remedy: `close the code with a line of ${closingOf(code.line)}`,
    place: { file, line: code.number },
  });
}

function beginsMarker(text: string): boolean {
  return text.startsWith("<!-- overpace:") || text.startsWith("<!-- /overpace:");
}

function markerOf(text: string, line: Line, number: number, file: string): Marker {
  const found = /^<!-- (\/?)overpace:([a-z][a-z0-9-]*)(?: (\S+))? -->$/.exec(trimBlank(text));
  const [, slash, name, id] = found ?? [];
  if (name === undefined || (id !== undefined && (slash === "/" || id.includes("-->")))) {
    throw new Problem("this line begins like a marker of overpace but is not one", {
      remedy: `write \`<!-- overpace:NAME -->\`, \`<!-- overpace:NAME ID -->\` or \`<!-- /overpace:NAME -->\` alone on the line, or ${fromHistory}`,
      place: { file, line: number },
    });
  }
  return { closes: slash === "/", name, id, line, number };
}

function nested(open: Marker, marker: Marker, file: string): Problem {
  const [outer, inner] = [zoneKey(open.name, open.id), zoneKey(marker.name, marker.id)];
  return new Problem(`the zone \`${inner}\` begins inside the zone \`${outer}\` of line ${open.number}, which is not closed before it`, {
    remedy: `put the line \`${closingMarker(open.name)}\` back at the end of \`${outer}\`, or ${fromHistory}`,
    place: { file, line: marker.number },
  });
}

function twice(first: Zone, marker: Marker, file: string): Problem {
  return new Problem(`the zone \`${first.key}\` stands in the file twice: on line ${first.line} and here`, {
    remedy: "delete the copy with both of its marker lines; keep your own text outside the markers",
    place: { file, line: marker.number },
  });
}

function strayClose(open: Marker | undefined, marker: Marker, file: string): Problem {
  const found = `the marker \`${closingMarker(marker.name)}\``;
  const message = open
    ? `${found} stands in the zone \`${zoneKey(open.name, open.id)}\` of line ${open.number}`
    : `${found} closes a zone that was not opened`;
  const remedy = open
    ? `put \`${closingMarker(open.name)}\` where that zone ends, or ${fromHistory}`
    : `put the line \`<!-- overpace:${marker.name} … -->\` back, or ${fromHistory}`;
  return new Problem(message, { remedy, place: { file, line: marker.number } });
}

function notClosed(open: Marker, file: string): Problem {
  return new Problem(`the zone \`${zoneKey(open.name, open.id)}\` is not closed`, {
    remedy: `put the line \`${closingMarker(open.name)}\` back where it ends, or ${fromHistory}`,
    place: { file, line: open.number },
  });
}
