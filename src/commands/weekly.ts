import { join, resolve as resolvePath } from "node:path";
import * as z from "zod";
import { type Day, dayOf, daysBetween, addDays } from "../core/day.ts";
import { weekdayNumber } from "../core/settings/config.ts";
import { moneyText, percentText } from "../core/format.ts";
import { Problem } from "../core/problem.ts";
import { type Review, weekBefore } from "../core/review/review.ts";
import { dueReviews, reviewDateOn } from "../core/settings/schedule.ts";
import { chartOf } from "../document/chart.ts";
import { splitDocument } from "../document/front-matter.ts";
import { openActions } from "../document/history.ts";
import { type FrontMatter, frontMatterSchema } from "../document/schema.ts";
import { newDocument, refreshDocument } from "../document/weekly.ts";
import { forges } from "../forges/index.ts";
import { type Settings, readSettings } from "../shell/config.ts";
import { textOnDefaultBranch } from "../shell/git.ts";
import { warningText } from "../shell/report.ts";
import { type StoredReview, readReviews, reviewFile } from "../shell/reviews.ts";
import { sourceSchema } from "../sources/index.ts";
import { version } from "../version.ts";
import type { Call, ExitCode } from "./command.ts";
import { commitOf } from "./commit.ts";
import { type KnownNotes, gather } from "./gather.ts";

type State = "created" | "refreshed" | "unchanged" | "left-alone";

interface Outcome {
  readonly path: string;
  readonly id: string;
  readonly state: State;
  readonly verdict: string;
  readonly pr: string | null;
  /** What it says, in a line. */
  readonly headline: string;
}

/** The front matter of a review file when it is sound, else null: `check` says what is wrong with it. */
function frontMatterOf(review: StoredReview): FrontMatter | null {
  try {
    const parsed = frontMatterSchema.safeParse(splitDocument(review.text, review.path).data);
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/** The end of a review's period as its file says; the file's period never changes. */
function periodEndOf(review: StoredReview): Day {
  const front = frontMatterOf(review);
  if (front) return front.period.end;
  const split = splitDocument(review.text, review.path);
  const period = frontMatterSchema.shape.period.safeParse(
    typeof split.data === "object" && split.data !== null && "period" in split.data ? split.data.period : null,
  );
  if (period.success) return period.data.end;
  throw new Problem("`period` cannot be read", {
    remedy: "restore it from git: it is written by overpace",
    place: { file: review.path, ...split.yaml.placeOf(["period"]) },
  });
}

async function isClosed(path: string): Promise<boolean> {
  const text = await textOnDefaultBranch(path);
  return text !== null && frontMatterOf({ id: "", path, text })?.state === "held";
}

/** What a review says, in one line: the week, the pace, the verdict. */
export function headlineOf(review: Review): string {
  const { total, month, currency, verdict, id } = review;
  const { percent } = month.pace;
  const pace =
    percent === null
      ? "no plan for the month"
      : `pace ${percentText(Math.abs(percent)).replace("+", "")} ${percent < 0 ? "under" : "over"} plan`;
  return `${id}: ${moneyText(total.last7, currency)} (${percentText(total.percent)}), ${pace} – ${verdict}${review.incomplete ? ", data missing" : ""}`;
}

const notesSchema = z.looseObject({ sources: z.array(z.looseObject({ name: z.string(), notes: z.array(z.string()).default([]) })) });

function notesOf(review: StoredReview): KnownNotes {
  const parsed = notesSchema.safeParse(frontMatterOf(review)?.figures);
  return new Map(parsed.success ? parsed.data.sources.map(({ name, notes }) => [name, notes]) : []);
}

interface Run {
  readonly call: Call;
  readonly settings: Settings;
  readonly reviews: readonly StoredReview[];
}

/** Makes or refreshes the review of one date and hands it to the forge. */
async function produce({ call, settings, reviews }: Run, wanted: Day): Promise<Outcome> {
  const { id } = weekBefore(wanted);
  const path = join(call.reviews, reviewFile(id));
  const existing = reviews.find((review) => review.id === id);
  const asOf = existing ? periodEndOf(existing) : wanted;
  if (asOf < wanted)
    call.world.log(
      warningText(
        `${path} keeps its period, which ends before ${asOf}: ${daysBetween(asOf, wanted)} later day(s) wait for the next review`,
      ),
    );
  const closed = existing !== undefined && (await isClosed(resolvePath(call.world.cwd, path)));
  const gathered = await gather(closed ? { ...call, fetch: false } : call, settings, asOf, existing ? notesOf(existing) : new Map());
  for (const warning of gathered.warnings) call.world.log(warningText(warning));
  const { review } = gathered;
  const result = { path, id, verdict: review.verdict, headline: headlineOf(review) };
  if (closed) return { ...result, state: "left-alone", pr: null };
  const { ledger, inputs } = commitOf(gathered, settings);
  const history = openActions(
    reviews
      .filter((other) => other.id !== id)
      .map(frontMatterOf)
      .filter((front) => front !== null),
    asOf,
  );
  const material = { review, inputs, generator: `overpace ${version}`, config: settings.config, previous: history };
  const text = existing ? refreshDocument(existing.text, path, material) : newDocument(material);
  const state = existing === undefined ? "created" : text === existing.text ? "unchanged" : "refreshed";
  const chart = { path: path.replace(/\.md$/, ".svg"), text: chartOf(review) };
  const files = [{ path, text }, ledger, chart].map((file) => ({ ...file, path: resolvePath(call.world.cwd, file.path) }));
  const proposal = { id, branch: `overpace/${id}`, title: result.headline, files };
  const { pr } = call.dryRun ? { pr: null } : await forges.folder.propose(proposal);
  return { ...result, state, pr };
}

function report(call: Call, outcomes: readonly Outcome[]): void {
  const last = outcomes.at(-1);
  if (!last) return;
  const { world } = call;
  if (call.format === "json") {
    const plain = outcomes.map(({ headline, ...outcome }) => ({ ...outcome, title: headline }));
    world.write(`${JSON.stringify({ ...plain.at(-1), reviews: plain })}\n`);
    return;
  }
  const next = {
    created: "open it, explain each delta, decide, and set state: held",
    refreshed: "read what moved (the note below the summary), then go on deciding",
    unchanged: "nothing new since the last run: go on deciding",
    "left-alone": "it is closed: the next review will carry what changed",
  };
  for (const { path, state, headline } of outcomes) {
    world.write(`Review: ${path} (${call.dryRun ? `would be ${state}` : state})\nSays:   ${headline}\nNext:   ${next[state]}\n`);
  }
}

/** `overpace weekly`: the review of the week, made or refreshed; without `--as-of` missed weeks are caught up. */
export async function weekly(call: Call): Promise<ExitCode> {
  const settings = await readSettings(call.world.cwd, call.config, sourceSchema);
  const folder = resolvePath(call.world.cwd, call.reviews);
  let reviews = await readReviews(folder, call.reviews);
  const dates = call.asOf === null ? missed(call, settings, reviews) : [call.asOf];
  const outcomes: Outcome[] = [];
  for (const date of dates) {
    outcomes.push(await produce({ call, settings, reviews }, date));
    reviews = await readReviews(folder, call.reviews);
  }
  report(call, outcomes);
  return 0;
}

function missed(call: Call, settings: Settings, reviews: readonly StoredReview[]): Day[] {
  const current = currentReviewDate(call, settings);
  const newest = reviews.at(-1);
  const dates = dueReviews(current, newest ? periodEndOf(newest) : null);
  const last = dates.at(-1) ?? current;
  if (last < current)
    call.world.log(warningText(`reviews after ${last} are still missing: run again to catch up (the next is ${addDays(last, 7)})`));
  return dates;
}

/** The latest scheduled review date on or before today, in the schedule's time zone. */
export function currentReviewDate(call: Call, { config }: Settings): Day {
  const { weekday, timezone } = config.schedule;
  const now = call.world.now();
  const today = timezone === "UTC" ? dayOf(now) : new Intl.DateTimeFormat("en-CA", { timeZone: timezone }).format(now);
  return reviewDateOn(today, weekdayNumber(weekday));
}
