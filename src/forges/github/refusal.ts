import { Problem } from "../../core/problem.ts";

interface Refusal {
  readonly status: number;
  readonly message: string;
}

/** Status and words of an answer that refused; null for anything else, such as a cut connection. */
export function refusalOf(error: unknown): Refusal | null {
  if (typeof error !== "object" || error === null || !("status" in error) || typeof error.status !== "number") return null;
  return { status: error.status, message: error instanceof Error ? error.message : "" };
}

export function isStatus(error: unknown, ...statuses: readonly number[]): boolean {
  const refusal = refusalOf(error);
  return refusal !== null && statuses.includes(refusal.status);
}

/** What people can cause, by what GitHub says: each with the setting to change. The first that fits counts. */
const causes: readonly { readonly fits: (refusal: Refusal) => boolean; readonly what: string; readonly remedy: string }[] = [
  {
    fits: ({ status }) => status === 401,
    what: "GitHub does not accept the token",
    remedy: "check GITHUB_TOKEN: it may be expired, revoked, or of another host than GITHUB_API_URL",
  },
  {
    fits: ({ message }) => /not permitted to create or approve pull requests/i.test(message),
    what: "GitHub Actions may not create pull requests in this repository",
    remedy:
      'switch on "Allow GitHub Actions to create and approve pull requests" (Settings → Actions → General; an organization may hold it off), or use a GitHub App token',
  },
  {
    fits: ({ message }) => /archived/i.test(message),
    what: "the repository is archived",
    remedy: "unarchive it, or publish to another repository",
  },
  {
    fits: ({ message }) => /rate limit/i.test(message),
    what: "GitHub's rate limit is used up",
    remedy: "run again in an hour; the run goes on where it stopped",
  },
  {
    fits: ({ message }) => /protected branch|repository rule/i.test(message),
    what: "a rule of the repository refuses the branch",
    remedy: "let the workflow create and update branches named overpace/* (Settings → Rules or Branches)",
  },
  {
    fits: ({ status, message }) => status === 403 && /not accessible/i.test(message),
    what: "the token lacks a permission",
    remedy: "give the job permissions: { contents: write, pull-requests: write }, or the token the same",
  },
  {
    fits: ({ status }) => status === 404,
    what: "GitHub knows no such repository, or the token may not see it",
    remedy: "check GITHUB_REPOSITORY and what the token may read",
  },
];

/** A refused request as a Problem with the setting to change; what did not come from GitHub is given back as it is. */
export function problemOf(error: unknown, doing: string): unknown {
  if (error instanceof Problem) return error;
  const refusal = refusalOf(error);
  if (refusal === null) return error;
  const cause = causes.find(({ fits }) => fits(refusal));
  if (cause) return new Problem(`${doing}: ${cause.what} (${refusal.status})`, { remedy: cause.remedy, cause: error });
  const said = refusal.message.replace(/gh[a-z]_[A-Za-z0-9._-]+/g, "***");
  return new Problem(`${doing}: GitHub refused (${refusal.status}): ${said}`, {
    remedy: "run again; if it stays, the words above say what GitHub does not accept",
    cause: error,
  });
}
