import { join, resolve as resolvePath } from "node:path";
import { type Day, daysBetween } from "../core/day.ts";
import { ledgerName } from "../core/ledger/ledger.ts";
import { Problem } from "../core/problem.ts";
import { isFirstWeek } from "../core/review/data/beginning.ts";
import { saidBefore, trackRecordOf } from "../core/review/month/track-record.ts";
import type { Review } from "../core/review/review.ts";
import { weekBefore } from "../core/weeks.ts";
import { openActions, pastActions } from "../document/actions/history.ts";
import { chartOf } from "../document/chart.ts";
import { withIssues } from "../document/issue/by-action.ts";
import { headlineOf } from "../document/mirror/headline.ts";
import { proposalBody } from "../document/mirror/proposal.ts";
import { type Material, newDocument, refreshDocument, sectionsOf } from "../document/weekly.ts";
import { type Forge, type ProposedFile, Moved, type Standing } from "../forges/forge.ts";
import { forges } from "../forges/index.ts";
import { checkReview } from "../rules/check.ts";
import { type Settings, readSettings } from "../shell/config.ts";
import { warningText } from "../shell/report.ts";
import { type StoredReview, readReviews, reviewFile } from "../shell/reviews.ts";
import { sourceSchemaFor } from "../sources/index.ts";
import { version } from "../version.ts";
import { showProposed } from "./check/publish.ts";
import { surroundingsOf } from "./check/surroundings.ts";
import type { Call, ExitCode } from "./command.ts";
import { commitOf } from "./figures/commit.ts";
import { type Gathered, gather } from "./figures/gather.ts";
import { answeredBefore } from "./reviews/answered.ts";
import { frontMatterOf, knownIn, nothingKnown, periodEndOf } from "./reviews/files.ts";
import { forecastsIn } from "./reviews/record.ts";
import { withCauses } from "./weekly/causes.ts";
import { missedDates } from "./weekly/dates.ts";
import { toldOf } from "./weekly/left-alone.ts";
import { type Outcome, report, summarize } from "./weekly/outcome.ts";

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

/** What earlier reviews left open, and what became of it in the issues since; where nothing is open no issue is asked for. */
async function previousOf({ call, forge, reviews }: Run, review: Review): Promise<Pick<Material, "previous" | "past" | "answered">> {
  const { id, asOf } = review;
  const read = reviews.filter((stored) => stored.id !== id).map((stored) => ({ stored, front: frontMatterOf(stored) }));
  for (const { stored, front } of read)
    if (front === null && stored.id < id)
      call.world.log(warningText(`${stored.path}: its actions cannot be read: overpace check says what is wrong with it`));
  const others = read.flatMap(({ front }) => front ?? []);
  const [open, past] = [openActions(others, asOf), pastActions(others, asOf)];
  const ids = new Set(open.carried.map((action) => action.id));
  const since = others.find(({ actions }) => actions?.some((action) => ids.has(action.id)))?.period.start;
  const { issues, warnings } = since === undefined ? { issues: [], warnings: [] } : await forge.issues(since);
  for (const warning of warnings) call.world.log(warningText(warning));
  const previous = withIssues(open, issues);
  return { previous, past, answered: answeredBefore(reviews, review, previous.carried) };
}

/** `place` is where readers of the proposal find the file. */
async function textsOf(run: Run, existing: StoredReview | null, gathered: Gathered, at: { path: string; place: string }): Promise<Texts> {
  const { path, place } = at;
  const { settings } = run;
  const { review } = gathered;
  const { ledger, inputs } = commitOf(gathered, settings);
  const earlier = await previousOf(run, review);
  const forecasts = forecastsIn(run.reviews, review);
  const record = trackRecordOf(forecasts, review.closedMonths);
  const said = saidBefore(forecasts, review.asOf, review.month.month);
  const material = { review, inputs, generator: `overpace ${version}`, config: settings.config, ...earlier, record, said };
  const after = existing ? refreshDocument(existing.text, path, material) : newDocument(material);
  return {
    review: { path, before: existing?.text ?? null, after },
    files: [{ path, text: after }, ledger, { path: path.replace(/\.md$/, ".svg"), text: chartOf(review) }],
    body: proposalBody({ sections: sectionsOf(material, []), answered: earlier.answered, text: after, path, place }),
  };
}

/** Only files that differ from what stands are brought in; what overpace alone writes may have the line breaks of a checkout. */
async function changedFiles(standing: Standing, files: readonly ProposedFile[]): Promise<ProposedFile[]> {
  const before = await Promise.all(files.map(({ path }) => standing.read(path)));
  const plain = (path: string, text: string | null) => (path.endsWith(".md") ? text : (text?.replaceAll("\r\n", "\n") ?? null));
  return files.filter(({ path, text }, index) => plain(path, text) !== plain(path, before[index] ?? null));
}

/** What cannot be read of a review that stands in a pull request alone, with where that is: no checkout has it. */
function withPull(error: unknown, path: string, { pr }: Standing): unknown {
  if (!(error instanceof Problem) || error.place?.file !== path || pr === null) return error;
  return new Problem(error.message, { ...error, remedy: `${error.remedy}, on the branch of ${pr}` }, error.others);
}

/** Makes or refreshes the review of one date and hands it to the forge. */
async function produce(run: Run, wanted: Day): Promise<Outcome> {
  const { call, settings, forge } = run;
  const { id } = weekBefore(wanted);
  const path = join(call.reviews, reviewFile(id));
  const standing = await forge.standing(id, path);
  if (standing.state === "closed") {
    const told = await toldOf(call, settings, standing, { id, path, asOf: wanted });
    return { ...told, path, id, state: "left-alone", pr: standing.pr, reason: standing.reason, isFirst: false, isOpened: false, body: "" };
  }
  const text = standing.state === "new" ? null : await standing.read(path);
  try {
    return await propose(run, wanted, standing, { id, path, text });
  } catch (error) {
    throw withPull(error, path, standing);
  }
}

/** The same for a review that nobody closed. */
async function propose(run: Run, wanted: Day, standing: Standing, at: { id: string; path: string; text: string | null }): Promise<Outcome> {
  const { call, settings, forge } = run;
  const { id, path, text } = at;
  const existing = text === null ? null : { id, path, text };
  const asOf = existing ? periodEndOf(existing) : wanted;
  if (asOf < wanted)
    call.world.log(
      warningText(
        `${path} keeps its period, which ends before ${asOf}: ${daysBetween(asOf, wanted)} later day(s) wait for the next review`,
      ),
    );
  const own = await standing.read(join(call.reviews, "ledger", ledgerName(asOf, id)));
  const known = existing ? knownIn(existing) : nothingKnown;
  const computed = await gather(call, settings, asOf, { own, ...known });
  const gathered = await withCauses(computed, { call, settings, forge, known: known.causes });
  for (const warning of gathered.warnings) call.world.log(warningText(warning));
  const result = {
    path,
    id,
    verdict: gathered.review.verdict,
    headline: headlineOf(gathered.review),
    pr: standing.pr,
    isOpened: false,
    isFirst: isFirstWeek(gathered.review),
    reason: "",
  };
  const texts = await textsOf(run, existing, gathered, { path, place: standing.place });
  // The review may stay as it is where its ledger file or its chart was lost; on a code host only the ledger is known without asking.
  const isSame = texts.review.before === texts.review.after && call.publish !== "folder";
  const files = await changedFiles(standing, isSame ? texts.files.filter(({ path }) => !path.endsWith(".svg")) : texts.files);
  const state = texts.review.before === null ? "created" : files.length === 0 ? "unchanged" : "refreshed";
  if (call.dryRun) return { ...result, state, body: texts.body };
  const { pr, warnings, board } = await standing.propose({ id, title: result.headline, body: texts.body, files });
  const findings = checkReview(texts.review.after, path, surroundingsOf(id, run.reviews));
  const shown = board === null ? [] : await showProposed(board, path, findings);
  for (const warning of [...warnings, ...shown]) call.world.log(warningText(warning));
  return { ...result, state, pr, isOpened: standing.pr === null && pr !== null, body: texts.body };
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
  const { owners, forge } = settings.config;
  const reviewers = [owners.engineering.login, owners.product.login];
  return forges[call.publish]({ world: call.world, reviews: call.reviews, reviewers, tokenEnv: forge.tokenEnv });
}

/** `overpace weekly`: the review of the week, made or refreshed; without `--as-of` missed weeks are caught up. */
export async function weekly(call: Call): Promise<ExitCode> {
  const settings = await readSettings(call.world.cwd, call.config, sourceSchemaFor);
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
