import { Problem } from "../../core/problem.ts";
import { answered, type Reply } from "../../shell/http/ask.ts";

/** More pages than this are no report of days. */
const mostPages = 2000;

/** One page, and where the next one is; null on the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** Every item of every page. @throws Problem as `pagesReply` does, and for what `get` throws. */
export async function allPages<T>(vendor: string, get: (cursor: string | null) => Promise<Page<T>>): Promise<T[]> {
  return answered(await pagesReply(vendor, async (cursor) => ({ ok: true, value: await get(cursor) })));
}

/**
 * Every item of every page, or the first refusal: `get` is asked with the cursor of each page, null for the first.
 * @throws Problem when a vendor gives the same cursor twice, or more than 2000 pages: it would never end.
 */
export async function pagesReply<T>(vendor: string, get: (cursor: string | null) => Promise<Reply<Page<T>>>): Promise<Reply<T[]>> {
  const items: T[] = [];
  const seen = new Set<string>();
  for (let cursor: string | null = null; ;) {
    const reply: Reply<Page<T>> = await get(cursor);
    if (!reply.ok) return reply;
    const page = reply.value;
    items.push(...page.items);
    if (page.next === null) return { ok: true, value: items };
    if (seen.has(page.next) || seen.size >= mostPages)
      throw new Problem(
        seen.has(page.next)
          ? `${vendor} gave the same page twice, so its pages have no end`
          : `${vendor} gave more than ${mostPages} pages`,
        { remedy: "Run again later; if it stays, please report it. Nothing of this source was read." },
      );
    seen.add(page.next);
    cursor = page.next;
  }
}

/** The cursor of the next page as most vendors say it. @throws Problem when there should be a next page without a cursor. */
export function nextPage(
  vendor: string,
  page: { readonly has_more: boolean; readonly next_page?: string | null | undefined },
): string | null {
  if (!page.has_more) return null;
  if (page.next_page) return page.next_page;
  throw new Problem(`${vendor} says that there are more pages, but not where`, {
    remedy: "Run again later; if it stays, please report it. Nothing of this source was read.",
  });
}
