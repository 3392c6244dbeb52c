import * as z from "zod/mini";
import { sourceCommon } from "../../core/settings/config.ts";
import { csvKeys } from "../csv/entry.ts";
import { fieldKeys, place } from "../mapped/fields.ts";

/** Pinecone's costs come up to three days late. */
const settlingDays = 3;

/** What its entry under `sources` may say. */
export const schema = () =>
  z.strictObject({
    type: z.literal("pinecone"),
    ...csvKeys,
    /** What the columns of the console's download are called; without them the files are FOCUS exports. */
    columns: z.optional(z.strictObject({ ...fieldKeys, day: place, cost: place })),
    ...sourceCommon,
    settlingDays: z._default(z.number().check(z.int(), z.minimum(0), z.maximum(60)), settlingDays),
  });
export type PineconeConfig = z.infer<ReturnType<typeof schema>>;
