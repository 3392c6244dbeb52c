import { type Charge, type Identified, type Ids, idFields } from "../../core/ledger/charge.ts";
import { Problem } from "../../core/problem.ts";

/** Names by id. */
export type Names = ReadonlyMap<string, string>;

/** How an id is shown: by its name, with the id where two have the same; by the id alone when it has no name, empty for none. */
export function namer(names: Names): (id: string | null | undefined) => string {
  const counts = new Map<string, number>();
  for (const name of names.values()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return (id) => {
    if (!id) return "";
    const name = names.get(id)?.trim() ?? "";
    if (name === "") return id;
    return (counts.get(name) ?? 0) > 1 ? `${name} (${id})` : name;
  };
}

/** An account, project or key as a row holds it: by name, with the id beside it where the name is another. */
export function namedRow<F extends Identified>(field: F, id: string | null | undefined, nameOf: (id: string | null | undefined) => string) {
  const name = nameOf(id);
  return (id && name !== id ? { [field]: name, [idFields[field]]: id } : { [field]: name }) as Pick<Charge, F> & Ids;
}

/** Looks names up; when that is refused, ids are shown and a warning says why. */
export async function namesOrWarning(
  source: string,
  what: string,
  lookUp: () => Promise<Names>,
): Promise<{ readonly names: Names; readonly warnings: readonly string[] }> {
  try {
    return { names: await lookUp(), warnings: [] };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return {
      names: new Map(),
      warnings: [`source \`${source}\` shows ids of ${what} instead of names: ${error.message}. ${error.remedy}`],
    };
  }
}
