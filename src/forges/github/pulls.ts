import type { Desk } from "./index.ts";

/** A pull request of a review. */
export interface Pull {
  readonly number: number;
  readonly url: string;
  readonly state: "open" | "closed" | "merged";
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
    title: raw.title,
    body: raw.body ?? "",
    dressed: raw.labels.some(({ name }) => name.toLowerCase() === label),
    asked: (raw.requested_reviewers ?? []).map(({ login }) => login),
  };
}

/** So many of the newest pull requests are looked through. */
const mostPulls = 100;

/** The pull request of each review in this repository (not in forks): an open one if there is one, else the newest. */
export async function pullsOf({ client, at }: Desk): Promise<Map<string, Pull>> {
  const { data } = await client.pulls.list({ ...at, state: "all", sort: "created", direction: "desc", per_page: mostPulls });
  const own = data.filter(
    ({ head }) => head.ref.startsWith(prefix) && head.repo?.full_name.toLowerCase() === `${at.owner}/${at.repo}`.toLowerCase(),
  );
  const found = new Map<string, Pull>();
  for (const raw of own) {
    const id = raw.head.ref.slice(prefix.length);
    const known = found.get(id);
    if (!known || (known.state !== "open" && raw.state === "open")) found.set(id, pullOf(raw));
  }
  return found;
}

/** The open pull request of one review, asked for anew. */
export async function findPull({ client, at }: Desk, id: string): Promise<Pull | null> {
  const { data } = await client.pulls.list({ ...at, state: "open", head: `${at.owner}:${branchOf(id)}`, per_page: 10 });
  return data[0] ? pullOf(data[0]) : null;
}
