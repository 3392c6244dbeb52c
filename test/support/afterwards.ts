/**
 * What support leaves behind is cleaned up by hooks of `hooks.ts`, which vitest runs for every file: a hook of a module like this one would hold for
 * the first of the files that share a worker alone.
 */

type Clean = () => void | Promise<void>;

const [afterTests, afterFiles]: [Clean[], Clean[]] = [[], []];

/** Runs after every test of every file from now on. */
export function afterTest(clean: Clean): void {
  afterTests.push(clean);
}

/** Runs after the last test of every file from now on. */
export function afterFile(clean: Clean): void {
  afterFiles.push(clean);
}

export async function endTest(): Promise<void> {
  for (const clean of afterTests) await clean();
}

export async function endFile(): Promise<void> {
  for (const clean of afterFiles) await clean();
}
