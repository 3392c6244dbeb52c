import { Problem } from "../core/problem.ts";

/**
 * Loads a package that is no part of overpace: whoever needs what it does installs it.
 * @throws Problem that names the one line to run when it is missing.
 */
export async function loadOptional<T>(purpose: string, name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND")) throw cause;
    throw new Problem(`${purpose} needs the package ${name}, which is not installed`, {
      remedy: `Run: npm install ${name} (beside overpace; in a workflow before it runs).`,
      cause,
      kind: "usage",
    });
  }
}
