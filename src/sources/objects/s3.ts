import { Readable } from "node:stream";
import type { World } from "../../core/world.ts";
import type { Address } from "./address.ts";
import { loadClient } from "./client.ts";
import type { ObjectSettings } from "./settings.ts";
import type { ObjectStore } from "./store.ts";

/**
 * A bucket of S3, or of a server that speaks its protocol. Credentials come from the default chain of the AWS SDK: environment, web identity
 * (OIDC), shared files, IAM Identity Center, container and instance roles.
 */
export async function openS3({ bucket }: Address, { endpoint, region }: ObjectSettings, { env }: World): Promise<ObjectStore> {
  const { GetObjectCommand, S3Client, paginateListObjectsV2 } = await loadClient(
    ["@aws-sdk/client-s3"],
    () => import("@aws-sdk/client-s3"),
  );
  const named = region ?? env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"];
  const client = new S3Client({
    // The bucket's own region is found by following the answer of any other.
    region: named ?? "us-east-1",
    followRegionRedirects: true,
    requestHandler: { connectionTimeout: 10_000, requestTimeout: 60_000 },
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
  });
  return {
    list: async function* (prefix) {
      for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
        for (const { Key, Size, ETag } of page.Contents ?? []) yield { key: Key ?? "", size: Size ?? 0, version: ETag ?? "" };
      }
    },
    open: async ({ key, version }) => {
      const { Body } = await client.send(
        new GetObjectCommand({ Bucket: bucket, Key: key, ...(version === "" ? {} : { IfMatch: version }) }),
      );
      if (Body instanceof Readable) return Body;
      throw new Error("the answer has no body");
    },
  };
}
