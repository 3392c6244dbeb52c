import { isRecord } from "../front-matter/value.ts";

/** Comparing the figures that a file states with those computed again: as values, whatever their spelling or order. */

/** A figure that differs; `undefined` where one side has none of that name. */
export interface FigureDifference {
  readonly path: readonly (string | number)[];
  readonly stated: unknown;
  readonly computed: unknown;
}

const decimal = /^[+-]?\d+(?:\.\d*)?$/;

/** A number, or text that is one, in a form that is the same for the same value; null for anything else. */
function decimalOf(value: unknown): string | null {
  const text = typeof value === "number" ? String(value) : typeof value === "string" ? value.trim() : "";
  if (!decimal.test(text)) return null;
  const [whole = "", fraction = ""] = text.replace(/^[+-]/, "").split(".");
  const digits = `${whole.replace(/^0+(?=\d)/, "")}.${fraction.replace(/0+$/, "")}`;
  return text.startsWith("-") && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

function sameValue(stated: unknown, computed: unknown): boolean {
  if (stated === computed) return true;
  const [one, other] = [decimalOf(stated), decimalOf(computed)];
  return one !== null && one === other;
}

/** Keys as they stand, also such as an object has by nature. */
function valueOf(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Every figure that differs, in the order of the computed ones, then those that only the file has. */
export function figureDifferences(stated: unknown, computed: unknown, path: readonly (string | number)[] = []): FigureDifference[] {
  if (isRecord(stated) && isRecord(computed)) {
    const keys = [...new Set([...Object.keys(computed), ...Object.keys(stated)])];
    return keys.flatMap((key) => figureDifferences(valueOf(stated, key), valueOf(computed, key), [...path, key]));
  }
  if (Array.isArray(stated) && Array.isArray(computed)) {
    const indices = Array.from({ length: Math.max(stated.length, computed.length) }, (_, index) => index);
    return indices.flatMap((index) => figureDifferences(stated[index], computed[index], [...path, index]));
  }
  return sameValue(stated, computed) ? [] : [{ path, stated, computed }];
}
