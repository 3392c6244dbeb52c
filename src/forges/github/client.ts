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

/** What every request needs. */
export interface Place {
  readonly client: Client;
  readonly at: Repository;
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

/** Waiting longer than this is left to the next run. */
const longestWaitSeconds = 120;
/** A refusal that says what is so is not asked again; the client's own list lacks 409 (an empty repository). */
const doNotRetry = [400, 401, 403, 404, 405, 409, 410, 422, 451];

const standardToken = "GITHUB_TOKEN";

/** The token as it is sent. What cannot stand in a header is refused here: the refusal of `fetch` would quote it. */
function tokenOf(env: World["env"], name: string): string {
  const token = (env[name] ?? "").trim();
  if (token === "")
    throw new Problem(`${name} is not set`, {
      remedy:
        name === standardToken
          ? "give the job a token: env: { GITHUB_TOKEN: ${{ github.token }} }"
          : `put the token there, or take tokenEnv out of overpace.yaml to use ${standardToken}`,
      kind: "usage",
    });
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new Problem(`${name} holds a blank, a line break or a letter that no token has`, {
      remedy: "set it again, the token alone on one line",
      kind: "usage",
    });
  return token;
}

/**
 * A client for the API at `GITHUB_API_URL` with the token of the variable `tokenEnv`. Reading requests are repeated after a passing fault;
 * creating ones never, as the first may have worked (`request.retries` is 0 for them at the place of the call).
 */
export function clientOf({ env, fetch, second }: World, tokenEnv: string): Client {
  const once = (after: number, _options: object, _octokit: object, count: number) => count < 1 && after <= longestWaitSeconds;
  return new Kit({
    auth: tokenOf(env, tokenEnv),
    baseUrl: (env["GITHUB_API_URL"] || "https://api.github.com").replace(/\/+$/, ""),
    userAgent: `overpace/${version}`,
    log: silent,
    request: { fetch },
    retry: { retries: 2, doNotRetry, retryAfterBaseValue: second },
    throttle: { enabled: second > 0, retryAfterBaseValue: second, onRateLimit: once, onSecondaryRateLimit: once },
  });
}
