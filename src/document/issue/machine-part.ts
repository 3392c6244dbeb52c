import * as z from "zod/mini";
import type { Issue } from "../../core/issue.ts";
import { Problem, unlessRefused } from "../../core/problem.ts";
import { sha256Hex } from "../../core/slug.ts";
import { closingMarker, openingMarker, scanZones } from "../body/zone.ts";

/** What overpace last wrote into an issue, kept there out of sight: what differs from it is people's. */
export interface Written {
  /** The fingerprint of the action. */
  readonly content: string;
  readonly status: "open" | "done" | "dropped" | "gone";
  /** The fingerprint of the title. */
  readonly title: string;
  readonly assignee: string | null;
  /** Why people dropped it; absent while nobody asked. */
  readonly reason?: string | undefined;
}

const zone = "action";
const marker = /^<!-- overpace:action (\S+) -->[ \t]*\r?$/m;
const writtenLine = /^<!-- written by overpace: (.*) -->$/m;
const writtenSchema = z.object({
  content: z.string(),
  status: z.enum(["open", "done", "dropped", "gone"]),
  title: z.string(),
  assignee: z.nullable(z.string()),
  reason: z.optional(z.string()),
});

const zonesIn = (body: string) => scanZones(body, "the issue", 1);

/** The marker by which the issue of an action is known. */
export function actionMarker(id: string): string {
  return openingMarker(zone, id);
}

/** The action that an issue is of, by the marker in its text, not in code that quotes one; null for other issues. */
export function actionIn({ body }: Pick<Issue, "body">): string | null {
  const first = marker.exec(body)?.[1] ?? null;
  if (first === null) return null;
  const zones = unlessRefused(() => zonesIn(body));
  // Damaged markers name it as well, so that the damage is said.
  return zones === null ? first : (zones.find(({ name }) => name === zone)?.id ?? null);
}

/** A fingerprint of a title: whether it is still the one that overpace wrote. */
export function titleHash(title: string): string {
  return sha256Hex(title).slice(0, 16);
}

/** Written so that nothing in it ends the comment. */
function writtenText(written: Written): string {
  return JSON.stringify(written).replace(/[<>-]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
}

function writtenIn(text: string): Written | null {
  const [, json] = writtenLine.exec(text) ?? [];
  if (json === undefined) return null;
  try {
    return writtenSchema.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}

/** The lines between the markers. */
export function machineText(written: Written, markdown: string): string {
  return `<!-- written by overpace: ${writtenText(written)} -->\n${markdown}`;
}

/** What is wrong with the markers in an issue's text, and what to do; null when they are sound. */
export function damageIn({ body }: Pick<Issue, "body">): string | null {
  try {
    zonesIn(body);
    return null;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return `its text is damaged on line ${error.place?.line ?? 1}: ${error.message}; ${error.remedy}`;
  }
}

function find(body: string, id: string) {
  return zonesIn(body).find((found) => found.name === zone && found.id === id) ?? null;
}

/** What overpace last wrote into an issue; null when that is not known. The markers are sound. */
export function writtenBy(body: string, id: string): Written | null {
  const found = find(body, id);
  return found && writtenIn(found.text);
}

/** A text with its machine-owned part replaced and every other byte as it was; without one it is put in front. */
export function withMachinePart(body: string, id: string, text: string): string {
  const found = find(body, id);
  const part = [actionMarker(id), text, closingMarker(zone)].join("\n");
  if (found) return body.slice(0, found.start) + part.replaceAll("\n", found.eol) + body.slice(found.end);
  return body.trim() === "" ? `${part}\n` : `${part}\n\n${body}`;
}
