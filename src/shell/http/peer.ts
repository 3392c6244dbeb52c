import type { World } from "../../core/world.ts";

/** A refusal or another answer as it came. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** What a vendor does otherwise than most. */
export interface Dialect {
  /** Headers that each attempt needs anew: a signature over address, body and time. @throws Problem */
  readonly sign: (url: URL, headers: Readonly<Record<string, string>>, body: string) => Promise<Readonly<Record<string, string>>>;
  /** True for a refusal that passes although its status does not say so. */
  readonly passes: (refusal: Answer) => boolean;
}

/** What a refusal means: what happened, and what to do. */
export interface Meaning {
  readonly message: string;
  readonly remedy: string;
}

/** A server that is asked, with the key that it is asked with. */
export interface Peer {
  /** As messages name it: `OpenAI`. */
  readonly name: string;
  /** What every path is put after; no trailing slash. */
  readonly baseUrl: string;
  /** Sent with each request, the key among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** What must stand nowhere: the key, and each header value that is made from it. */
  readonly secrets: readonly string[];
  /** What to do when the key is refused, and when it may not read what was asked for. */
  readonly help: { readonly key: string; readonly scope: string };
  /**
   * What a refusal means where its status alone does not say it: in words of ours, and what to do. `text` is the raw body, of which nothing may
   * be quoted. Null for what the status says.
   */
  readonly explain?: (status: number, text: string) => Meaning | null;
  readonly world: Pick<World, "fetch" | "second">;
  readonly dialect?: Dialect;
}

/** A value of a query; a list is sent as the same name again and again. */
type QueryValue = string | number | boolean | readonly string[];

/** One request; with a body it is a POST of JSON, with a form one of its fields; both read, so that they may be sent again. */
export interface Query {
  /** After the base, or a whole address that the server itself gave for its next page. */
  readonly path: string;
  readonly query?: Readonly<Record<string, QueryValue | undefined>>;
  readonly body?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** True for a whole address, where others are paths after the base. */
export const isWhole = (path: string): boolean => /^https?:\/\//i.test(path);

/** The address of a request. */
export function addressOf({ baseUrl }: Peer, { path, query = {} }: Query): URL {
  const url = new URL(isWhole(path) ? path : baseUrl + path);
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const item of typeof value === "object" ? value : [value]) url.searchParams.append(name, String(item));
  }
  return url;
}
