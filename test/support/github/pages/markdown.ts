import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { parse } from "yaml";
import { isFields } from "../call.ts";
import { escape, h, type Safe, safe } from "./html.ts";

/** Where a text stands: addresses in it are relative to the page, and one that begins with a slash to the root of the branch. */
export interface Place {
  /** The path of the page. */
  readonly page: string;
  /** The path of the raw files of the branch, without a slash at its end; null in issues and pull requests. */
  readonly raw: string | null;
}

const tags =
  /^<\/?(?:details|summary|picture|source|img|sub|sup|br|kbd|p|div|h[1-6]|b|strong|i|em|a|table|thead|tbody|tr|td|th|ul|ol|li|hr)\b/i;
const attributes = /\s(src|srcset|alt|width|height|media|align|open|href|colspan|rowspan)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/gi;

function safeTag(tag: string): string {
  const name = tags.exec(tag)?.[0];
  if (name === undefined) return escape(tag);
  if (name.startsWith("</")) return `${name}>`;
  const kept = [...tag.slice(name.length).matchAll(attributes)].map(([, key = "", value]) => {
    const text = value?.replaceAll(/^["']|["']$/g, "") ?? "";
    return /^\s*(?:javascript|data|vbscript):/i.test(text) ? "" : ` ${key}="${escape(text)}"`;
  });
  return `${name}${kept.join("")}>`;
}

/** What GitHub leaves of HTML inside Markdown: no comments, a few tags with a few attributes, all else as text. */
const safeHtml = (html: string): string =>
  html
    .replaceAll(/<!--[^]*?-->/g, "")
    .split(/(<[^>]*>)/)
    .map((part) => (part.startsWith("<") && part.endsWith(">") ? safeTag(part) : escape(part)))
    .join("");

type Context = {
  buffer: () => void;
  resume: () => string;
  raw: (html: string) => void;
  lineEndingIfNeeded: () => void;
  sliceSerialize: (token: never) => string;
};

const htmlExtension = {
  enter: {
    htmlFlow(this: Context): void {
      this.lineEndingIfNeeded();
      this.buffer();
    },
    htmlText(this: Context): void {
      this.buffer();
    },
  },
  exit: {
    htmlFlow(this: Context, token: never): void {
      this.resume();
      this.raw(safeHtml(this.sliceSerialize(token)));
    },
    htmlText(this: Context, token: never): void {
      this.resume();
      this.raw(safeHtml(this.sliceSerialize(token)));
    },
  },
};

/** Images come raw; an address from the root means the root of the branch. */
function placed(html: string, { page, raw }: Place): string {
  return html.replaceAll(/(<(?:img|source)\b[^>]*?\s(?:src|srcset)=")([^"]*)"/g, (whole, before: string, address: string) => {
    if (/^(?:[a-z]+:|\/\/|#)/i.test(address) || raw === null) return whole;
    const path = address.startsWith("/") ? raw + address : new URL(address, `http://x${page}`).pathname.replace("/blob/", "/raw/");
    return `${before}${path}"`;
  });
}

const alerts = (html: string): string =>
  html.replaceAll(
    /<blockquote>\n<p>\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\n/g,
    (_, kind: string) => `<blockquote class="alert ${kind.toLowerCase()}">\n<p><b>${kind.slice(0, 1)}${kind.slice(1).toLowerCase()}</b>`,
  );

/** Names of people and numbers of issues become links, outside code and links; only in issues and pull requests. */
function references(html: string, repo: string): string {
  let inside = 0;
  return html
    .split(/(<[^>]*>)/)
    .map((part) => {
      if (/^<(?:code|pre|a)\b/.test(part)) inside += 1;
      if (/^<\/(?:code|pre|a)>/.test(part)) inside -= 1;
      if (part.startsWith("<") || inside > 0) return part;
      return part
        .replaceAll(/(^|[^\w&/@])@([a-z\d](?:[a-z\d-]{0,38}))/gi, '$1<a href="/$2">@$2</a>')
        .replaceAll(/(^|[\s(])#(\d+)\b/g, `$1<a href="${repo}/issues/$2">#$2</a>`);
    })
    .join("");
}

/** Markdown as GitHub shows it; `repo` is the path of the repository when mentions count. */
export function markdown(text: string, place: Place, repo: string | null = null): Safe {
  const html = micromark(text, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml(), htmlExtension as unknown as ReturnType<typeof gfmHtml>],
  });
  const shown = alerts(placed(html, place));
  return safe(repo === null ? shown : references(shown, repo));
}

function tableOf(value: unknown): Safe {
  if (Array.isArray(value))
    return value.length === 0 ? safe("") : h`<table><tr>${value.map((one: unknown) => h`<td>${tableOf(one)}</td>`)}</tr></table>`;
  if (isFields(value)) {
    const keys = Object.keys(value);
    return h`<table><tr>${keys.map((key) => h`<th>${key}</th>`)}</tr><tr>${keys.map((key) => h`<td>${tableOf(value[key])}</td>`)}</tr></table>`;
  }
  return h`${value === null || value === undefined ? "" : String(value)}`;
}

/** A Markdown file: its front matter is a table on top; a broken one is shown with what is wrong. */
export function markdownFile(text: string, place: Place): Safe {
  const [, front, body] = /^---\n([^]*?)\n---\n([^]*)$/.exec(text) ?? [];
  if (front === undefined || body === undefined) return markdown(text, place);
  try {
    return h`${tableOf(parse(front, { maxAliasCount: 0 }))}${markdown(body, place)}`;
  } catch (error) {
    return h`<p><b>Error in user YAML:</b> ${error instanceof Error ? error.message : String(error)}</p><pre>${front}</pre>${markdown(body, place)}`;
  }
}
