import { join, relative } from "node:path";
import { unlessRefusedLater } from "../core/problem.ts";
import { isFolder, namesIn, readText } from "./files.ts";
import { readdirSync } from "./node.ts";

/** A review file as it stands on disk. */
export interface StoredReview {
  readonly id: string;
  /** The path as people write it: `reviews/2026/2026-W47.md`. */
  readonly path: string;
  /** Empty where it cannot be read as text. */
  readonly text: string;
}

/** A file among others, null where it cannot be read as text. */
const readableText = (path: string, shown: string) => unlessRefusedLater(readText(path, shown));

/** The file name of a weekly review, with its ISO week-year. */
export const reviewName = /^(\d{4})-W\d{2}\.md$/;

/** Where a review stands below the folder of reviews: `2026/2026-W47.md`, by ISO week-year. */
export function reviewFile(id: string): string {
  return join(id.slice(0, 4), `${id}.md`);
}

const idOf = (name: string) => name.slice(5, -3);

/** All weekly reviews below a folder that are wanted, in order of their ids. */
export async function readReviews(reviews: string, shown: string, isWanted: (id: string) => boolean = () => true): Promise<StoredReview[]> {
  const years = (await namesIn(reviews)).filter((name) => /^\d{4}$/.test(name));
  const found = await Promise.all(
    years.map(async (year) =>
      (await namesIn(join(reviews, year))).filter((name) => reviewName.exec(name)?.[1] === year).map((name) => join(year, name)),
    ),
  );
  const wanted = found.flat().filter((name) => isWanted(idOf(name)));
  const texts = wanted.map(async (name) => ({
    id: idOf(name),
    path: join(shown, name),
    text: (await readableText(join(reviews, name), join(shown, name))) ?? "",
  }));
  return Promise.all(texts);
}

/** A Markdown file below the folder of reviews. */
export interface MarkdownFile {
  readonly path: string;
  /** Null when it cannot be read. */
  readonly text: string | null;
  /** It bears the name of a weekly review. */
  readonly named: boolean;
}

/** Every Markdown file below a folder, a review that people renamed among them; no link is followed. Null when there is no such folder. */
export async function readMarkdown(reviews: string, shown: string): Promise<MarkdownFile[] | null> {
  if (!(await isFolder(reviews))) return null;
  const entries = readdirSync(reviews, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".md"));
  return Promise.all(
    files.map(async ({ name, parentPath }) => {
      const path = join(shown, relative(reviews, parentPath), name);
      return { path, text: await readableText(join(parentPath, name), path), named: reviewName.test(name) };
    }),
  );
}
