import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import { Problem } from "../../core/problem.ts";
import type { World } from "../../core/world.ts";
import { version } from "../../version.ts";

export type Client = Octokit;

/** The repository that is written to. */
export interface Repository {
  readonly owner: string;
  readonly repo: string;
}

const Kit = Octokit.plugin(retry, throttling);
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** The repository of `GITHUB_REPOSITORY`. @throws Problem when it is not set. */
export function repositoryOf({ env }: World): Repository {
  const [owner, repo, ...rest] = (env["GITHUB_REPOSITORY"] ?? "").split("/");
  if (!owner || !repo || rest.length > 0)
    throw new Problem("GITHUB_REPOSITORY does not name a repository", {
      remedy: "set it to owner/name, as GitHub Actions does",
      kind: "usage",
    });
  return { owner, repo };
}

/**
 * A client for the API at `GITHUB_API_URL` with the token of `GITHUB_TOKEN`. Reading requests are repeated after a passing fault;
 * creating ones never, as the first may have worked (`request.retries` is 0 for them at the place of the call).
 */
export function clientOf({ env, fetch, second }: World): Client {
  const token = env["GITHUB_TOKEN"];
  if (!token)
    throw new Problem("GITHUB_TOKEN is not set", {
      remedy: "give the job a token: env: { GITHUB_TOKEN: ${{ github.token }} }",
      kind: "usage",
    });
  const once = (_after: number, _options: object, _octokit: object, count: number) => count < 1;
  return new Kit({
    auth: token,
    baseUrl: env["GITHUB_API_URL"] ?? "https://api.github.com",
    userAgent: `overpace/${version}`,
    log: silent,
    request: { fetch },
    retry: { retries: 2, retryAfterBaseValue: second },
    throttle: { enabled: second > 0, retryAfterBaseValue: second, onRateLimit: once, onSecondaryRateLimit: once },
  });
}
