import { resolve } from "node:path";
import { readText, writeTexts } from "../shell/files.ts";
import { textOnDefaultBranch } from "../shell/git.ts";
import type { MakeForge, Standing } from "./forge.ts";

const heldState = /^state:[ \t]*held\b/m;

/** No code host: the files are written where they belong, and people propose them. A held review on the default branch is closed. */
export const folder: MakeForge = async ({ world }) => ({
  known: async () => [],
  standing: async (_id, path): Promise<Standing> => {
    const place = resolve(world.cwd, path);
    const committed = await textOnDefaultBranch(place);
    const closed = committed !== null && heldState.test(committed);
    const exists = (await readText(place, path)) !== null;
    return {
      state: closed ? "closed" : exists ? "open" : "new",
      reason: closed ? "it is held and on the default branch" : "",
      pr: null,
      read: (file) => readText(resolve(world.cwd, file), file),
      propose: async ({ files }) => {
        await writeTexts(files.map((file) => ({ ...file, path: resolve(world.cwd, file.path) })));
        return { pr: null, warnings: [] };
      },
    };
  },
});
