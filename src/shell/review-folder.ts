import type { Dirent } from "node:fs";
import { join } from "node:path";
import { Problem } from "../core/problem.ts";
import { readdirSync } from "./node.ts";
import { reviewName } from "./reviews.ts";

/** What stands in a folder of reviews, by paths below it, in order. */
export interface ReviewFolder {
  /** What bears the name of a weekly review; it may still be a link, a folder or anything else. */
  readonly reviews: readonly string[];
  /** Monthly reviews. */
  readonly monthly: readonly string[];
  /** What looks like a review and is not named or placed as one. */
  readonly misnamed: readonly string[];
  /** Folders of a year that are symbolic links. */
  readonly links: readonly string[];
}

const year = /^\d{4}$/;
const monthName = /^\d{4}-\d{2}\.md$/;
const likeReview = /^\d{4}[-_ ]?w?[-_ ]?\d{1,2}\.(?:md|markdown)$/i;

/** The id of a review with more behind it, as whoever saves a copy names it: `2026-W47-final.md`, `2026-W47 (1).md`. */
const longer = /^(\d{4}-W\d{2})[^\d].*\.(?:md|markdown)$/i;

/** Whether a file seems to be a review under a longer name; beside the review itself it is a copy, or people's notes. */
function isRenamed(file: string, names: ReadonlySet<string>): boolean {
  const id = longer.exec(file)?.[1]?.toUpperCase();
  return id !== undefined && !names.has(`${id}.md`);
}

async function entriesOf(folder: string, shown: string): Promise<Dirent[]> {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    throw new Problem("cannot list the folder", {
      remedy: "name the folder of the reviews with --reviews, or review files",
      place: { file: shown },
      cause,
      kind: "usage",
    });
  }
}

/**
 * Lists a folder of reviews; what is neither a review nor looks like one does not matter. Follows no link below it.
 * @throws Problem when it or a folder of a year cannot be listed.
 */
export async function listReviews(folder: string, shown: string): Promise<ReviewFolder> {
  const found = { reviews: [] as string[], monthly: [] as string[], misnamed: [] as string[], links: [] as string[] };
  for (const entry of await entriesOf(folder, shown)) {
    const { name } = entry;
    if (likeReview.test(name)) found.misnamed.push(name);
    if (!year.test(name)) continue;
    if (entry.isSymbolicLink()) found.links.push(name);
    if (!entry.isDirectory()) continue;
    const names = new Set((await entriesOf(join(folder, name), join(shown, name))).map((inner) => inner.name));
    for (const file of names) {
      const path = join(name, file);
      if (reviewName.exec(file)?.[1] === name) found.reviews.push(path);
      else if (monthName.test(file) && file.startsWith(name)) found.monthly.push(path);
      else if (likeReview.test(file) || isRenamed(file, names)) found.misnamed.push(path);
    }
  }
  return found;
}
