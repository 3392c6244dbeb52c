import type { MakeForge, MakePullBoard, MakeTracker } from "./forge.ts";

/** Where a review goes (`--publish`): a new forge is a file, and a line here and in the lists below; its code is loaded when it is used. */
export const forges = {
  folder: async (context) => (await import("./folder.ts")).folder(context),
  github: async (context) => (await import("./github/index.ts")).github(context),
} as const satisfies Record<string, MakeForge>;
export type ForgeName = keyof typeof forges;

/** Where `check` shows its result (`--publish`), besides what it prints; with `folder` nowhere. */
export const pullBoards = {
  github: async (context) => (await import("./github/board.ts")).pullBoard(context),
} as const satisfies Record<Exclude<ForgeName, "folder">, MakePullBoard>;

/** Where actions become issues (`sync`): `folder` has none. */
export const trackers = {
  github: async (context) => (await import("./github/tracker.ts")).tracker(context),
} as const satisfies Record<Exclude<ForgeName, "folder">, MakeTracker>;
