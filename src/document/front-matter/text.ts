import type { Config } from "../../core/settings/config.ts";
import { inlineYaml } from "../../core/yaml/inline.ts";
import { type Draft, draftsOf, nextReview } from "../drafts.ts";
import type { SectionContext } from "../sections/context.ts";
import type { CarriedAction } from "./schema.ts";

/** A text as one line of YAML, always quoted, so that nothing in it can become anything else. */
const scalar = (value: string) => inlineYaml(value, { defaultStringType: "QUOTE_DOUBLE" });

function draftLines({ id, title, about }: Draft, owner: string, due: string): string[] {
  return [
    `  - id: ${id}`,
    "    decision: investigate   # investigate | optimize | revise-forecast | escalate",
    `    title: ${scalar(title)}`,
    `    about: ${scalar(about)}`,
    `    owner: ${scalar(owner)}`,
    `    due: ${due}`,
    "    status: open            # open | done | dropped",
  ];
}

/** One entry of `previous`: an open action of an earlier review. */
export function carriedYaml({ id, status, due, reason, issue }: CarriedAction): string {
  return `{ id: ${id}, status: ${status}, due: ${due}, reason: ${reason ? scalar(reason) : "null"}, issue: ${issue ?? "null"} }`;
}

/** Editors complete and check the front matter by the schema that lies beside the folders of the years. */
const schemaLine = "# yaml-language-server: $schema=../review.schema.json";

/**
 * The front matter of a new review without its fences and without `figures`: prefilled once, then people's.
 * With what earlier reviews left open.
 */
export function newFrontMatter(config: Config, carried: readonly CarriedAction[], context: SectionContext): string {
  const { review } = context;
  const engineering = `@${config.owners.engineering.login}`;
  const next = nextReview(review);
  const drafts = draftsOf(context);
  return [
    schemaLine,
    `review: ${review.id}`,
    `period: { start: ${review.period.start}, end: ${review.period.end} }   # end exclusive`,
    "state: draft               # draft → held, once the meeting is over",
    `attendees: { engineering: ${scalar(engineering)}, product: ${scalar(`@${config.owners.product.login}`)}, others: [] }`,
    "minutes:                   # how many the meeting took",
    "outcome:                   # actions | no-action-needed",
    "reason:                    # the known reason for a jump of the week, if there is one",
    drafts.length === 0
      ? "actions: []                # one to three, or none with outcome: no-action-needed"
      : "actions:                   # drafts for what is unexplained: reword, replace or delete; three at most",
    ...drafts.flatMap((draft) => draftLines(draft, engineering, next)),
    carried.length === 0 ? "previous: []" : "previous:                  # still open from earlier reviews: set status, due or a reason",
    ...carried.map((action) => `  - ${carriedYaml(action)}`),
    "waivers: []                # { trigger, by, reason }",
    "silenced: []               # { rule, at, reason }",
    `next: ${next}`,
  ].join("\n");
}
