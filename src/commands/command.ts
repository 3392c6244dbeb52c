import type { Day } from "../core/day.ts";
import type { World } from "../core/world.ts";
import type { ForgeName } from "../forges/index.ts";

/** A command as called: the flags that all commands share, and the words that are not flags. */
export interface Call {
  readonly world: World;
  /** The review date given with `--as-of`; null = the latest scheduled one. */
  readonly asOf: Day | null;
  readonly config: string;
  readonly reviews: string;
  readonly fetch: boolean;
  readonly dryRun: boolean;
  /** `check` mends what is mechanical. */
  readonly fix: boolean;
  /** The figure that `analyze` explains; null = it prints all of them. */
  readonly explain: string | null;
  /** Where a review goes. */
  readonly publish: ForgeName;
  readonly format: string;
  readonly files: readonly string[];
}

/** 0 good, 1 findings, 2 usage or configuration, 3 nothing could be made. */
export type ExitCode = 0 | 1 | 2 | 3;

export type Command = (call: Call) => Promise<ExitCode>;
