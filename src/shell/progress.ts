import type { World } from "../core/world.ts";
import { logText } from "../core/text.ts";

/** One line on a terminal that says how far a long step is. */
export interface Progress {
  /** Replaces the line; more than ten a second are left out. */
  readonly show: (text: string) => void;
  /** Takes the line away, so that what is printed next stands alone. */
  readonly end: () => void;
}

const pause = 100;
const silent: Progress = { show: () => {}, end: () => {} };

/** Progress on standard error, on a terminal only: elsewhere nothing is ever written. */
export function progressOn({ isTerminal, now, log }: Pick<World, "isTerminal" | "now" | "log">): Progress {
  if (!isTerminal) return silent;
  let last = -Infinity;
  return {
    show: (text) => {
      const time = now().getTime();
      if (time - last < pause) return;
      last = time;
      log(`\r\u001B[K${logText(text)}`);
    },
    end: () => {
      if (last !== -Infinity) log("\r\u001B[K");
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
