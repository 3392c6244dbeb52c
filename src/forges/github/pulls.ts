import type { Desk } from "./desk.ts";

/** A pull request of a review. */
export interface Pull {
  readonly number: number;
  readonly url: string;
  readonly state: "open" | "closed" | "merged";
  /** Its last commit, which can be read when the branch is gone. */
  readonly head: string;
  readonly title: string;
  readonly body: string;
  /** It bears overpace's label, which is set last: all that belongs to it is done. */
  readonly dressed: boolean;
  /** Logins that are asked for a review now. */
  readonly asked: readonly string[];
}

/** What GitHub says of a pull request, as far as it is used here. */
interface Raw {
  readonly number: number;
  readonly html_url: string;
  readonly state: string;
  readonly merged_at?: string | null;
  readonly title: string;
  readonly body: string | null;
  readonly labels: readonly { readonly name: string }[];
  readonly head: { readonly sha: string };
  readonly requested_reviewers?: readonly { readonly login: string }[] | null;
}

const prefix = "overpace/";

/** The branch of a review, which is also the identity of its pull request. */
export function branchOf(id: string): string {
  return `${prefix}${id}`;
}

export const label = "overpace";

export function pullOf(raw: Raw): Pull {
  return {
    number: raw.number,
    url: raw.html_url,
    state: raw.merged_at ? "merged" : raw.state === "open" ? "open" : "closed",
    head: raw.head.sha,
    title: raw.title,
    body: raw.body ?? "",
    dressed: raw.labels.some(({ name }) => name.toLowerCase() === label),
    asked: (raw.requested_reviewers ?? []).map(({ login }) => login),
  };
}

/** So many of the newest pull requests are looked through. */
const mostPulls = 100;

export interface Pulls {
  /** By review id. */
  readonly found: Map<string, Pull>;
  /** Older ones were not looked through: a review that is not found is asked for by its branch. */
  readonly more: boolean;
}

type Listed = Raw & { readonly head: { readonly sha: string; readonly ref: string; readonly repo: { readonly full_name: string } | null } };

/** Those of branches in this repository: a fork's branch may bear any name. */
function own<T extends Listed>({ at }: Desk, pulls: readonly T[]): T[] {
  const name = `${at.owner}/${at.repo}`.toLowerCase();
  return pulls.filter(({ head }) => head.ref.startsWith(prefix) && head.repo?.full_name.toLowerCase() === name);
}

const openOrNewest = (pulls: readonly Listed[]) => pulls.find(({ state }) => state === "open") ?? pulls[0];

/** The pull request of each review among the newest of this repository: an open one if there is one, else the newest. */
export async function pullsOf(desk: Desk): Promise<Pulls> {
  const { data } = await desk.client.pulls.list({ ...desk.at, state: "all", sort: "created", direction: "desc", per_page: mostPulls });
  const byBranch = Map.groupBy(own(desk, data), ({ head }) => head.ref);
  const found = [...byBranch].flatMap(([ref, pulls]) => {
    const raw = openOrNewest(pulls);
    return raw ? [[ref.slice(prefix.length), pullOf(raw)] as const] : [];
  });
  return { found: new Map(found), more: data.length >= mostPulls };
}

/** The pull request of one review, asked for anew by its branch: an open one if there is one, else the newest. */
export async function findPull(desk: Desk, id: string, state: "open" | "all"): Promise<Pull | null> {
  const { client, at } = desk;
  const query = { ...at, state, head: `${at.owner}:${branchOf(id)}`, sort: "created", direction: "desc", per_page: 30 } as const;
  const raw = openOrNewest(own(desk, (await client.pulls.list(query)).data));
  return raw ? pullOf(raw) : null;
}
