import { parse, stringify } from "yaml";
import { addDays, isoWeekOf } from "../../src/core/day.ts";
import type { Finding } from "../../src/core/finding.ts";
import { reviewOf } from "../../src/core/review/review.ts";
import type { Config } from "../../src/core/settings/config.ts";
import { assembleBody } from "../../src/document/body/assemble.ts";
import type { Item, Section } from "../../src/document/body/model.ts";
import { hashesOf } from "../../src/document/body/zone.ts";
import { bullets } from "../../src/document/markdown.ts";
import { alone, checkReview } from "../../src/rules/check.ts";
import { readReview } from "../../src/rules/engine/read.ts";
import type { Example, Remark, ReviewFile, Rule, Surroundings } from "../../src/rules/engine/rule.ts";
import { over, reviewInput, thresholds, units } from "../support/charges.ts";

/** A sound review of 2026-W47, held on 23 November; an `Example` changes one thing of it. */
const reviewDate = "2026-11-23";

const soundDelta = `- **Expected:** yes
- **Why:** Conversation summarization launched on Monday (acme/app#812); it runs on 40 % of tickets.
- **Assumed:** 25 % of tickets
- **Decision:** leave-as-is`;

const soundFront = (id: string, start: string, end: string) => ({
  review: id,
  period: { start, end },
  state: "held",
  attendees: { engineering: "@octocat", product: "@hubot", others: [] },
  minutes: 27,
  outcome: "actions",
  reason: null,
  actions: [
    {
      id: `${id}-1`,
      decision: "optimize",
      title: "Raise the summarization threshold from 10 to 15 messages",
      about: "openai/inference",
      owner: "@octocat",
      due: addDays(end, 7),
      tactic: "Change SUMMARIZE_AFTER in the worker and roll it out to all tenants",
      status: "open",
    },
  ],
  previous: [],
  waivers: [],
  silenced: [],
  next: addDays(end, 7),
});

const soundFigures = {
  generator: "overpace 0.1.0",
  verdict: "good",
  currency: "USD",
  last7: "4200.00",
  prior7: "4000.00",
  monthToDate: "12300.00",
  planToDate: "11733.33",
  plan: "16000.00",
  pace: "16800.00",
  pacePercent: 5,
  triggers: [],
  deltas: { "openai/inference": "200.00" },
  sources: [],
  inputs: { ledger: {}, plan: null, allocation: null, config: "" },
};

function section(name: string, text: string, items: readonly Item[] = []): Section {
  return { name, head: { name, text }, items, end: "" };
}

function bodyOf({ delta, anomaly, since, notes, moved }: Example, id: string, end: string): string {
  const anomalyId = `openai/inference@${since ?? addDays(end, -6)}`;
  const body = assembleBody([
    { ...section("summary", `# Weekly AI cost review ${id}`), end: null },
    { ...section("changes", moved ? bullets(moved) : ""), end: null },
    section("pacing", "## 1 Pacing · 5 minutes"),
    section("deltas", "## 2 Top deltas · 10 minutes", [
      {
        zone: { name: "delta", id: "openai/inference", text: "\n### OpenAI · Inference: +$200.00 (+9.1 %)" },
        prompts: delta ?? soundDelta,
      },
    ]),
    section(
      "anomalies",
      "## 3 Anomalies and incidents · 5 minutes",
      anomaly === undefined
        ? []
        : [
            {
              zone: { name: "anomaly", id: anomalyId, text: "\n### OpenAI · Inference up on Tue: $546.02 instead of $248.68" },
              prompts: anomaly,
            },
          ],
    ),
    section("notes", "## Notes"),
  ]);
  return notes === undefined ? body : body.replace("<!-- overpace:end notes -->", `${notes}\n\n<!-- overpace:end notes -->`);
}

/** The text of the sound review of the week `weeksAgo`, changed as the example says. */
export function reviewText(example: Example, weeksAgo = 0): { text: string; file: string; id: string } {
  const end = addDays(reviewDate, -7 * weeksAgo);
  const week = isoWeekOf(addDays(end, -1));
  const given = (example.front === undefined ? {} : parse(example.front)) as Record<string, unknown> & { figures?: object };
  const body = bodyOf(example, week, end);
  const front = {
    ...soundFront(week, addDays(end, -7), end),
    ...given,
    figures: { ...soundFigures, ...given.figures, zones: hashesOf(body, "example", 1) },
  };
  const file = example.file ?? `reviews/${week.slice(0, 4)}/${week}.md`;
  return { text: `---\n${stringify(front, { lineWidth: 0 })}---\n${body}`, file, id: week };
}

function earlierReviews({ earlier = [] }: Example): ReviewFile[] {
  return earlier.map((example, index) => {
    const { text, file } = reviewText(example, earlier.length - index);
    const { review, findings } = readReview(text, file);
    if (review === null) throw new Error(`the earlier review ${file} cannot be read: ${findings[0]?.message}`);
    return review;
  });
}

/** What an example says is known besides the file. */
export function aroundOf(example: Example): Surroundings {
  const { thresholds: given, last7, assignable } = example.known ?? {};
  const charges = Object.entries(last7 ?? {}).flatMap(([name, amount]) => {
    const [provider = "", service = ""] = name.split("/");
    return over({ start: addDays(reviewDate, -7), end: reviewDate }, units(amount), { provider, service });
  });
  return {
    ...alone,
    earlier: earlierReviews(example),
    ...(last7 && {
      recomputed: {
        state: "same-inputs",
        review: reviewOf(reviewInput({ charges })),
        inputs: { ledger: {}, plan: null, allocation: null, config: "" },
        generator: "overpace 0.0.0",
        open: false,
        chart: null,
      },
    }),
    ...(given && { config: { thresholds: { ...thresholds, ...given } } as Config }),
    ...(assignable && { assignable: new Map(Object.entries(assignable)) }),
  };
}

/** What `check` says of an example. */
export function findingsOf(example: Example): Finding[] {
  const { text, file } = reviewText(example);
  return checkReview(text, file, aroundOf(example));
}

/** What a rule remarks on an example, before severities and silencing. */
export function remarksOf(rule: Rule, example: Example): Remark[] {
  const { text, file } = reviewText(example);
  const { review } = readReview(text, file);
  return review === null ? [] : rule.check(review, aroundOf(example));
}
