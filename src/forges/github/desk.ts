import { Problem } from "../../core/problem.ts";
import type { Client, Place, Repository } from "./client.ts";
import { problemOf } from "./refusal.ts";

/** Who and where, for every request of one run. */
export interface Desk extends Place {
  readonly defaultBranch: string;
  readonly reviewers: readonly string[];
}

/** Runs requests; what GitHub refuses becomes a Problem that says what was being done and which setting to change. */
export async function saying<T>(doing: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw problemOf(error, doing);
  }
}

/** The repository by its present name and case: an old name is forwarded, and pull requests bear the new one. */
export async function deskOf(client: Client, asked: Repository, reviewers: readonly string[]): Promise<Desk> {
  const { data } = await saying(`reading ${asked.owner}/${asked.repo}`, () => client.repos.get({ ...asked }));
  const [owner, repo] = typeof data?.full_name === "string" ? data.full_name.split("/") : [];
  if (!owner || !repo)
    throw new Problem("GITHUB_API_URL does not answer like GitHub's API", {
      remedy: "set it to https://api.github.com, or to https://HOST/api/v3 for a GitHub of your own",
      kind: "usage",
    });
  return { client, at: { owner, repo }, defaultBranch: data.default_branch, reviewers };
}
