import { join } from "node:path";
import { namesIn, readText } from "./files.ts";

/** A review file as it stands on disk. */
export interface StoredReview {
  readonly id: string;
  /** The path as people write it: `reviews/2026/2026-W47.md`. */
  readonly path: string;
  readonly text: string;
}

const reviewName = /^(\d{4})-W\d{2}\.md$/;

/** Where a review stands below the folder of reviews: `2026/2026-W47.md`, by ISO week-year. */
export function reviewFile(id: string): string {
  return join(id.slice(0, 4), `${id}.md`);
}

/** All weekly reviews below a folder, in order of their ids. @throws Problem for one that cannot be read. */
export async function readReviews(reviews: string, shown: string): Promise<StoredReview[]> {
  const years = (await namesIn(reviews)).filter((name) => /^\d{4}$/.test(name));
  const found = await Promise.all(
    years.map(async (year) =>
      (await namesIn(join(reviews, year))).filter((name) => reviewName.exec(name)?.[1] === year).map((name) => join(year, name)),
    ),
  );
  const texts = found.flat().map(async (name) => ({
    id: name.slice(5, -3),
    path: join(shown, name),
    text: (await readText(join(reviews, name), join(shown, name))) ?? "",
  }));
  return Promise.all(texts);
}
