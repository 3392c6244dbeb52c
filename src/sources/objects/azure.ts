import { Readable } from "node:stream";
import type { World } from "../../core/world.ts";
import type { Address } from "./address.ts";
import { loadClient } from "./client.ts";
import type { ObjectSettings } from "./settings.ts";
import type { ObjectStore } from "./store.ts";

/**
 * A container of Azure Blob Storage. Credentials: `AZURE_STORAGE_KEY` or `AZURE_STORAGE_SAS_TOKEN`, as the Azure CLI names them, else the default
 * chain of Azure Identity (environment, workload identity by OIDC, managed identity, signed-in tools). `endpoint` stands for
 * `https://<account>.blob.core.windows.net`.
 */
export async function openAzure({ account, bucket }: Address, { endpoint }: ObjectSettings, { env }: World): Promise<ObjectStore> {
  const { ContainerClient, StorageSharedKeyCredential } = await loadClient(
    ["@azure/storage-blob", "@azure/identity"],
    () => import("@azure/storage-blob"),
  );
  const [key, sas] = [env["AZURE_STORAGE_KEY"], env["AZURE_STORAGE_SAS_TOKEN"]];
  const url = `${(endpoint ?? `https://${account}.blob.core.windows.net`).replace(/\/+$/, "")}/${bucket}`;
  const options = { retryOptions: { maxTries: 4, tryTimeoutInMs: 60_000 } };
  const container = key
    ? new ContainerClient(url, new StorageSharedKeyCredential(account, key), options)
    : sas
      ? new ContainerClient(`${url}?${sas.replace(/^\?/, "")}`, undefined, options)
      : new ContainerClient(url, await defaultCredential(), options);
  return {
    list: async function* (prefix) {
      for await (const { name, properties } of container.listBlobsFlat({ prefix }))
        yield { key: name, size: properties.contentLength ?? 0, version: properties.etag };
    },
    open: async ({ key, version }) => {
      const { readableStreamBody } = await container.getBlobClient(key).download(0, undefined, { conditions: { ifMatch: version } });
      if (readableStreamBody instanceof Readable) return readableStreamBody;
      throw new Error("the answer has no body");
    },
  };
}

async function defaultCredential() {
  const { DefaultAzureCredential } = await loadClient(["@azure/storage-blob", "@azure/identity"], () => import("@azure/identity"));
  return new DefaultAzureCredential();
}
