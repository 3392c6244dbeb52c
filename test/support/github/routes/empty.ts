import { listRefs } from "../git/refs.ts";
import { refuse } from "../refusal.ts";
import type { Repo } from "../state.ts";

/** The Git Data API does not work in a repository without a commit. */
export function refuseEmpty(repo: Repo): void {
  if (listRefs(repo.store, "refs/heads/").length === 0) throw refuse(409, "Git Repository is empty.");
}
