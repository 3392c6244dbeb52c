import { read, type Route } from "../call.ts";
import { paged } from "../paging.ts";
import { deploymentShape, releaseShape } from "../shapes/release.ts";

/** Releases and deployments, the newest first; drafts are shown to those who may write only, which none of our tokens needs. */
export const releaseRoutes: readonly Route[] = [
  read("contents", "/releases", (call) =>
    paged(call, call.repo.releases.filter(({ at }) => at !== null).toReversed(), (release) => releaseShape(call.state, call.repo, release)),
  ),
  read("deployments", "/deployments", (call) =>
    paged(call, call.repo.deployments.toReversed(), (deployment) => deploymentShape(call.state, call.repo, deployment)),
  ),
];
