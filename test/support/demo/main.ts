/**
 * The local demo: four weekly reviews on a GitHub of its own, to be looked at in a browser, without an account anywhere.
 *   node test/support/demo/main.ts [--once]
 * Everything stands in temporary folders that are removed at the end. --once ends after the story instead of serving until Ctrl-C.
 */
import { once } from "node:events";
import { parseArgs } from "node:util";
import { play } from "./play.ts";
import { openDemo } from "./stage.ts";

const { values } = parseArgs({ options: { once: { type: "boolean", default: false } } });
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());

const stage = await openDemo();
try {
  const { pull, file, list, issues } = await play(stage, console.log, stop.signal);
  console.log(
    `\nOpen:\n  the pull request  ${pull}\n  the review file   ${file}\n  all of them       ${list}\n  their actions     ${issues}`,
  );
  // Open sockets keep the process alive until then.
  if (!values.once) console.log("\nCtrl-C ends the demo and removes its files.");
  if (!values.once && !stop.signal.aborted) await once(stop.signal, "abort");
} catch (error) {
  // Ctrl-C also ends the git that is running just then; that is no fault to report.
  if (!stop.signal.aborted) throw error;
} finally {
  await stage.close();
}
