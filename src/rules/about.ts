import { slug } from "../core/slug.ts";
import { triggerIds } from "./engine/actions.ts";
import type { ReviewFile, Rule, Surroundings } from "./engine/rule.ts";

/**
 * Looks up what an action may be about: an id of the review or the beginning of one, an action it carries, a name as the figures
 * print it. Slices that are not listed are known when the figures are computed again, else any of a printed provider is taken for one.
 */
function lookUp({ front, questions }: ReviewFile, { recomputed }: Surroundings): (about: string) => boolean {
  const review = recomputed.state === "unknown" ? null : recomputed.review;
  const ids = [
    ...questions.flatMap(({ zone }) => zone.id?.toLowerCase() ?? []),
    ...(front.previous ?? []).map(({ id }) => id.toLowerCase()),
    ...(review?.deltas ?? []).map(({ slice }) => slice.id),
  ];
  const known = new Set<string>([...triggerIds, ...ids, ...ids.map((id) => id.split("/")[0] ?? id)]);
  const printed = `-${slug(questions.map(({ zone }) => zone.text).join(" \n "))}-`;
  const isPrinted = (name: string) => {
    const words = slug(name).replace(/^-|-$/g, "");
    return words !== "" && printed.includes(`-${words}-`);
  };
  return (about) => {
    const name = about.trim().toLowerCase();
    const [provider = "", service] = name.split("/");
    if (known.has(name) || isPrinted(name.replace(/^(?:feature|customer|team):/, ""))) return true;
    return review === null && service !== undefined && !name.includes("@") && isPrinted(provider);
  };
}

const about = (text: string) =>
  `actions: [{ id: 2026-W47-1, decision: investigate, title: "Find out which customer drives the rise", about: ${text}, owner: "@octocat", due: 2026-11-30, status: open }]`;

export const aboutRule: Rule = {
  name: "about",
  reason:
    "What an action is about stands in the same review, so that its reader finds the figures and its effect can be measured (S37, S39).",
  examples: [
    { front: about("openai/inference") },
    { front: about("openai") },
    { front: about('"OpenAI · Inference"') },
    { front: about("customer-impact") },
    { front: about("openai/batch") },
    {
      front: about("openai/batch"),
      known: { last7: { "OpenAI/Inference": 2970 } },
      remark: "2026-W47-1 is about `openai/batch`, which is not in this review",
    },
    { front: about("openai/batch"), known: { last7: { "OpenAI/Batch": 10 } } },
    {
      front: `${about("2026-W46-1")}\nprevious: [{ id: 2026-W46-1, status: open, due: 2026-12-04, reason: Logs are missing until Monday }]`,
    },
    { front: about("anthropic/claude-api@2026-11-17"), remark: "which is not in this review" },
  ],
  check: (review, around) => {
    const isKnown = lookUp(review, around);
    return (review.front.actions ?? []).flatMap(({ id, about }, index) =>
      about === undefined || isKnown(about)
        ? []
        : [
            {
              severity: "warning" as const,
              at: id,
              ...review.placeOf(["actions", index, "about"]),
              message: `${id} is about \`${about.slice(0, 80)}\`, which is not in this review`,
              remedy:
                "write the id of a delta or an anomaly as its marker names it, a provider or service as printed, or leave `about` out",
            },
          ],
    );
  },
};
