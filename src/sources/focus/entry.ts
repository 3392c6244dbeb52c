import * as z from "zod/mini";
import { sourceCommon } from "../../core/settings/config.ts";
import { objectKeys } from "../objects/settings.ts";

const text = z.string().check(z.minLength(1));
/** What its entry under `sources` may say. */
export const schema = () =>
  z.strictObject({
    type: z.literal("focus"),
    /** Files by name or glob, or folders of exports, relative to the folder that holds `config/`; or the same in a bucket, by an address. */
    path: z.union(
      [text, z.array(text).check(z.minLength(1))],
      "expected a file, a folder or a glob such as costs/*.csv or s3://bucket/exports, or a list of them",
    ),
    ...objectKeys,
    ...sourceCommon,
  });
export type FocusConfig = z.infer<ReturnType<typeof schema>>;
