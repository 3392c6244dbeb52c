import { join, resolve as resolvePath } from "node:path";
import { type Day, daysBetween } from "../core/day.ts";
import { ledgerName } from "../core/ledger/ledger.ts";
import { Problem } from "../core/problem.ts";
import { weekBefore } from "../core/review/review.ts";
import { chartOf } from "../document/chart.ts";
import { splitDocument } from "../document/front-matter.ts";
import { headlineOf } from "../document/headline.ts";
import { openActions } from "../document/history.ts";
import { proposalBody } from "../document/proposal.ts";
import { frontMatterSchema } from "../document/schema.ts";
import { newDocument, refreshDocument, sectionsOf, standingNote } from "../document/weekly.ts";
import { type Forge, type ProposedFile, Moved, type Standing } from "../forges/forge.ts";
import { forges } from "../forges/index.ts";
import { appendText } from "../shell/files.ts";
import { type Settings, readSettings } from "../shell/config.ts";
import { warningText } from "../shell/report.ts";
import { type StoredReview, readReviews, reviewFile } from "../shell/reviews.ts";
import { sourceSchema } from "../sources/index.ts";
import { version } from "../version.ts";
import type { Call, ExitCode } from "./command.ts";
import { commitOf } from "./commit.ts";
import { missedDates } from "./dates.ts";
import { type Gathered, gather } from "./gather.ts";
import { frontMatterOf, notesOf, periodEndOf } from "./review-files.ts";

type State = "created" | "refreshed" | "unchanged" | "left-alone";

interface Outcome {
  readonly path: string;
  readonly id: string;
  readonly state: State;
  readonly verdict: string;
  readonly pr: string | null;
  /** What it says, in a line. */
  readonly headline: string;
  /** Why it was left alone; else empty. */
  readonly reason: string;
  /** The review as a pull request shows it; empty when it was left alone. */
  readonly body: string;
}

interface Run {
  readonly call: Call;
  readonly settings: Settings;
  readonly reviews: readonly StoredReview[];
  readonly forge: Forge;
}

/** The texts of a review: what stands now, and what it becomes. */
interface Texts {
  readonly review: { readonly path: string; readonly before: string | null; readonly after: string };
  readonly files: readonly ProposedFile[];
  readonly body: string;
}

async function textsOf({ settings, reviews }: Run, path: string, existing: StoredReview | null, gathered: Gathered): Promise<Texts> {
  const { review } = gathered;
  const { ledger, inputs } = commitOf(gathered, settings);
  const others = reviews.filter(({ id }) => id !== review.id).map(frontMatterOf);
  const previous = openActions(
    others.filter((front) => front !== null),
    review.asOf,
  );
  const material = { review, inputs, generator: `overpace ${version}`, config: settings.config, previous };
  const after = existing ? refreshDocument(existing.text, path, material) : newDocument(material);
  const split = splitDocument(after, path);
  const front = frontMatterSchema.safeParse(split.data);
  const note = standingNote(after.slice(split.bodyStart), path, split.bodyLine);
  return {
    review: { path, before: existing?.text ?? null, after },
    files: [{ path, text: after }, ledger, { path: path.replace(/\.md$/, ".svg"), text: chartOf(review) }],
    body: front.success ? proposalBody({ sections: sectionsOf(material, []), front: front.data, path, note }) : "",
  };
}

/** Only files that differ from what stands are brought in. */
async function changedFiles(standing: Standing, files: readonly ProposedFile[]): Promise<ProposedFile[]> {
  const before = await Promise.all(files.map(({ path }) => standing.read(path)));
  return files.filter(({ text }, index) => text !== before[index]);
}

/** Makes or refreshes the review of one date and hands it to the forge. */
async function produce(run: Run, wanted: Day): Promise<Outcome> {
  const { call, settings, forge } = run;
  const { id } = weekBefore(wanted);
  const path = join(call.reviews, reviewFile(id));
  const standing = await forge.standing(id, path);
  const text = standing.state === "new" ? null : await standing.read(path);
  const existing = text === null ? null : { id, path, text };
  const asOf = existing ? periodEndOf(existing) : wanted;
  if (asOf < wanted)
    call.world.log(
      warningText(
        `${path} keeps its period, which ends before ${asOf}: ${daysBetween(asOf, wanted)} later day(s) wait for the next review`,
      ),
    );
  const closed = standing.state === "closed";
  const own = await standing.read(join(call.reviews, "ledger", ledgerName(asOf, id)));
  // What is left alone is told from its own ledger file; where that is gone, such as with a deleted branch, from the sources.
  const gathered = await gather(closed && own !== null ? { ...call, fetch: false } : call, settings, asOf, {
    own,
    notes: existing ? notesOf(existing) : new Map(),
  });
  for (const warning of gathered.warnings) call.world.log(warningText(warning));
  const result = {
    path,
    id,
    verdict: gathered.review.verdict,
    headline: headlineOf(gathered.review),
    pr: standing.pr,
    reason: standing.reason,
    body: "",
  };
  if (closed) return { ...result, state: "left-alone" };
  const texts = await textsOf(run, path, existing, gathered);
  const state = texts.review.before === null ? "created" : texts.review.before === texts.review.after ? "unchanged" : "refreshed";
  if (call.dryRun) return { ...result, state, body: texts.body };
  const files = await changedFiles(standing, texts.files);
  const { pr, warnings } = await standing.propose({ id, title: result.headline, body: texts.body, files });
  for (const warning of warnings) call.world.log(warningText(warning));
  return { ...result, state, pr, body: texts.body };
}

const mostTries = 3;

/** The same, started over when somebody else changed the branch between reading and writing. */
async function produceUnmoved(run: Run, wanted: Day): Promise<Outcome> {
  let { forge } = run;
  for (let attempt = 1; ; attempt++) {
    try {
      return await produce({ ...run, forge }, wanted);
    } catch (error) {
      if (!(error instanceof Moved)) throw error;
      if (attempt === mostTries)
        throw new Problem(`the branch of the review of ${wanted} changed ${mostTries} times while it was being written`, {
          remedy: "run again when nobody pushes to it: nothing of theirs was overwritten",
          cause: error,
        });
      forge = await forgeOf(run.call, run.settings);
    }
  }
}

function forgeOf(call: Call, settings: Settings): Promise<Forge> {
  const { engineering, product } = settings.config.owners;
  return forges[call.publish]({ world: call.world, reviewers: [engineering.login, product.login] });
}

/** In a job of GitHub Actions the review stands in the job's summary too. */
async function summarize({ world }: Call, outcomes: readonly Outcome[]): Promise<void> {
  const file = world.env["GITHUB_STEP_SUMMARY"];
  if (!file) return;
  const texts = outcomes.map(({ headline, body, reason, pr }) =>
    [`# ${headline}`, pr ?? "", body === "" ? reason : body].filter((text) => text !== "").join("\n\n"),
  );
  await appendText(file, `${texts.join("\n\n")}\n`);
}

function report(call: Call, outcomes: readonly Outcome[]): void {
  const last = outcomes.at(-1);
  if (!last) return;
  const { world } = call;
  if (call.format === "json") {
    const plain = outcomes.map(({ headline, body: _, ...outcome }) => ({ ...outcome, title: headline }));
    world.write(`${JSON.stringify({ ...plain.at(-1), reviews: plain })}\n`);
    return;
  }
  const next = {
    created: "open it, explain each delta, decide, and set state: held",
    refreshed: "read what moved (the note below the summary), then go on deciding",
    unchanged: "nothing new since the last run: go on deciding",
    "left-alone": "the next review will carry what changed",
  };
  for (const { path, state, headline, pr, reason } of outcomes) {
    const how = reason === "" ? state : `${state}: ${reason}`;
    const where = pr === null ? path : `${path} in ${pr}`;
    world.write(`Review: ${where} (${call.dryRun ? `would be ${how}` : how})\nSays:   ${headline}\nNext:   ${next[state]}\n`);
  }
}

/** `overpace weekly`: the review of the week, made or refreshed; without `--as-of` missed weeks are caught up. */
export async function weekly(call: Call): Promise<ExitCode> {
  const settings = await readSettings(call.world.cwd, call.config, sourceSchema);
  const folder = resolvePath(call.world.cwd, call.reviews);
  let reviews = await readReviews(folder, call.reviews);
  const forge = await forgeOf(call, settings);
  const dates = call.asOf === null ? missedDates(call, settings, reviews, await forge.known()) : [call.asOf];
  const outcomes: Outcome[] = [];
  for (const date of dates) {
    outcomes.push(await produceUnmoved({ call, settings, reviews, forge }, date));
    reviews = await readReviews(folder, call.reviews);
  }
  await summarize(call, outcomes);
  report(call, outcomes);
  return 0;
}
