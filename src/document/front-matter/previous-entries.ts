import { isMap, isScalar, isSeq } from "yaml";
import { zoneHash } from "../body/zone.ts";
import { appendToList, replaceInList } from "./edit.ts";
import type { CarriedAction } from "./schema.ts";
import { splitDocument } from "./split.ts";
import { carriedYaml } from "./text.ts";

/** Actions of earlier reviews. */
export interface Earlier {
  /** What they left open. */
  readonly carried: readonly CarriedAction[];
  /** What they closed: carried no more, but it may stand in a review that was made before they were held. */
  readonly closed: readonly CarriedAction[];
  /** Those whose state an issue tells. */
  readonly told: ReadonlySet<string>;
}

/** An entry of `previous` as it stands in the file. */
interface Entry {
  readonly id: string;
  readonly index: number;
  readonly hash: string;
  readonly isOpen: boolean;
  readonly due: unknown;
  readonly issue: unknown;
}

/** The entries by their ids, in the order of the file. */
function entriesIn(text: string, file: string): Entry[] {
  const split = splitDocument(text, file);
  const list = split.yaml.document.get("previous");
  if (!isSeq(list)) return [];
  return list.items.flatMap((item, index) => {
    const id: unknown = isMap(item) ? item.get("id") : null;
    if (!isMap(item) || !item.range || typeof id !== "string") return [];
    const source = text.slice(split.yamlStart + item.range[0], split.yamlStart + item.range[1]);
    return [{ id, index, hash: zoneHash(source), isOpen: item.get("status") === "open", due: item.get("due"), issue: item.get("issue") }];
  });
}

/** The ids that `previous` names, however they are written. */
function idsIn(text: string, file: string): Set<string> {
  const list = splitDocument(text, file).yaml.document.get("previous");
  const ids = isSeq(list) ? list.items.map((item) => (isMap(item) ? item.get("id") : null)) : [];
  return new Set(ids.map((id) => (isScalar(id) ? String(id.value) : String(id))));
}

/** Fingerprints of entries as overpace writes them. */
export function hashesOfPrevious(carried: readonly CarriedAction[]): Record<string, string> {
  return Object.fromEntries(carried.map((action) => [action.id, zoneHash(carriedYaml(action))]));
}

/** What earlier reviews say otherwise of open entries, as they were held after these were written: closed, or another date. */
function answeredSince({ carried, closed, told }: Earlier, ours: ReadonlyMap<string, Entry>): CarriedAction[] {
  return [...carried.filter(({ id, status }) => status === "open" && !told.has(id)), ...closed].flatMap((action) => {
    const entry = ours.get(action.id);
    if (!entry?.isOpen || (action.status === "open" && action.due === entry.due)) return [];
    return [{ ...action, issue: action.issue ?? (typeof entry.issue === "number" ? entry.issue : null) }];
  });
}

/**
 * Adds the open actions of reviews merged since to `previous`, and updates an entry of which an issue, or a review held since, tells otherwise
 * while its text is still what overpace wrote; `written` holds the fingerprints. @returns the new text and the fingerprints to keep.
 */
export function refreshPrevious(
  text: string,
  file: string,
  previous: Earlier,
  written: Readonly<Record<string, string>>,
): { text: string; hashes: Record<string, string> } {
  const { carried, told } = previous;
  const named = idsIn(text, file);
  const isOurs = ({ id, hash }: Entry) => written[id] === hash;
  const ours = new Map(
    entriesIn(text, file)
      .filter(isOurs)
      .map((entry) => [entry.id, entry]),
  );
  const open = carried.filter(({ id }) => !named.has(id) || (ours.has(id) && told.has(id)));
  const changed = [...open, ...answeredSince(previous, ours)];
  const result = changed.reduce((edited, action) => {
    const entry = entriesIn(edited, file).find((entry) => entry.id === action.id && isOurs(entry));
    const yaml = carriedYaml(action);
    if (!named.has(action.id)) return appendToList(edited, splitDocument(edited, file), "previous", yaml);
    if (!entry || entry.hash === zoneHash(yaml)) return edited;
    return replaceInList(edited, splitDocument(edited, file), "previous", entry.index, yaml);
  }, text);
  const fresh = new Set(changed.map(({ id }) => id));
  const standing = new Map(entriesIn(result, file).map(({ id, hash }) => [id, hash]));
  const hashes = [...idsIn(result, file)].flatMap((id) => {
    const kept = fresh.has(id) ? standing.get(id) : written[id];
    return kept === undefined ? [] : [[id, kept] as const];
  });
  return { text: result, hashes: Object.fromEntries(hashes) };
}
