import { loadOptional } from "../optional.ts";

/** Loads the client of a store. @throws Problem that names the one line to run when it is missing. */
export function loadClient<T>(names: readonly string[], load: () => Promise<T>): Promise<T> {
  return loadOptional("To read objects of this store", names, load);
}
