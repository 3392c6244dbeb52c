import { Problem } from "../core/problem.ts";
import { jsonText, logText } from "../core/text.ts";
import { trackers } from "../forges/index.ts";
import { readSettings } from "../shell/config.ts";
import { warningText } from "../shell/report.ts";
import { sourceSchemaFor } from "../sources/index.ts";
import type { Call, ExitCode } from "./command.ts";
import { type Desk, type Done, actOn } from "./sync/act.ts";
import { gatherSync } from "./sync/gather.ts";

const counted = ["created", "updated", "closed", "unchanged"] as const;

function countsOf(done: readonly Done[]): Record<(typeof counted)[number], number> {
  const count = (what: Done["did"]) => done.filter(({ did }) => did === what).length;
  return { created: count("created"), updated: count("updated"), closed: count("closed"), unchanged: count("unchanged") };
}

function report({ world, format, dryRun }: Call, done: readonly Done[], problems: readonly string[]): void {
  const counts = countsOf(done);
  if (format === "json") {
    const issues = done.map(({ id, issue, state }) => ({ id, issue, state }));
    return world.write(`${jsonText({ ...counts, problems, issues })}\n`);
  }
  for (const problem of problems) world.log(warningText(problem));
  for (const { id, title, did, issue } of done) {
    if (did === "unchanged") continue;
    const number = issue === null ? "" : ` #${issue}`;
    world.write(`${id}${number} ${dryRun ? "would be " : ""}${did}: ${logText(title)}\n`);
  }
  const total = counted.map((what) => `${counts[what]} ${what}`).join(", ");
  world.write(`Issues of actions: ${total}${dryRun ? " (nothing was written)" : ""}\n`);
}

/** Asks once for each login. */
function onceEach(ask: (login: string) => Promise<boolean>): (login: string) => Promise<boolean> {
  const asked = new Map<string, Promise<boolean>>();
  return (login) => {
    const name = login.toLowerCase();
    const answer = asked.get(name) ?? ask(login);
    asked.set(name, answer);
    return answer;
  };
}

/** `overpace sync`: each open action of a held review on the default branch is an issue, and the two are brought together. */
export async function sync(call: Call): Promise<ExitCode> {
  const { world, publish, dryRun } = call;
  if (publish === "folder")
    throw new Problem("sync makes issues of actions, and a folder has none", {
      remedy: "run overpace sync --publish github, in a job with permissions: { contents: read, issues: write }",
      kind: "usage",
    });
  const { config } = await readSettings(world.cwd, call.config, sourceSchemaFor);
  const tracker = await trackers[publish]({ world, tokenEnv: config.forge.tokenEnv });
  const standing = await gatherSync(call, tracker);
  const problems = [...standing.problems];
  const writes = { tried: 0, refused: 0 };
  const desk: Desk = { tracker, cwd: world.cwd, dryRun, problems, isAssignable: onceEach(tracker.isAssignable), writes };
  const done = await actOn(desk, standing);
  report(call, done, problems);
  return writes.tried > 0 && writes.refused === writes.tried ? 3 : 0;
}
