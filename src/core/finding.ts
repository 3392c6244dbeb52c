/** `error` and `todo` end `check` with exit code 1; a `todo` is an open point of a draft, the same point of a held review is an `error`. */
export type Severity = "error" | "warning" | "todo";

/** A rule's remark: what happened, where, what to do. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly remedy: string;
}
