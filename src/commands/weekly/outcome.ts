import { jsonText } from "../../core/text.ts";
import { appendText } from "../../shell/files.ts";
import type { Call } from "../command.ts";

type State = "created" | "refreshed" | "unchanged" | "left-alone";

/** What a run did with one review. */
export interface Outcome {
  readonly path: string;
  readonly id: string;
  readonly state: State;
  /** Null where a review is left alone and nothing tells its verdict. */
  readonly verdict: string | null;
  readonly pr: string | null;
  /** This run opened the pull request: nobody can have seen the review before. */
  readonly isOpened: boolean;
  /** What it says, in a line. */
  readonly headline: string;
  /** Why it was left alone; else empty. */
  readonly reason: string;
  /** There is no week before: no delta asks for a cause. */
  readonly isFirst: boolean;
  /** The review as a pull request shows it; empty when it was left alone. */
  readonly body: string;
}

/** In a job of GitHub Actions the review stands in the job's summary too. */
export async function summarize({ world }: Call, outcomes: readonly Outcome[]): Promise<void> {
  const file = world.env["GITHUB_STEP_SUMMARY"];
  if (!file) return;
  const texts = outcomes.map(({ headline, body, reason, pr }) =>
    [`# ${headline}`, pr ?? "", body === "" ? reason : body].filter((text) => text !== "").join("\n\n"),
  );
  await appendText(file, `${texts.join("\n\n")}\n`);
}

/** Says what was done, and what people do next. */
export function report(call: Call, outcomes: readonly Outcome[]): void {
  const last = outcomes.at(-1);
  if (!last) return;
  const { world } = call;
  if (call.format === "json") {
    const plain = outcomes.map(({ headline, body: _, isFirst: __, isOpened: ___, ...outcome }) => ({ ...outcome, title: headline }));
    world.write(`${jsonText({ ...plain.at(-1), reviews: plain })}\n`);
    return;
  }
  const next = {
    first: "open it, see where the money goes, decide, and set state: held",
    created: "open it, explain each delta, decide, and set state: held",
    refreshed: "see what is new (where figures moved, a note below the summary says which), then go on deciding",
    unchanged: "nothing new since the last run: go on deciding",
    "left-alone": "the next review will carry what changed",
  };
  for (const { path, state, headline, pr, reason, isFirst, isOpened } of outcomes) {
    const how = reason === "" ? state : `${state}: ${reason}`;
    const where = pr === null ? path : `${path} in ${pr}`;
    const shown = isOpened && state === "unchanged" ? "created" : state;
    world.write(
      `Review: ${where} (${call.dryRun ? `would be ${how}` : how})\nSays:   ${headline}\nNext:   ${next[isFirst && shown === "created" ? "first" : shown]}\n`,
    );
  }
}
