import * as z from "zod/mini";
import type { Causes } from "../../core/causes/causes.ts";
import { changeKinds } from "../../core/causes/change.ts";
import { isDay } from "../../core/day.ts";

/** What figures keep of candidate causes: the code host is not asked again when a review is computed again. */

const day = z.string().check(z.refine(isDay));
const change = z.object({
  kind: z.enum(changeKinds),
  repository: z.string(),
  ref: z.string(),
  title: z.string(),
  day,
  paths: z.array(z.string()),
});

/** `figures.causes` of a file; null in a file without. */
export const statedCauses = z._default(
  z.nullable(
    z.pipe(
      z.object({
        asked: z.array(z.object({ repository: z.string(), problem: z.nullable(z.string()) })),
        deltas: z.array(z.object({ id: z.string(), onset: day, from: day, found: z.array(change).check(z.maxLength(3)) })),
      }),
      z.transform(({ asked, deltas }): Causes => ({ asked, bySlice: new Map(deltas.map(({ id, ...candidates }) => [id, candidates])) })),
    ),
  ),
  null,
);

/** `figures.causes`; no key where no repository is configured. */
export function causeFigures(causes: Causes | null) {
  if (causes === null) return {};
  const deltas = [...causes.bySlice].map(([id, candidates]) => ({ id, ...candidates }));
  return { causes: { asked: causes.asked.map((one) => ({ ...one })), deltas } };
}
