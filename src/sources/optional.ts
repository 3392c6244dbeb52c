import { Problem } from "../core/problem.ts";

/**
 * Loads what is no part of overpace: whoever needs what it does installs it. `purpose` as in `To read objects of this store`.
 * @throws Problem that names the one line to run when a package is missing.
 */
export async function loadOptional<T>(purpose: string, names: readonly string[], load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND")) throw cause;
    throw new Problem(`${purpose} ${names.join(" and ")} must be installed.`, {
      remedy: `Run: npm install ${names.join(" ")} (beside overpace; in a workflow before it runs).`,
      cause,
      kind: "usage",
    });
  }
}
