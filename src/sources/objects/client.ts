import { Problem } from "../../core/problem.ts";

/**
 * Loads the client of a store, which is no part of overpace: whoever reads objects installs it.
 * @throws Problem that names the one line to run when it is missing.
 */
export async function loadClient<T>(names: readonly string[], load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND")) throw cause;
    throw new Problem(`To read objects of this store ${names.join(" and ")} must be installed.`, {
      remedy: `Run: npm install ${names.join(" ")} (beside overpace; in a workflow before it runs).`,
      cause,
      kind: "usage",
    });
  }
}
