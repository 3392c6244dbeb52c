import type { Readable } from "node:stream";

/** An object as a listing names it. */
export interface StoredObject {
  readonly key: string;
  readonly size: number;
  /** What changes with its content: an ETag, or the number of a generation. */
  readonly version: string;
}

/** One bucket or container: what a source needs of it. Both functions throw what the client throws; `refusal` turns it into words. */
export interface ObjectStore {
  /** Every object whose key begins so, in the order of keys. */
  readonly list: (prefix: string) => AsyncIterable<StoredObject>;
  /** The bytes of an object, in the version that was listed; fails with status 412 (or 404) when there is another by now. */
  readonly open: (object: StoredObject) => Promise<Readable>;
}
