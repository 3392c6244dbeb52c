import * as z from "zod/mini";
import { percentChange } from "../../core/format.ts";
import { unlessRefused } from "../../core/problem.ts";
import { type Verdict, verdicts } from "../../core/review/verdict.ts";
import { statedAmount } from "../front-matter/figures.ts";
import { splitDocument } from "../front-matter/split.ts";
import { headlineText } from "./headline.ts";

/** What a review says of its week. */
export interface Told {
  readonly verdict: Verdict | null;
  /** In one line. */
  readonly headline: string;
}

const schema = z.looseObject({
  review: z.string(),
  figures: z.looseObject({
    verdict: z.enum(verdicts),
    currency: z.string(),
    last7: statedAmount,
    prior7: statedAmount,
    pace: statedAmount,
    plan: z.nullable(statedAmount),
  }),
});

/** What the figures of a review file say; null when they cannot be read. Nothing is computed anew. */
export function toldBy(text: string, file: string): Told | null {
  return unlessRefused(() => {
    const parsed = schema.safeParse(splitDocument(text, file).data);
    if (!parsed.success) return null;
    const { review: id, figures } = parsed.data;
    const weekPercent = percentChange(figures.last7, figures.prior7);
    const pacePercent = figures.plan === null ? null : percentChange(figures.pace, figures.plan);
    return { verdict: figures.verdict, headline: headlineText({ id, ...figures, weekPercent, pacePercent, incomplete: false }) };
  });
}
