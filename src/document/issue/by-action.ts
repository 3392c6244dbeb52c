import type { Issue } from "../../core/issue.ts";
import { plainSentence } from "../../core/text.ts";
import type { Earlier } from "../front-matter/previous-entries.ts";
import type { PreviousAction } from "../sections/context.ts";
import { actionIn, damageIn, writtenBy } from "./machine-part.ts";

/** Issues by action; where two bear one marker the older one counts, and the copies are handed back. */
export function issuesByAction(issues: readonly Issue[]): {
  known: Map<string, Issue>;
  copies: readonly { id: string; issue: Issue; of: Issue }[];
} {
  const known = new Map<string, Issue>();
  const copies: { id: string; issue: Issue; of: Issue }[] = [];
  for (const issue of issues.toSorted((a, b) => a.number - b.number)) {
    const id = actionIn(issue);
    const first = id === null ? undefined : known.get(id);
    if (id === null || first?.number === issue.number) continue;
    if (first === undefined) known.set(id, issue);
    else copies.push({ id, issue, of: first });
  }
  return { known, copies };
}

/** What earlier reviews left open, as the next review carries it. */
export interface Previous extends Earlier {
  readonly shown: readonly PreviousAction[];
}

/** Why people dropped it; `sync` has written their closing comment into the issue. */
function reasonIn(id: string, issue: Issue): string | null {
  if (issue.status !== "dropped") return null;
  const written = damageIn(issue) === null ? writtenBy(issue.body, id) : null;
  return plainSentence(written?.reason ?? "") || `closed as not planned in #${issue.number}`;
}

/** The same with what became of the issues: a person's closing says done, or dropped and why. */
export function withIssues({ carried, shown, closed }: Omit<Previous, "told">, issues: readonly Issue[]): Previous {
  const { known } = issuesByAction(issues);
  const endOf = (id: string) => {
    const status = known.get(id)?.status ?? "open";
    return status === "open" ? null : status;
  };
  return {
    carried: carried.map((action) => {
      const issue = known.get(action.id);
      return issue ? { ...action, status: issue.status, reason: reasonIn(action.id, issue), issue: issue.number } : action;
    }),
    shown: shown.map((action) => ({ ...action, ended: endOf(action.id) })),
    closed,
    told: new Set(carried.map(({ id }) => id).filter((id) => known.has(id))),
  };
}
