import * as z from "zod/mini";
import { text } from "./values.ts";

/** `candidates` in `overpace.yaml`: what possible savings may be computed against. */
export const candidatesSchema = z.strictObject({
  /** A model, and the cheaper one that its work is priced at. */
  cheaperThan: z._default(z.record(text, text), {}),
  /** Features that nobody waits for, and what a batch costs less. */
  batch: z.optional(
    z.strictObject({
      features: z.array(text).check(z.minLength(1, "is empty; name at least one feature")),
      discountPercent: z.number("expected a percentage such as 50").check(z.minimum(1), z.maximum(99)),
    }),
  ),
});
export type CandidateConfig = z.infer<typeof candidatesSchema>;

/** Without `candidates` in the file. */
export const noCandidateConfig: CandidateConfig = { cheaperThan: {} };
