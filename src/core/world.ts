/** Every effect on the outside that a command needs besides files; made once, in `cli.ts`. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly now: () => Date;
  /** Standard output. */
  readonly write: (text: string) => void;
  /** Standard error. */
  readonly log: (text: string) => void;
  /** True when standard error is a terminal, where progress may be shown. */
  readonly isTerminal: boolean;
  readonly fetch: typeof globalThis.fetch;
  /** How many milliseconds a second of waiting takes: 1000, in tests 0. */
  readonly second: number;
}
