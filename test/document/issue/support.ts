import type { Issue, IssueChange } from "../../../src/core/issue.ts";
import type { Action, FrontMatter } from "../../../src/document/front-matter/schema.ts";
import { type Wanted, newIssue } from "../../../src/document/issue/change.ts";
import type { LatestAction } from "../../../src/document/issue/latest.ts";

export const id = "2026-W47-1";

/** What the issue of an open action of octocat shall say. */
export const wanted = (part: Partial<Wanted> = {}): Wanted => ({
  id,
  title: "Find the cause",
  login: "octocat",
  status: "open",
  content: "as decided",
  pack: "- **Due:** 2026-11-30",
  ...part,
});

/** An issue that overpace made for what was wanted, as people left it. */
export function issueOf(part: Partial<Issue> = {}, made: Wanted = wanted(), assignable = true): Issue {
  return {
    number: 1,
    url: "https://github.com/acme/app/issues/1",
    ...newIssue(made, assignable),
    status: "open",
    closedAt: null,
    labelled: true,
    elsewhere: null,
    ...part,
  };
}

/** The issue once a change is made. */
export const changed = (issue: Issue, change: IssueChange | null): Issue => ({ ...issue, ...change });

/** An action of the review 2026-W47 as files leave it; `figures` are those that the review states. */
export function latestOf(part: object, figures: object = {}, tracked: Partial<LatestAction> = {}): LatestAction {
  const action = { id, decision: "investigate", title: "Find the cause", owner: "@octocat", due: "2026-11-30", status: "open", ...part };
  return {
    action: action as Action,
    review: "2026-W47",
    decided: "2026-11-23",
    held: true,
    status: "open",
    due: "2026-11-30",
    issue: null,
    reason: null,
    slips: 0,
    closed: null,
    source: {
      path: "reviews/2026/2026-W47.md",
      front: { figures: { currency: "USD", ...figures } } as unknown as FrontMatter,
      lineOf: () => 10,
      headingOf: (about) => (about === "openai/inference" ? "OpenAI · Inference: +$650.00" : null),
    },
    line: 10,
    paths: ["reviews/2026/2026-W47.md"],
    ...tracked,
  };
}
