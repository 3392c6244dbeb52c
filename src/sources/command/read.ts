import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addDays } from "../../core/day.ts";
import type { Delivery } from "../../core/ledger/delivery.ts";
import { Problem } from "../../core/problem.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import { focus } from "../focus/index.ts";
import type { SourceContext } from "../source.ts";
import type { CommandConfig } from "./index.ts";
import type { LineOf } from "./lines.ts";
import { outlineOf } from "./output.ts";
import { csvName, joinedDelivery, type Part, partsOf } from "./parts.ts";
import { type Ending, outputLimit, runProgram } from "./run.ts";

/** Runs the program and reads what it prints. @throws Problem when it fails, or prints what cannot be read in full. */
export async function readCommand(config: CommandConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  const env = environmentOf(config, context);
  const secrets = config.env.flatMap((name) => env[name] ?? []).filter((value) => value.length >= 4);
  const folder = await mkdtemp(join(context.world.env["RUNNER_TEMP"] || tmpdir(), "overpace-"));
  const label = `output of ${config.name}`;
  try {
    const file = join(folder, "printed");
    const ending = await runProgram({ words: config.run, cwd: context.root, env, timeoutSeconds: config.timeoutSeconds, file });
    refuseBadEnding(config, ending);
    const read: { delivery: Delivery; isUnpriced: boolean }[] = [];
    for (const part of await partsOf(config, { folder, file, label, format: await formatOf(config, file, label) })) {
      read.push({ delivery: await readPart(config, context, part, label, secrets), isUnpriced: part.isUnpriced });
    }
    const [only] = read;
    return only && !read.some(({ isUnpriced }) => isUnpriced) ? only.delivery : await joinedDelivery(config, context, read);
  } catch (error) {
    throw error instanceof Problem ? cleaned(error, label, (line) => line, secrets) : error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads the rows of a part as the source `focus` does, with the places of the output in what is said of them. */
async function readPart(
  { name, formerly, settlingDays }: SourceConfig,
  context: SourceContext,
  { folder, lineOf }: Part,
  label: string,
  secrets: readonly string[],
): Promise<Delivery> {
  try {
    const delivery = await focus.read({ type: "focus", path: csvName, name, formerly, settlingDays }, { ...context, root: folder });
    return { ...delivery, warnings: delivery.warnings.map((warning) => clean(relabelled(warning, label, lineOf), secrets)) };
  } catch (error) {
    throw error instanceof Problem ? cleaned(error, label, lineOf, secrets) : error;
  }
}

/** PATH, HOME, the range of days, and the variables that the configuration names; nothing else of ours. */
function environmentOf(config: CommandConfig, { world, asOf }: SourceContext): Record<string, string> {
  const missing = config.env.filter((name) => world.env[name] === undefined);
  if (missing.length > 0) {
    throw new Problem(`env names ${missing.join(", ")}, which ${missing.length === 1 ? "is" : "are"} not set in the environment.`, {
      remedy: "Set it where overpace runs (in a workflow under env:, from a secret), or take it out of env of this source.",
    });
  }
  const names = ["PATH", "HOME", ...config.env];
  const passed = names.flatMap((name) => (world.env[name] === undefined ? [] : [[name, world.env[name]] as const]));
  return { ...Object.fromEntries(passed), OVERPACE_START: addDays(asOf, -config.days), OVERPACE_END: asOf };
}

/** The program as messages name it. */
function programText({ run }: CommandConfig): string {
  const text = run.join(" ");
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}

function refuseBadEnding(config: CommandConfig, { code, signal, stop, failure, bytes, complaint }: Ending): void {
  const program = programText(config);
  const said = complaint.trim() === "" ? " It wrote nothing to standard error." : ` It wrote: ${lastLines(complaint)}`;
  const runIt =
    "Run it by hand in the folder that holds config/, with OVERPACE_START and OVERPACE_END set, and correct it; nothing of this source was read.";
  const refuse = (message: string, remedy: string) => {
    throw new Problem(message, { remedy, cause: failure ?? undefined });
  };
  if (failure !== null) {
    refuse(
      `${program} could not be started: ${failure.message}.`,
      "Correct run of this source: a program on PATH and its words, each an item of the list; no shell reads them.",
    );
  }
  if (stop === "time")
    refuse(
      `${program} was ended after ${config.timeoutSeconds} seconds.${said}`,
      `Make it faster, or raise timeoutSeconds of this source. ${runIt}`,
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
      `Make it print FOCUS rows, as CSV with a header or as JSON lines. ${runIt}`,
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

async function formatOf(config: CommandConfig, file: string, label: string): Promise<"focus-csv" | "jsonl"> {
  const { first, firstLine, endsWithLine, strangeLine } = await outlineOf(file);
  const refuse = (message: string, remedy: string, line?: number): never => {
    throw new Problem(message, { remedy, place: { file: label, ...(line === undefined ? {} : { line }) } });
  };
  if (strangeLine !== null) refuse("The output is not UTF-8.", "Make the program print UTF-8.", strangeLine);
  if (!endsWithLine) {
    refuse("The output ends within a line: the program may have been cut off.", "Make it print a line break after its last line too.");
  }
  if (first === "[") refuse("The output is a JSON list, expected JSON lines.", "Print each item as an object on a line of its own.", 1);
  const format = config.format ?? (first === "{" ? "jsonl" : "focus-csv");
  if (config.format === undefined && first !== "{" && !firstLine.includes(",")) {
    refuse(
      `The output begins with ${JSON.stringify(firstLine.slice(0, 60))}, which is neither a CSV header nor a JSON object.`,
      "Print nothing but rows on standard output (messages belong on standard error), or say format: focus-csv or jsonl.",
      1,
    );
  }
  return format;
}

function relabelled(text: string, label: string, lineOf: LineOf): string {
  return text.replace(/stdout\.csv(?::(\d+))?/g, (_, line?: string) => (line === undefined ? label : `${label}:${lineOf(Number(line))}`));
}

/** The values of the variables that the program was given are shown nowhere. */
function clean(text: string, secrets: readonly string[]): string {
  return secrets.toSorted((a, b) => b.length - a.length).reduce((rest, secret) => rest.replaceAll(secret, "***"), text);
}

/** The refusal with the output's own name and lines, and without secrets. */
function cleaned(problem: Problem, label: string, lineOf: LineOf, secrets: readonly string[]): Problem {
  const { file, line } = problem.place ?? { file: "", line: undefined };
  const isCsv = file === csvName;
  const place = problem.place && (isCsv ? { file: label, ...(line === undefined ? {} : { line: lineOf(line) }) } : problem.place);
  return new Problem(clean(relabelled(problem.message, label, lineOf), secrets), {
    remedy: clean(problem.remedy, secrets),
    place,
    kind: problem.kind,
  });
}
