import { folder } from "./folder.ts";
import type { MakeForge } from "./forge.ts";

/** Where a review goes (`--publish`): a new forge is a file and a line here; its code is loaded when it is used. */
export const forges = {
  folder,
  github: async (context) => (await import("./github/index.ts")).github(context),
} as const satisfies Record<string, MakeForge>;
export type ForgeName = keyof typeof forges;
