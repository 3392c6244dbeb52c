import { Problem } from "../../core/problem.ts";

interface Refusal {
  /** Of HTTP; what GraphQL refuses in an answer of 200 is given the status that fits its type. */
  readonly status: number;
  readonly message: string;
}

/** The statuses of what GraphQL refuses. */
const statusOfType: Readonly<Record<string, number>> = {
  FORBIDDEN: 403,
  INSUFFICIENT_SCOPES: 403,
  NOT_FOUND: 404,
  STALE_DATA: 409,
  UNPROCESSABLE: 422,
  RATE_LIMITED: 429,
};

/** What GraphQL refused; null for anything else. Without a known type it is a 422, and a moved head is known by its words. */
function graphqlRefusal(error: object): Refusal | null {
  if (!("errors" in error) || !Array.isArray(error.errors)) return null;
  const [first] = error.errors as readonly unknown[];
  if (typeof first !== "object" || first === null) return null;
  const message = "message" in first ? String(first.message) : "";
  const moved = /expected branch to point to|expected head/i.test(message);
  return { status: moved ? 409 : (statusOfType["type" in first ? String(first.type) : ""] ?? 422), message };
}

/** Status and words of an answer that refused; 500 and more when there was no answer; null for anything else. */
export function refusalOf(error: unknown): Refusal | null {
  if (typeof error !== "object" || error === null) return null;
  if (!("status" in error) || typeof error.status !== "number") return graphqlRefusal(error);
  return { status: error.status, message: error instanceof Error ? error.message : "" };
}

export function isStatus(error: unknown, ...statuses: readonly number[]): boolean {
  const refusal = refusalOf(error);
  return refusal !== null && statuses.includes(refusal.status);
}

/** What passes by itself: a limit, or a host that does not answer. */
export function isPassing({ status, message }: Refusal): boolean {
  return status >= 500 || status === 429 || (status === 403 && /rate limit/i.test(message));
}

interface Cause {
  readonly status: readonly number[];
  /** Left out: whatever it says. */
  readonly words?: RegExp;
  readonly what: string;
  readonly remedy: string;
}

/** What is left of 403 when nothing else is said: proposing needs these two, other things say theirs. */
const lackOfPermission: Cause = {
  status: [403],
  what: "the token lacks a permission",
  remedy: "give the job permissions: { contents: write, pull-requests: write }, or the token the same",
};

/** What people can cause, each with the setting to change: the status first, the words second. The first that fits counts. */
const causes: readonly Cause[] = [
  {
    status: [401],
    what: "GitHub does not accept the token",
    remedy:
      "check GITHUB_TOKEN, or the variable that forge.tokenEnv names: it may be expired, revoked, or of another host than GITHUB_API_URL",
  },
  {
    status: [403, 422],
    words: /not permitted to create or approve pull requests/i,
    what: "GitHub Actions may not create pull requests in this repository",
    remedy:
      'switch on "Allow GitHub Actions to create and approve pull requests" (Settings → Actions → General; an organization may hold it off), or use a GitHub App token',
  },
  {
    status: [403],
    words: /archived/i,
    what: "the repository is archived",
    remedy: "unarchive it, or publish to another repository",
  },
  {
    status: [403, 429],
    words: /rate limit/i,
    what: "GitHub's rate limit is used up",
    remedy: "run again in an hour; the run goes on where it stopped",
  },
  { status: [429], what: "GitHub's rate limit is used up", remedy: "run again in an hour; the run goes on where it stopped" },
  {
    status: [403, 409, 422],
    words: /protected branch|repository rule|made through a pull request|status checks? .*expected|creations being restricted/i,
    what: "a rule of the repository refuses the branch",
    remedy: "let the workflow create and update branches named overpace/* (Settings → Rules or Branches), then run again",
  },
  {
    status: [403],
    words: /SAML|single sign-on|SSO/i,
    what: "the organization wants the token authorized for single sign-on",
    remedy: "authorize it (Settings → Developer settings → the token → Configure SSO), or use a GitHub App token",
  },
  {
    status: [403],
    words: /IP allow list/i,
    what: "the organization's IP allow list refuses this machine",
    remedy: "run on a machine on the list, or add it (organization → Settings → Authentication security)",
  },
  lackOfPermission,
  {
    status: [404],
    what: "GitHub knows no such repository, or the token may not see it",
    remedy: "check GITHUB_REPOSITORY and what the token may read",
  },
  {
    status: [422],
    words: /No commits between|no history in common/i,
    what: "the branch brings nothing that the default branch lacks",
    remedy: "delete the branch, update the checkout (git pull), then run again",
  },
  {
    status: [422],
    words: /must be a collaborator/i,
    what: "the token's owner may not create pull requests",
    remedy: "use the token of somebody with write access, or that of the workflow",
  },
  {
    status: [422],
    words: /not a collaborator|may only be requested from collaborators|could not resolve to a node/i,
    what: "they need access to the repository",
    remedy: "check the logins under `owners` and give them access (Settings → Collaborators)",
  },
  {
    status: [422],
    words: /requested from pull request author/i,
    what: "the token is theirs, and GitHub asks no author to review",
    remedy: "use the token of the workflow",
  },
  {
    status: [410],
    what: "this is switched off in the repository",
    remedy: "switch it on (Settings → General → Features)",
  },
];

function causeOf({ status, message }: Refusal): Cause | undefined {
  return causes.find((cause) => cause.status.includes(status) && (cause.words?.test(message) ?? true));
}

/** Whether a permission is what is missing, as far as GitHub's words tell: not a setting of the repository or the organization. */
export function lacksPermission(refusal: Refusal): boolean {
  return causeOf(refusal) === lackOfPermission;
}

/** Words of GitHub in one line, without anything that looks like a token. */
function wordsOf({ message }: Refusal): string {
  return message
    .replace(/(?:gh[a-z]|github_pat)_[A-Za-z0-9._-]+/g, "***")
    .replace(/\s+/g, " ")
    .slice(0, 300);
}

/** Why a request that spoils nothing was refused or not answered, as the rest of a sentence. */
export function reasonOf(refusal: Refusal): string {
  const cause = causeOf(refusal);
  if (!cause && refusal.status >= 500)
    return `GitHub does not answer (${refusal.status}): ${wordsOf(refusal)}: run again later, and check GITHUB_API_URL and the network if it stays`;
  return cause ? `${cause.what} (${refusal.status}): ${cause.remedy}` : `GitHub refused (${refusal.status}): ${wordsOf(refusal)}`;
}

/** A refused request as a Problem with the setting to change; what did not come from GitHub is given back as it is. */
export function problemOf(error: unknown, doing: string): unknown {
  if (error instanceof Problem) return error;
  const refusal = refusalOf(error);
  if (refusal === null) return error;
  const cause = causeOf(refusal);
  if (cause) return new Problem(`${doing}: ${cause.what} (${refusal.status})`, { remedy: cause.remedy, cause: error });
  if (refusal.status >= 500)
    return new Problem(`${doing}: GitHub does not answer (${refusal.status}): ${wordsOf(refusal)}`, {
      remedy: "run again later, it goes on where it stopped; if it stays, check GITHUB_API_URL and the network",
      cause: error,
    });
  return new Problem(`${doing}: GitHub refused (${refusal.status}): ${wordsOf(refusal)}`, {
    remedy: "run again; if it stays, the words above say what GitHub does not accept",
    cause: error,
  });
}
