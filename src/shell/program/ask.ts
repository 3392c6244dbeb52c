import { join } from "node:path";
import { type Day, addDays } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { World } from "../../core/world.ts";
import { withFolder } from "../temporary.ts";
import { type Ending, outputLimit, runProgram } from "./run.ts";

/** A program as the configuration names it. */
export interface ProgramConfig {
  /** The program and its words; no shell reads them. */
  readonly run: readonly string[];
  /** The environment variables that it is given besides PATH, HOME, OVERPACE_START and OVERPACE_END. */
  readonly env: readonly string[];
  readonly timeoutSeconds: number;
  /** How many days before the review date it is asked for. */
  readonly days: number;
}

/** Who asks a program, and what for. */
export interface Asking {
  readonly world: World;
  /** The folder that holds `config/`: the program runs there. */
  readonly root: string;
  readonly asOf: Day;
  /** What it prints, and what it is in the configuration, as messages say it. */
  readonly expects: { readonly rows: string; readonly entry: "source" | "metric" };
}

/** What a program printed, until `use` ends. */
export interface Printed {
  readonly file: string;
  /** An empty folder for what is made of it. */
  readonly folder: string;
  /** Text without the values of the variables that the program was given: they are shown nowhere. */
  readonly clean: (text: string) => string;
}

/** Runs a program and hands over what it printed. @throws Problem when it fails or prints nothing; none shows a secret. */
export async function askProgram<T>(config: ProgramConfig, asking: Asking, use: (printed: Printed) => Promise<T>): Promise<T> {
  const env = environmentOf(config, asking);
  const clean = cleaner(config.env.flatMap((name) => env[name] ?? []).filter((value) => value.length >= 4));
  return withFolder(asking.world, async (folder) => {
    try {
      const file = join(folder, "printed");
      const ending = await runProgram({ words: config.run, cwd: asking.root, env, timeoutSeconds: config.timeoutSeconds, file });
      refuseBadEnding(config, asking, ending);
      return await use({ file, folder, clean });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      throw new Problem(clean(error.message), { remedy: clean(error.remedy), place: error.place, kind: error.kind });
    }
  });
}

function cleaner(secrets: readonly string[]): (text: string) => string {
  const longestFirst = secrets.toSorted((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((rest, secret) => rest.replaceAll(secret, "***"), text);
}

/** PATH, HOME, the range of days, and the variables that the configuration names; nothing else of ours. */
function environmentOf(config: ProgramConfig, { world, asOf, expects }: Asking): Record<string, string> {
  const missing = config.env.filter((name) => world.env[name] === undefined);
  if (missing.length > 0) {
    throw new Problem(`env names ${missing.join(", ")}, which ${missing.length === 1 ? "is" : "are"} not set in the environment.`, {
      remedy: `Set it where overpace runs (in a workflow under env:, from a secret), or take it out of env of this ${expects.entry}.`,
    });
  }
  const names = ["PATH", "HOME", ...config.env];
  const passed = names.flatMap((name) => (world.env[name] === undefined ? [] : [[name, world.env[name]] as const]));
  return { ...Object.fromEntries(passed), OVERPACE_START: addDays(asOf, -config.days), OVERPACE_END: asOf };
}

/** The program as messages name it. */
function programText({ run }: ProgramConfig): string {
  const text = run.join(" ");
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}

function refuseBadEnding(config: ProgramConfig, { expects }: Asking, ending: Ending): void {
  const { code, signal, stop, failure, bytes, complaint } = ending;
  const program = programText(config);
  const said = complaint.trim() === "" ? " It wrote nothing to standard error." : ` It wrote: ${lastLines(complaint)}`;
  const runIt = `Run it by hand in the folder that holds config/, with OVERPACE_START and OVERPACE_END set, and correct it; nothing of this ${expects.entry} was read.`;
  const refuse = (message: string, remedy: string) => {
    throw new Problem(message, { remedy, cause: failure ?? undefined });
  };
  if (failure !== null) {
    refuse(
      `${program} could not be started: ${failure.message}.`,
      `Correct run of this ${expects.entry}: a program on PATH and its words, each an item of the list; no shell reads them.`,
    );
  }
  if (stop === "time")
    refuse(
      `${program} was ended after ${config.timeoutSeconds} seconds.${said}`,
      `Make it faster, or raise timeoutSeconds of this ${expects.entry}. ${runIt}`,
    );
  if (stop === "size")
    refuse(
      `${program} printed more than ${outputLimit / 1024 ** 2} MiB and was ended.`,
      "Make it print daily sums for the days from OVERPACE_START to before OVERPACE_END.",
    );
  if (signal !== null) refuse(`${program} was ended by ${signal}.${said}`, runIt);
  if (code !== 0) refuse(`${program} ended with exit code ${code}.${said}`, runIt);
  if (bytes === 0)
    refuse(
      `${program} printed nothing on standard output.${said}`,
      `Make it print ${expects.rows}, as CSV with a header or as JSON lines. ${runIt}`,
    );
}

/** The end of a complaint, without the places of a stack: some runtimes put those after what went wrong. */
function lastLines(text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "" && !/^\s+at |^Node\.js v/.test(line));
  const flat = lines
    .slice(-6)
    .map((line) => line.trim())
    .join(" / ");
  return flat.length > 400 ? `…${flat.slice(-399)}` : flat;
}
