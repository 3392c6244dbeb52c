import * as z from "zod";
import { isDay } from "../core/day.ts";

/** The front matter of a weekly review, as people and overpace write it. */

const day = z.string("expected a day such as 2026-11-30").refine(isDay, "expected a day such as 2026-11-30");
const text = z.string("expected text").min(1, "is empty");
const person = z.string('expected one person, such as "@octocat"').min(1, 'is empty; name one person, such as "@octocat"');
const blank = <T extends z.ZodType>(schema: T) => z.union([z.null(), schema]);
const id = z.string().regex(/^\d{4}-(W\d{2}|\d{2})-\d{1,3}$/, "expected the review's id and a number, such as 2026-W47-1");

const common = {
  id,
  title: text,
  about: text.optional(),
  owner: person,
  due: day,
  effect: z
    .union(
      [z.strictObject({ cost: z.number() }), z.strictObject({ percent: z.number().min(-100) })],
      "expected { cost: -130 } a week, or { percent: -20 }",
    )
    .optional(),
  status: z.enum(["open", "done", "dropped"], "expected open, done or dropped"),
  reason: text.optional(),
  issue: z.number().int().positive().optional(),
};

/** The categories of decision that somebody owns, each with what it needs (S38). */
export const actionSchema = z.discriminatedUnion(
  "decision",
  [
    z.strictObject({ ...common, decision: z.literal("investigate") }),
    z.strictObject({ ...common, decision: z.literal("optimize"), tactic: text }),
    z.strictObject({ ...common, decision: z.literal("revise-forecast"), forecast: z.number().nonnegative(), communication: text }),
    z.strictObject({
      ...common,
      decision: z.literal("escalate"),
      why: text,
      options: z.array(text).min(1),
      recommendation: text,
      to: person,
    }),
  ],
  "expected decision: investigate, optimize, revise-forecast or escalate",
);

const carriedSchema = z.strictObject({
  id,
  status: z.enum(["open", "done", "dropped"]),
  due: day,
  reason: blank(text).optional(),
  issue: blank(z.number().int().positive()).optional(),
});
export type CarriedAction = z.infer<typeof carriedSchema>;

/** Machine-owned: taken as it stands here, checked by recomputing. */
const figuresSchema = z.looseObject({
  generator: text,
  zones: z.record(z.string(), z.string()),
});

export const frontMatterSchema = z.strictObject({
  review: z.string().regex(/^\d{4}-W\d{2}$/, "expected the id of the review, such as 2026-W47"),
  period: z.strictObject({ start: day, end: day }),
  state: z.enum(["draft", "held"], "expected draft or held"),
  attendees: z.strictObject({ engineering: person, product: person, others: blank(z.array(person)).optional() }),
  minutes: blank(z.number("expected a number of minutes").int().min(1).max(600)),
  outcome: blank(z.enum(["actions", "no-action-needed"], "expected actions or no-action-needed")),
  reason: blank(text),
  actions: blank(z.array(actionSchema)),
  previous: blank(z.array(carriedSchema)),
  waivers: blank(z.array(z.strictObject({ trigger: text, by: person, reason: text }))),
  silenced: blank(z.array(z.strictObject({ rule: text, at: text, reason: text }))),
  next: day,
  figures: figuresSchema,
});
export type FrontMatter = z.infer<typeof frontMatterSchema>;
