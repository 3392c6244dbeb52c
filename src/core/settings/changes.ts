import * as z from "zod/mini";
import { text } from "./values.ts";

const repository = z
  .string("expected owner/name")
  .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/, "expected owner/name, such as acme/app"));

/** `changes` in `overpace.yaml`: where candidate causes of deltas are looked for. */
export const changesSchema = z.strictObject({
  repositories: z
    .array(repository)
    .check(z.minLength(1, "is empty; name at least one repository"), z.maxLength(5, "names more than five repositories")),
  /** Files that move cost when they change; `*` stands for anything. */
  paths: z._default(z.array(text).check(z.maxLength(10, "names more than ten patterns")), []),
});
export type ChangesConfig = z.infer<typeof changesSchema>;
