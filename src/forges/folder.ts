import { resolve } from "node:path";
import { readText, writeTexts } from "../shell/files.ts";
import { textOnDefaultBranch } from "../shell/git.ts";
import type { MakeForge, Standing } from "./forge.ts";

/** True when the front matter says `state: held`, quoted or not; the same words in people's prose say nothing. */
function isHeld(text: string): boolean {
  const frontMatter = text.slice(0, Math.max(0, text.indexOf("\n---", 3)));
  return /^(["']?)state\1[ \t]*:[ \t]*["']?held\b/m.test(frontMatter);
}

/** No code host: the files are written where they belong, and people propose them. A held review on the default branch is closed. */
export const folder: MakeForge = async ({ world, reviews }) => ({
  changes: async (query) => (await import("./local-changes.ts")).localChanges(resolve(world.cwd, reviews), query),
  issues: async () => ({ issues: [], warnings: [] }),
  known: async () => ({ ids: [], unfinished: [] }),
  standing: async (_id, path): Promise<Standing> => {
    const place = resolve(world.cwd, path);
    const committed = await textOnDefaultBranch(place);
    const closed = committed !== null && isHeld(committed);
    const exists = (await readText(place, path)) !== null;
    return {
      state: closed ? "closed" : exists ? "open" : "new",
      reason: closed ? "it is held and on the default branch" : "",
      pr: null,
      place: path,
      read: (file) => readText(resolve(world.cwd, file), file),
      propose: async ({ files }) => {
        await writeTexts(files.map((file) => ({ ...file, path: resolve(world.cwd, file.path) })));
        return { pr: null, warnings: [], board: null };
      },
    };
  },
});
