import * as z from "zod";
import { sourceCommon } from "../../core/settings/config.ts";
import type { SourceType } from "../source.ts";

const schema = z.strictObject({
  type: z.literal("focus"),
  /** Files by name or glob, relative to the folder that holds `config/`. */
  path: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)], "expected a file or glob such as costs/*.csv, or a list of them"),
  ...sourceCommon,
});
export type FocusConfig = z.infer<typeof schema>;

/** FOCUS cost and usage files, 1.0-preview to 1.4, as CSV (plain or gzip). The reader and its engine are loaded only when it reads. */
export const focus = {
  type: "focus",
  schema,
  read: async (config, context) => (await import("./read.ts")).readFocus(config, context),
} satisfies SourceType<FocusConfig>;
