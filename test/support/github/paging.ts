import type { Answer, Call } from "./call.ts";

const countOf = (text: string | null, preset: number, max: number): number => {
  const count = Number(text ?? preset);
  return Number.isInteger(count) && count >= 1 ? Math.min(count, max) : preset;
};

/** Which part of a list a request asks for: 30 a page unless it says otherwise, never more than 100. */
export function pageOf(call: Call): { size: number; page: number } {
  return { size: countOf(call.query.get("per_page"), 30, 100), page: countOf(call.query.get("page"), 1, Number.MAX_SAFE_INTEGER) };
}

function linkTo(call: Call, page: number, rel: string): string {
  const query = new URLSearchParams(call.query);
  query.set("page", String(page));
  return `<${call.state.api}${call.path}?${query}>; rel="${rel}"`;
}

/** The Link header of one page of so many things, or none. */
export function linksOf(call: Call, total: number): Readonly<Record<string, string>> {
  const { size, page } = pageOf(call);
  const last = Math.ceil(total / size);
  const links = [
    ...(page > 1 ? [linkTo(call, Math.min(page - 1, Math.max(last, 1)), "prev")] : []),
    ...(page < last ? [linkTo(call, page + 1, "next"), linkTo(call, last, "last")] : []),
    ...(page > 1 ? [linkTo(call, 1, "first")] : []),
  ];
  return links.length === 0 ? {} : { link: links.join(", ") };
}

/** The things on the page that is asked for. */
export function onPage<Thing>(call: Call, things: readonly Thing[]): readonly Thing[] {
  const { size, page } = pageOf(call);
  return things.slice((page - 1) * size, page * size);
}

/** One page of a list, each thing shaped only when it is on the page. */
export async function paged<Thing>(call: Call, things: readonly Thing[], shape: (thing: Thing) => unknown): Promise<Answer> {
  return { status: 200, body: await Promise.all(onPage(call, things).map(shape)), headers: linksOf(call, things.length) };
}
