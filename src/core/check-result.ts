/** A remark at a line of a file, as a code host shows it beside the text. */
export interface Mark {
  /** From the root of the repository. */
  readonly path: string;
  readonly line: number;
  readonly level: "failure" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
}

/** What a check came to, ready to be shown where a review is proposed. */
export interface CheckResult {
  /** `action_required`: a draft in which people still have something to decide. */
  readonly conclusion: "success" | "action_required" | "failure";
  readonly title: string;
  /** Markdown that holds nothing from outside unescaped. */
  readonly summary: string;
  readonly marks: readonly Mark[];
}
