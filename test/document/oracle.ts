import remarkParse from "remark-parse";
import { unified } from "unified";

/** A body cut at its zones, found by a full CommonMark parser instead of our line scanner. */
export interface Cut {
  readonly zones: { readonly key: string; readonly text: string }[];
  /** The text before the first zone, then the text behind each zone up to the next. */
  readonly outside: string[];
}

const parser = unified().use(remarkParse);

/** Cuts a body that is known to be undamaged. */
export function cutZones(body: string): Cut {
  const markers = parser.parse(body).children.flatMap((node) => {
    if (node.type !== "html" || node.position?.start.column !== 1) return [];
    // A comment that people left open ends with the marker below it.
    const before = node.value.search(/^<!-- \/?overpace:/m);
    const text = node.value.slice(before).trimEnd();
    const start = (node.position.start.offset ?? 0) + before;
    return before === -1 ? [] : [{ start, end: start + text.length, text }];
  });
  const zones: { key: string; text: string }[] = [];
  const outside: string[] = [];
  let last = 0;
  for (let index = 0; index < markers.length; index += 2) {
    const [open, close] = [markers[index], markers[index + 1]];
    if (!open || !close || open.text.startsWith("<!-- /") || !close.text.startsWith("<!-- /"))
      throw new Error(`markers do not pair up in:\n${body}`);
    outside.push(body.slice(last, open.start));
    const inner = body.slice(body.indexOf("\n", open.end) + 1, close.start).replaceAll("\r\n", "\n");
    zones.push({ key: open.text.slice("<!-- overpace:".length, -" -->".length), text: inner.replace(/\n$/, "") });
    last = close.end;
  }
  return { zones, outside: [...outside, body.slice(last)] };
}

/** The tokens that people's text was tagged with, in order. */
export function tokensOf(text: string): string[] {
  return text.match(/HUMAN\d+X/g) ?? [];
}
