import { Readable } from "node:stream";
import * as z from "zod/mini";
import { Problem } from "../../core/problem.ts";
import type { World } from "../../core/world.ts";
import type { Address } from "./address.ts";
import { loadClient } from "./client.ts";
import type { ObjectSettings } from "./settings.ts";
import type { ObjectStore, StoredObject } from "./store.ts";

const page = z.object({
  items: z._default(z.array(z.object({ name: z.string(), size: z.string(), generation: z.string() })), []),
  nextPageToken: z.optional(z.string()),
});
const refused = z.object({ error: z.object({ message: z.string() }) });

/**
 * A bucket of Google Cloud Storage, through its JSON API. Credentials are Application Default Credentials, workload identity federation (OIDC)
 * included. To a server without TLS, such as an emulator, no token is sent.
 * Source: https://cloud.google.com/storage/docs/json_api/v1/objects
 */
export async function openGoogle({ bucket, base }: Address, { endpoint }: ObjectSettings, { env, fetch }: World): Promise<ObjectStore> {
  const emulator = env["STORAGE_EMULATOR_HOST"];
  const origin = (endpoint ?? (emulator === undefined ? "https://storage.googleapis.com" : withScheme(emulator))).replace(/\/+$/, "");
  const headers = origin.startsWith("https:") ? await tokenHeaders() : async () => new Headers();
  const ask = async (query: Readonly<Record<string, string>>, key?: string) => {
    const object = key === undefined ? "" : `/${encodeURIComponent(key)}`;
    const url = `${origin}/storage/v1/b/${encodeURIComponent(bucket)}/o${object}?${new URLSearchParams(query).toString()}`;
    const answer = await fetch(url, { headers: await headers(), redirect: "error" });
    if (answer.ok) return answer;
    const { data } = refused.safeParse(await answer.json().catch(() => null));
    throw Object.assign(new Error(data?.error.message ?? answer.statusText), { status: answer.status });
  };
  return {
    list: async function* (prefix): AsyncGenerator<StoredObject> {
      let pageToken: string | undefined;
      do {
        const fields = "items(name,size,generation),nextPageToken";
        const answer = await ask({ prefix, fields, ...(pageToken === undefined ? {} : { pageToken }) });
        const { items, nextPageToken } = page.parse(await answer.json());
        for (const { name, size, generation } of items) yield { key: name, size: Number(size), version: generation };
        pageToken = nextPageToken;
      } while (pageToken !== undefined);
    },
    open: async ({ key, version }) => {
      const { body, headers } = await ask({ alt: "media", ifGenerationMatch: version }, key);
      if (headers.get("content-encoding") !== null) throw encoded(`${base}${key}`);
      if (body === null) throw new Error("the answer has no body");
      return Readable.fromWeb(body);
    },
  };
}

/** Such an object is unpacked on its way: neither its size nor its name fit what arrives. */
function encoded(name: string): Problem {
  return new Problem(`${name} is stored with the metadata Content-Encoding: gzip.`, {
    remedy: `Take it off: gcloud storage objects update --clear-content-encoding ${name} (its name says that it is packed).`,
    place: { file: name },
  });
}

const withScheme = (host: string) => (/^https?:\/\//.test(host) ? host : `http://${host}`);

async function tokenHeaders(): Promise<() => Promise<Headers>> {
  const { GoogleAuth } = await loadClient(["google-auth-library"], () => import("google-auth-library"));
  const auth = new GoogleAuth({ scopes: ["https://www.googleapis.com/auth/devstorage.read_only"] });
  return () => auth.getRequestHeaders();
}
