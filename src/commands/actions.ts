import { resolve } from "node:path";
import type { Day } from "../core/day.ts";
import { nearest } from "../core/nearest.ts";
import { Problem } from "../core/problem.ts";
import { jsonText } from "../core/text.ts";
import { type ActionsReport, type KnownAction, actionsFigures } from "../document/actions/report.ts";
import { actionText, actionsText } from "../document/actions/text.ts";
import { type ActionSource, type TrackedAction, trackActions } from "../document/actions/track.ts";
import type { Settings } from "../shell/config.ts";
import { isFolder } from "../shell/files.ts";
import { warningText } from "../shell/report.ts";
import { readActionFiles } from "./actions/files.ts";
import type { Outcomes } from "./actions/outcomes.ts";
import type { Call, ExitCode } from "./command.ts";

/** Settings that cannot be read, as why not: actions are listed without them too. */
type Known = Settings | Problem;

/** What only some calls need: with `--as-of`, and without a stated effect, actions are listed without any settings. */
async function settingsOf(call: Call): Promise<Known> {
  const [{ readSettings }, { sourceSchemaFor }] = await Promise.all([import("../shell/config.ts"), import("../sources/index.ts")]);
  try {
    return await readSettings(call.world.cwd, call.config, sourceSchemaFor);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

const unscheduled = { config: { schedule: { weekday: "monday", timezone: "UTC" } } } as const;

/** The given review date; else the scheduled one, or that of the newest review where it is later. */
async function asOfDay(call: Call, settings: Known | null, files: readonly ActionSource[]): Promise<Day> {
  if (call.asOf !== null || settings === null) return call.asOf ?? "";
  const { currentReviewDate } = await import("./reviews/date.ts");
  const scheduled = currentReviewDate(call, settings instanceof Problem ? unscheduled : settings);
  const newest = files.at(-1)?.period.end ?? scheduled;
  return newest > scheduled ? newest : scheduled;
}

/** An action that says what it is to change, and was not dropped. */
function isMeasured({ action, status }: TrackedAction): boolean {
  return action.effect !== undefined && status !== "dropped";
}

async function outcomesOf(call: Call, settings: Known | null, asOf: Day): Promise<Outcomes> {
  if (settings === null) return { currency: "", of: () => null };
  const { readOutcomes, unknownOutcomes } = await import("./actions/outcomes.ts");
  if (!(settings instanceof Problem)) return readOutcomes(call, settings, asOf);
  call.world.log(warningText(`effects are not measured, the settings cannot be read: ${settings.message} – ${settings.remedy}`));
  return unknownOutcomes("the settings cannot be read");
}

function unknownId(id: string, known: readonly string[]): Problem {
  const near = nearest(id, known, 3);
  return new Problem(`there is no action \`${id}\` in the reviews or their history`, {
    remedy: near.length === 0 ? "no review decided any action yet" : `the nearest are ${near.join(", ")}; overpace actions lists them all`,
    kind: "usage",
  });
}

function printed(call: Call, report: ActionsReport, changes: KnownAction["changes"]): string {
  const [id = null] = call.files;
  const all = [...report.decided, ...report.drafts];
  const own = changes?.filter((change) => change.id === id) ?? [];
  const known = all.find(({ tracked }) => tracked.action.id === id) ?? null;
  if (id !== null && known === null && own.length === 0)
    throw unknownId(id, [...new Set([...all.map(({ tracked }) => tracked.action.id), ...(changes ?? []).map((change) => change.id)])]);
  if (call.format === "json") return jsonText(actionsFigures(report, id));
  return id === null ? actionsText(report) : actionText({ id, known, changes: own, report });
}

/** `overpace actions [id]`: what became of the actions of all reviews, or every change of one. */
export async function actions(call: Call): Promise<ExitCode> {
  const folder = resolve(call.world.cwd, call.reviews);
  if (!(await isFolder(folder)))
    throw new Problem("there is no such folder", {
      remedy: "name the folder of the reviews with --reviews",
      place: { file: call.reviews },
      kind: "usage",
    });
  const { files, changes, note } = await readActionFiles(call, call.asOf);
  const tracked = [...trackActions(files).values()];
  const measures = tracked.some(isMeasured);
  const settings = call.asOf === null || measures ? await settingsOf(call) : null;
  const asOf = await asOfDay(call, settings, files);
  const outcomes = await outcomesOf(call, measures ? settings : null, asOf);
  const byId = changes && Map.groupBy(changes, ({ id }) => id);
  const known = (list: readonly TrackedAction[]) =>
    list.map((tracked) => ({
      tracked,
      changes: byId && (byId.get(tracked.action.id) ?? []),
      outcome: isMeasured(tracked) ? outcomes.of(tracked) : null,
    }));
  const report = {
    asOf,
    decided: known(tracked.filter(({ held }) => held)),
    drafts: known(tracked.filter(({ held }) => !held)),
    note,
    currency: outcomes.currency,
  };
  call.world.write(`${printed(call, report, changes)}\n`);
  return 0;
}
