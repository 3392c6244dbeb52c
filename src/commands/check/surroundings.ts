import { relative, resolve, sep } from "node:path";
import type { Finding } from "../../core/finding.ts";
import { Problem, unlessRefusedLater } from "../../core/problem.ts";
import { once } from "../../core/remember.ts";
import { alone } from "../../rules/check.ts";
import type { Recomputed, ReviewFile, Surroundings } from "../../rules/engine/rule.ts";
import { type Settings, readSettings } from "../../shell/config.ts";
import { ledgerShelf } from "../../shell/ledger.ts";
import type { StoredReview } from "../../shell/reviews.ts";
import { inCommit, plainBelow } from "../../shell/tree.ts";
import { sourceSchemaFor } from "../../sources/index.ts";
import { version } from "../../version.ts";
import type { Call } from "../command.ts";
import { settingsHashes } from "../figures/commit.ts";
import { presentNames } from "../figures/compose.ts";
import { earlierReviews, heldBefore } from "../reviews/earlier.ts";
import { type Gaps, gapsOf } from "./gaps.ts";
import type { Host } from "./host.ts";
import { type Workshop, recompute } from "./recompute.ts";
import { type ReadFile, type Standings, standingsOf } from "./standing.ts";

/** What is known besides the review files that are checked; settings, ledger and git are read once for all of them. */
export interface Knowledge {
  /** What is known besides one file. Files are best asked for in the order of their ids. */
  readonly of: (review: ReviewFile, text: string) => Promise<Surroundings>;
  /** What could not be known, as warnings: one for each cause. */
  readonly gaps: () => readonly Finding[];
  /** Reviews whose figures cannot be computed again here, which is no fault of theirs; null when there are none. */
  readonly note: () => string | null;
}

/** What is known besides a review that a command has just made: the reviews before it. `stored` in order of their ids. */
export function surroundingsOf(id: string, stored: readonly StoredReview[]): Surroundings {
  return { ...alone, earlier: heldBefore(id, stored) };
}

async function settingsOf(call: Call, commit: string | null): Promise<Settings | Problem> {
  const { world, config } = call;
  const tree = commit === null ? plainBelow(resolve(world.cwd, config)) : inCommit(commit);
  try {
    return await readSettings(world.cwd, config, sourceSchemaFor, tree);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

/** Settings and ledger, as they stand in their folders or in a commit; a Problem where there are no sound settings. */
async function workshopOf(call: Call, commit: string | null): Promise<Workshop | Problem> {
  const settings = await settingsOf(call, commit);
  if (settings instanceof Problem) return settings;
  const reviews = resolve(call.world.cwd, call.reviews);
  const tree = commit === null ? plainBelow(reviews) : inCommit(commit);
  const shelf = ledgerShelf({ reviews, shown: call.reviews }, presentNames(settings), tree);
  return { settings, config: call.config, hashes: settingsHashes(settings), shelf };
}

/** The id in the name of a file that stands where reviews stand; null for any other file. */
function idOf({ world, reviews }: Call, path: string): string | null {
  const name = relative(resolve(world.cwd, reviews), resolve(world.cwd, path)).split(sep).join("/");
  return /^(\d{4})\/(\1-W\d{2})\.md$/.exec(name)?.[2] ?? null;
}

interface Run {
  readonly call: Call;
  readonly gaps: Gaps;
  readonly standings: () => Promise<Standings>;
  readonly workshop: (commit: string | null) => Promise<Workshop | Problem>;
}

async function chartBeside({ world, reviews }: Call, path: string): Promise<string | null> {
  const shown = path.replace(/\.md$/, ".svg");
  const text = await unlessRefusedLater(plainBelow(resolve(world.cwd, reviews)).read(resolve(world.cwd, shown), shown));
  return text?.replaceAll("\r\n", "\n") ?? null;
}

async function recomputedOf({ call, gaps, standings, workshop }: Run, file: ReadFile, newest: string): Promise<Recomputed> {
  const { modeOf, given, doubt, guess, onBranch } = await standings();
  const mode = await modeOf(file, newest);
  const place = await workshop(mode === "given" ? given : null);
  if (place instanceof Problem) return gaps.settings(place, call);
  const again = await recompute(file.front, mode, place);
  if (again.state === "same-inputs")
    return { ...again, generator: `overpace ${version}`, open: mode === "given", chart: await chartBeside(call, file.path) };
  if (again.state === "other-inputs") return doubt === null ? { ...again, onBranch } : gaps.doubt(file.path, doubt);
  return mode === "listed" ? gaps.unverifiable(file, again, guess) : again;
}

/** Opens what is known besides the review files of a call. Nothing is read before it is needed. */
export function knowledgeOf(call: Call, host: Host): Knowledge {
  const gaps = gapsOf();
  const reviews = earlierReviews(call);
  const places = new Map<string | null, Promise<Workshop | Problem>>();
  const workshop = (commit: string | null) => {
    const place = places.get(commit) ?? workshopOf(call, commit);
    places.set(commit, place);
    return place;
  };
  const run: Run = { call, gaps, standings: once(() => standingsOf(call)), workshop };
  return {
    of: async (review, text) => {
      const { file: path, front } = review;
      const id = idOf(call, path);
      // Git works while settings and reviews are read.
      if (id !== null) void run.standings();
      const place = await workshop(null);
      const config = place instanceof Problem ? null : place.settings.config;
      if (id === null) return { ...alone, config, recomputed: gaps.elsewhere(path, call) };
      const earlier = await reviews.before(id);
      reviews.remember(id, review);
      const recomputed = await recomputedOf(run, { id, path, text, front }, await reviews.newest());
      return {
        config,
        assignable: await host.assignable(review),
        recomputed,
        get earlier() {
          return earlier();
        },
      };
    },
    gaps: gaps.findings,
    note: gaps.note,
  };
}
