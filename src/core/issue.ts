/** What became of a thing to do: an issue that is open, closed as completed, or closed as not planned. */
export type Status = "open" | "done" | "dropped";

/** An issue of the code host, as far as an action cares. */
export interface Issue {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly status: Status;
  /** When it was closed; null while it is open. */
  readonly closedAt: string | null;
  /** Logins. */
  readonly assignees: readonly string[];
  /** It bears the label of actions. */
  readonly labelled: boolean;
  /** The repository `owner/name` that it was transferred to; null while it is where it was made. */
  readonly elsewhere: string | null;
}

/** What is changed of an issue; all else of it stays. */
export interface IssueChange {
  readonly title?: string;
  readonly body?: string;
  readonly status?: Status;
  readonly assignees?: readonly string[];
}
