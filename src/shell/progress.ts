import { logText } from "../core/text.ts";
import type { World } from "../core/world.ts";

/** What a terminal is told of long steps. */
export interface Progress {
  /** A line that stays. */
  readonly say: (text: string) => void;
  /** The last line, which says how far a step is, until the next one replaces it; more than ten a second are left out. */
  readonly show: (text: string) => void;
  /** Takes the line away, so that what is printed next stands alone. */
  readonly end: () => void;
}

const pause = 100;
const clear = "\r\u001B[K";
const silent: Progress = { say: () => {}, show: () => {}, end: () => {} };

/** Progress on standard error, on a terminal only: elsewhere nothing is ever written. `clock` gives milliseconds from any start. */
export function progressOn({ isTerminal, log }: Pick<World, "isTerminal" | "log">, clock = () => performance.now()): Progress {
  if (!isTerminal) return silent;
  let last = -Infinity;
  return {
    say: (text) => log(`${clear}${logText(text)}\n`),
    show: (text) => {
      const time = clock();
      if (time - last < pause) return;
      last = time;
      log(`${clear}${logText(text)}`);
    },
    end: () => {
      if (last !== -Infinity) log(clear);
      last = -Infinity;
    },
  };
}

/** A size as people say it: 999 B, 1.5 MB, 2.0 GB. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["kB", "MB", "GB", "TB"];
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}
