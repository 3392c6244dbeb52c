import * as z from "zod/mini";
import { isDay } from "../../core/day.ts";
import { dayLike } from "../../core/settings/values.ts";

/**
 * The front matter of a weekly review, as people and overpace write it. What people fill in may be blank (absent, `null`, `""`): the
 * schema says what a value may be, the rules in `src/rules` say what must be there, and when.
 */

const writesDates = "write the day; or run `overpace check --fix`, which knows weekdays, this sprint, next sprint and next review";
const day = dayLike("2026-11-30");
/** A day, or `""`. */
const dueDay = z.string("expected a day such as 2026-11-30").check(
  z.refine((text) => text === "" || isDay(text), {
    error: ({ input }) => `"${String(input).slice(0, 40)}" is not a date; expected a day such as 2026-11-30`,
    params: { remedy: writesDates },
  }),
);
const text = z.string("expected text").check(z.minLength(1, "is empty"));
const person = z.string('expected one person, such as "@octocat"').check(z.minLength(1, 'is empty; name one person, such as "@octocat"'));
const blank = <T extends z.ZodMiniType>(schema: T) => z.union([z.null(), schema]);
const id = z
  .string("expected the review's id and a number, such as 2026-W47-1")
  .check(z.regex(/^\d{4}-(W\d{2}|\d{2})-\d{1,3}$/, "expected the review's id and a number, such as 2026-W47-1"));
const status = z.enum(["open", "done", "dropped"], "expected open, done or dropped");

/** People's text; `""` when blank. */
const peoples = (expected: string) =>
  z.pipe(
    z.nullish(z.string(`expected ${expected}`)),
    z.transform((value) => value?.trim() ?? ""),
  );
const peoplesPerson = peoples('one person, such as "@octocat"');
const effectWords = "expected { cost: -130 } a week, or { percent: -20 }";

const common = {
  id,
  title: peoples("text: what will be there when it is done"),
  about: z.optional(text),
  owner: peoplesPerson,
  due: z.pipe(
    z.nullish(dueDay),
    z.transform((value) => (value ? value : null)),
  ),
  effect: z.optional(
    z.union(
      [z.strictObject({ cost: z.number(effectWords) }), z.strictObject({ percent: z.number(effectWords).check(z.minimum(-100)) })],
      effectWords,
    ),
  ),
  status,
  reason: z.optional(blank(text)),
  issue: z.optional(blank(z.number("expected the number of an issue").check(z.int(), z.positive()))),
};

/** The categories of decision that somebody owns, each with what it needs (S38). */
export const actionSchema = z.discriminatedUnion(
  "decision",
  [
    z.strictObject({ ...common, decision: z.literal("investigate") }),
    z.strictObject({ ...common, decision: z.literal("optimize"), tactic: peoples("text: what exactly is changed") }),
    z.strictObject({
      ...common,
      decision: z.literal("revise-forecast"),
      forecast: z.pipe(
        z.nullish(
          z
            .number("expected the new forecast of the month as a number, such as 17900")
            .check(z.nonnegative("expected an amount of zero or more")),
        ),
        z.transform((value) => value ?? null),
      ),
      communication: peoples("text: who is told, by whom and when"),
    }),
    z.strictObject({
      ...common,
      decision: z.literal("escalate"),
      why: peoples("text: what changed, and why"),
      options: z.pipe(
        z.nullish(z.array(z.nullable(z.string("expected text")), "expected a list, such as [first option, second option]")),
        z.transform((values) => (values ?? []).filter((value) => value !== null && value.trim() !== "").map(String)),
      ),
      recommendation: peoples("text: which option, and why"),
      to: peoplesPerson,
    }),
  ],
  "expected investigate, optimize, revise-forecast or escalate",
);
/** A decision that somebody owns; what people left blank is `""`, `null` or `[]`. */
export type Action = z.infer<typeof actionSchema>;

/** An entry of `previous`. */
export const carriedSchema = z.strictObject({
  id,
  status,
  due: dueDay.check(z.minLength(1, "is empty; expected a day such as 2026-11-30")),
  reason: z.optional(blank(text)),
  issue: z.optional(blank(z.number().check(z.int(), z.positive()))),
});
export type CarriedAction = z.infer<typeof carriedSchema>;

/** Machine-owned: taken as it stands here, checked by recomputing. */
const figuresSchema = z.looseObject({
  generator: text,
  zones: z.record(z.string(), z.string()),
});

/** The front matter as a whole; an unknown key is refused. */
export const frontMatterSchema = z.strictObject({
  review: z
    .string("expected the id of the review, such as 2026-W47")
    .check(z.regex(/^\d{4}-W\d{2}$/, "expected the id of the review, such as 2026-W47")),
  period: z.strictObject({ start: day, end: day }),
  state: z.enum(["draft", "held"], "expected draft or held"),
  attendees: z.strictObject({ engineering: peoplesPerson, product: peoplesPerson, others: z.optional(blank(z.array(person))) }),
  minutes: blank(z.number("expected a number of minutes").check(z.int(), z.minimum(1), z.maximum(600))),
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
