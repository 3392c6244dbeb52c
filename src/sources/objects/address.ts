import { Problem } from "../../core/problem.ts";

/** Whose protocol a store speaks. */
export type StoreKind = "s3" | "azure" | "google";

/** Where objects lie, taken from an entry of `path`. */
export interface Address {
  readonly kind: StoreKind;
  /** The storage account of Azure; empty elsewhere. */
  readonly account: string;
  /** The bucket, or the container of Azure. */
  readonly bucket: string;
  /** A key, the prefix of keys ("folder"), or a glob; empty for the whole bucket. */
  readonly pattern: string;
  /** What stands before a key where messages name an object. */
  readonly base: string;
}

/** True for an entry of `path` that names objects rather than files. */
export function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

const forms = "s3://bucket/prefix, az://account/container/prefix or gs://bucket/prefix";
const blobHost = /^([a-z0-9]{3,24})\.(?:blob|dfs)\.core\.[a-z.]+$/i;
const bucketName = /^[a-z0-9$][a-z0-9._-]*$/i;

/** Takes an address apart. @throws Problem for one that names no store, and for one that carries a secret. */
export function parseAddress(text: string): Address {
  const [, scheme = "", rest = ""] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(text) ?? [];
  const [first = "", second = "", ...others] = rest.split("/");
  const address = addressOf(scheme.toLowerCase(), first, second, others);
  if (address === null) {
    const shown = JSON.stringify(text.replace(/\?.*$/, "?…").replace(/\/\/[^/@]*@/, "//…@"));
    throw new Problem(`${shown} is no address of objects that overpace reads.`, {
      remedy: `Write ${forms} in path of this source; secrets such as ?sig=… belong into the environment (docs/objects.md of overpace).`,
    });
  }
  return address;
}

function addressOf(scheme: string, first: string, second: string, others: readonly string[]): Address | null {
  const after = [second, ...others].join("/");
  const bucket = (kind: "s3" | "google", base: string): Address | null =>
    bucketName.test(first) ? { kind, account: "", bucket: first, pattern: after, base: `${base}${first}/` } : null;
  const container = (account: string): Address | null =>
    /^[a-z0-9]{3,24}$/i.test(account) && bucketName.test(second)
      ? { kind: "azure", account, bucket: second, pattern: others.join("/"), base: `az://${account}/${second}/` }
      : null;
  if (scheme === "s3") return bucket("s3", "s3://");
  if (scheme === "gs") return bucket("google", "gs://");
  if (scheme === "az") return container(first);
  // A glob may hold a question mark, a link may too: one with a signature carries a secret.
  if (scheme === "https" && !/[?&]s(ig|v)=/i.test(after)) return container(blobHost.exec(first)?.[1] ?? "");
  return null;
}
