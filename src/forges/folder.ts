import { writeTexts } from "../shell/files.ts";
import type { Forge } from "./forge.ts";

/** No code host: the files are written where they belong, and people propose them. */
export const folder: Forge = {
  propose: async ({ files }) => {
    await writeTexts(files);
    return { pr: null };
  },
};
