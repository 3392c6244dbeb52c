/** Where something was found; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** What kind of refusal: `usage` ends with exit code 2 (the call or the configuration), `input` with 3 (nothing could be made). */
export type ProblemKind = "usage" | "input";

interface ProblemDetails {
  readonly remedy: string;
  readonly place?: Place | undefined;
  readonly cause?: unknown;
  readonly kind?: ProblemKind;
}

/**
 * A refusal on purpose: says what happened, where, and what to do. Anything else that is thrown is a bug and prints its stack.
 * Several problems found together travel as one, in `others`.
 */
export class Problem extends Error {
  readonly remedy: string;
  readonly place: Place | undefined;
  readonly kind: ProblemKind;
  readonly others: readonly Problem[];

  constructor(message: string, details: ProblemDetails, others: readonly Problem[] = []) {
    super(message, { cause: details.cause });
    this.name = "Problem";
    this.remedy = details.remedy;
    this.place = details.place;
    this.kind = details.kind ?? "input";
    this.others = others;
  }
}

/** What reading gives; null where it is refused on purpose. Anything else that is thrown goes on. */
export function unlessRefused<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/** The same of a reading that is under way. */
export async function unlessRefusedLater<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/** Throws nothing for an empty list, else one Problem that carries them all. */
export function throwAll(problems: readonly Problem[]): void {
  const [first, ...others] = problems;
  if (!first) return;
  throw others.length === 0
    ? first
    : new Problem(first.message, { remedy: first.remedy, place: first.place, kind: first.kind, cause: first.cause }, others);
}

/** `file:line:column`, as far as known. */
export function placeText(place: Place): string {
  return [place.file, place.line, place.line === undefined ? undefined : place.column].filter((part) => part !== undefined).join(":");
}
