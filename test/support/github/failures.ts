/** How a request is cut. */
export type Failure =
  /** The socket closes before anything is done. */
  | "no-answer"
  /** 502 before anything is done. */
  | "502"
  /** 403 with `retry-after: 0`, before anything is done. */
  | "secondary-limit"
  /** 403 or 429 with this `retry-after`, before anything is done. */
  | { readonly limit: 403 | 429; readonly retryAfter: number }
  /** All is done, then the socket closes. */
  | "lost-answer";

/** Which requests: the nth since the log was emptied (from 1), or those of a method and path. */
export type Which = number | { readonly method?: string; readonly path: RegExp };

export interface Asked {
  readonly n: number;
  readonly method: string;
  readonly path: string;
}

interface Rule<What> {
  readonly which: Which;
  readonly what: What;
  left: number;
}

/** What happens to chosen requests. */
export interface Failures {
  /** Cuts the nth request, once. */
  readonly failAt: (n: number, how: Failure) => void;
  /** Cuts requests of a method and path, once or so many times. */
  readonly failWhen: (which: Exclude<Which, number>, how: Failure, times?: number) => void;
  /** Does something before a request is handled, once: a person pushes between two requests of the program. */
  readonly before: (which: Which, act: () => unknown) => void;
  /** Forgets all that has not happened yet. */
  readonly clear: () => void;
}

const fits = (which: Which, asked: Asked): boolean =>
  typeof which === "number" ? which === asked.n : (which.method ?? asked.method) === asked.method && which.path.test(asked.path);

function take<What>(rules: Rule<What>[], asked: Asked): What[] {
  const found = rules.filter((rule) => rule.left > 0 && fits(rule.which, asked));
  for (const rule of found) rule.left -= 1;
  return found.map((rule) => rule.what);
}

/** The failures of one server, and how the server asks for them. */
export function failuresOf(): Failures & {
  readonly actsFor: (asked: Asked) => (() => unknown)[];
  readonly failureFor: (asked: Asked) => Failure | null;
} {
  const failures: Rule<Failure>[] = [];
  const acts: Rule<() => unknown>[] = [];
  return {
    failAt: (n, what) => void failures.push({ which: n, what, left: 1 }),
    failWhen: (which, what, times = 1) => void failures.push({ which, what, left: times }),
    before: (which, what) => void acts.push({ which, what, left: 1 }),
    clear: () => {
      failures.length = 0;
      acts.length = 0;
    },
    actsFor: (asked) => take(acts, asked),
    failureFor: (asked) => take(failures, asked)[0] ?? null,
  };
}
