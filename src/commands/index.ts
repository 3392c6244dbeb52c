import type { Command } from "./command.ts";

interface Entry {
  readonly does: string;
  /** Loaded only when the command is called. */
  readonly load: () => Promise<Command>;
}

/** What `overpace` can do: a new command is a file and an entry here. */
export const commands = {
  weekly: { does: "make or refresh the review of the week", load: async () => (await import("./weekly.ts")).weekly },
  analyze: { does: "print the figures of a week; writes nothing", load: async () => (await import("./analyze.ts")).analyze },
  check: { does: "say what is missing or wrong in review files", load: async () => (await import("./check.ts")).check },
} as const satisfies Record<string, Entry>;
