import type { SourceType } from "../source.ts";
import { type PineconeConfig, schema } from "./entry.ts";

/** Exports of a Pinecone organization: FOCUS files, or the download of the console. The reader is loaded only when it reads. */
export const pinecone = {
  type: "pinecone",
  schema,
  read: async (config, context) => (await import("./read.ts")).readPinecone(config, context),
} satisfies SourceType<PineconeConfig>;
