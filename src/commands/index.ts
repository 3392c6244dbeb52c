import { formats } from "../rules/formats/index.ts";
import type { Command } from "./command.ts";

/** Flags that one command takes, with how it is called with them. */
export const ownFlags = { fix: "check --fix", explain: "analyze --explain FIGURE" } as const;

/** A command as the command line knows it. */
export interface Entry {
  /** What the help says of it. */
  readonly does: string;
  /** What `--format` may say. */
  readonly formats: readonly string[];
  /** What it takes of `ownFlags`. */
  readonly flags: readonly (keyof typeof ownFlags)[];
  /** The words that may follow it. */
  readonly words: "none" | "one id" | "files";
  /** Loaded only when the command is called. */
  readonly load: () => Promise<Command>;
}

/** What `overpace` can do: a new command is a file and an entry here. */
export const commands = {
  weekly: {
    does: "make or refresh the review of the week",
    formats: ["text", "json"],
    flags: [],
    words: "none",
    load: async () => (await import("./weekly.ts")).weekly,
  },
  analyze: {
    does: "print the figures of a week; writes nothing",
    formats: ["text", "json"],
    flags: ["explain"],
    words: "none",
    load: async () => (await import("./analyze.ts")).analyze,
  },
  check: {
    does: "say what is missing or wrong in review files",
    formats: Object.keys(formats),
    flags: ["fix"],
    words: "files",
    load: async () => (await import("./check.ts")).check,
  },
  sync: {
    does: "make issues of actions, and bring both together",
    formats: ["text", "json"],
    flags: [],
    words: "none",
    load: async () => (await import("./sync.ts")).sync,
  },
  actions: {
    does: "say what became of the actions of all reviews, or of one: actions <id>",
    formats: ["text", "json"],
    flags: [],
    words: "one id",
    load: async () => (await import("./actions.ts")).actions,
  },
} as const satisfies Record<string, Entry>;
