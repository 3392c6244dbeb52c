import type { Forge } from "./forge.ts";
import { folder } from "./folder.ts";

/** Where a review goes (`--publish`): a new forge is a file and a line here. */
export const forges = { folder } as const satisfies Record<string, Forge>;
