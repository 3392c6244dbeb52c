import * as z from "zod/mini";

function isEndpoint(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "" && url.search === "";
}

/** What a source that reads files may say about the store of its objects. */
export const objectKeys = {
  /** Another server than that of the cloud: one that speaks the protocol of S3, Azure Blob or Google Cloud Storage. */
  endpoint: z.optional(
    z
      .string()
      .check(z.refine(isEndpoint, "expected the address of a server, such as https://minio.example.com, without a name or password in it")),
  ),
  /** The region of the bucket, where the environment does not say it. */
  region: z.optional(z.string().check(z.regex(/^[a-z0-9-]+$/, "expected a region such as eu-central-1"))),
};

/** The settings as they are configured. */
export interface ObjectSettings {
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
}
