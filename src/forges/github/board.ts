import type { CheckResult } from "../../core/check-result.ts";
import type { World } from "../../core/world.ts";
import type { Board, PullBoard, PullContext } from "../forge.ts";
import { isAssignable } from "./assignable.ts";
import { type Showing, showRun } from "./check-run.ts";
import { type Place, type Repository, clientOf, repositoryOf } from "./client.ts";
import { type Wanted, writeComment } from "./comment.ts";
import { placesIn } from "./place.ts";
import { lacksPermission, reasonOf, refusalOf } from "./refusal.ts";

/** Where pages of the repository stand. */
export function pagesOf({ env }: World, { owner, repo }: Repository): string {
  return `${(env["GITHUB_SERVER_URL"] || "https://github.com").replace(/\/+$/, "")}/${owner}/${repo}`;
}

/** A path within an address within Markdown. */
export const encoded = (path: string) =>
  path
    .split("/")
    .map((name) => encodeURIComponent(name).replaceAll("(", "%28").replaceAll(")", "%29"))
    .join("/");

/** Why it was refused, with the permission that this one thing needs. */
export function refusedBecause(error: unknown, permission: string): string | null {
  const refusal = refusalOf(error);
  if (refusal === null) return null;
  if (!lacksPermission(refusal)) return reasonOf(refusal);
  const { message } = refusal;
  if (/authenticate via a GitHub App/i.test(message))
    return "GitHub takes check results from apps alone (403): use the token of the workflow, or of a GitHub App";
  if (/locked/i.test(message)) return "its conversation is locked (403)";
  return `the token lacks a permission (403): give the job permissions: { ${permission} }`;
}

/**
 * Shows something that no run may fail for: what is refused becomes a warning. When nothing was heard of the first try it is tried once
 * more, and `act` is told so: it looks up what stands before it writes.
 */
async function show(what: string, permission: string, act: (again: boolean) => Promise<void>): Promise<string[]> {
  try {
    await act(false).catch(async (error: unknown) => {
      if ((refusalOf(error)?.status ?? 0) < 500) throw error;
      await act(true);
    });
    return [];
  } catch (error) {
    const reason = refusedBecause(error, permission);
    if (reason === null) throw error;
    return [`${what}: ${reason}`];
  }
}

/** The place where results about one commit are shown. */
export function boardOf(world: World, at: Place, showing: Showing): Board {
  const place = placesIn(world);
  const pages = pagesOf(world, at.at);
  return {
    place,
    // GitHub renders Markdown: without `plain` there are no lines to point to.
    link: (path, line) => `${pages}/blob/${showing.sha}/${encoded(place(path))}?plain=1#L${line}`,
    post: (result: CheckResult) =>
      show("the check result could not be posted", "checks: write", (again) =>
        showRun(at, { ...showing, fresh: showing.fresh && !again }, result),
      ),
  };
}

/** The place where the result of a check in a pull request is shown: its head commit, and a comment. */
export async function pullBoard({ world, tokenEnv, number, sha }: PullContext): Promise<PullBoard> {
  const at: Place = { client: clientOf(world, tokenEnv), at: repositoryOf(world) };
  const listed = async (into: string[]) => {
    const files = await at.client.paginate(at.client.pulls.listFiles, { ...at.at, pull_number: number, per_page: 100 });
    into.push(...files.filter(({ status }) => status !== "removed").map(({ filename }) => filename));
  };
  return {
    ...boardOf(world, at, { sha, fresh: false, keep: false }),
    changes: async () => {
      const paths: string[] = [];
      const what = `the files of pull request #${number} could not be listed, so it gets no comment`;
      return { warnings: await show(what, "pull-requests: write", () => listed(paths)), paths };
    },
    assignable: async (logins) => {
      const known = new Map<string, boolean>();
      const ask = async () => {
        for (const login of logins) known.set(login, await isAssignable(at, login));
      };
      const warnings = await show("whom issues can be assigned to is not known", "issues: read", ask);
      return { assignable: warnings.length === 0 ? known : null, warnings };
    },
    comment: (wanted: Wanted) =>
      show(`the comment in pull request #${number} could not be written`, "pull-requests: write", () => writeComment(at, number, wanted)),
  };
}
