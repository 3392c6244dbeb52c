import type { Place } from "./client.ts";

interface Comment {
  readonly id: number;
  readonly body: string;
}

interface Raw {
  readonly id: number;
  readonly body?: string | null;
  readonly user: { readonly type: string } | null;
  readonly author_association?: string;
}

const insiders = new Set(["OWNER", "MEMBER", "COLLABORATOR"]);

/** A stranger who writes the marker first must not have their comment taken for ours. */
function isOurs({ body, user, author_association }: Raw, marker: string): boolean {
  const trusted = user?.type === "Bot" || insiders.has(author_association ?? "");
  return trusted && (body ?? "").startsWith(marker);
}

/** The comment that begins with a marker, looked for from the oldest on: it is one of the first. */
async function find({ client, at }: Place, number: number, marker: string): Promise<Comment | null> {
  const pages = client.paginate.iterator(client.issues.listComments, { ...at, issue_number: number, per_page: 100 });
  for await (const { data } of pages) {
    const found = data.find((comment) => isOurs(comment, marker));
    if (found) return { id: found.id, body: found.body ?? "" };
  }
  return null;
}

/** Two texts that differ in nothing but the commit they link to say the same. */
const plain = (text: string) =>
  text
    .replaceAll(/\/blob\/[0-9a-f]{40}\//g, "/blob/")
    .replaceAll("\r\n", "\n")
    .trim();

export interface Wanted {
  /** The first line of the text, by which it is found again. */
  readonly marker: string;
  readonly text: string;
  /** Whether it is made where there is none. */
  readonly create: boolean;
}

/** One comment of a pull request, updated in place; what says the same already is left alone. */
export async function writeComment(place: Place, number: number, { marker, text, create }: Wanted): Promise<void> {
  const { client, at } = place;
  const found = await find(place, number, marker);
  if (found === null) {
    if (create) await client.issues.createComment({ ...at, issue_number: number, body: text, request: { retries: 0 } });
    return;
  }
  if (plain(found.body) !== plain(text)) await client.issues.updateComment({ ...at, comment_id: found.id, body: text });
}
