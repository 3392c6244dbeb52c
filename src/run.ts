import type { Call, ExitCode } from "./commands/command.ts";
import { type Entry, commands, ownFlags } from "./commands/index.ts";
import { Problem } from "./core/problem.ts";
import type { World } from "./core/world.ts";
import { forges } from "./forges/index.ts";
import { problemText } from "./shell/report.ts";
import { version } from "./version.ts";

// An `import` of it would load all of what it gives but does not use itself, such as its differ.
const { parseArgs } = process.getBuiltinModule("node:util");

const options = {
  "as-of": { type: "string" },
  config: { type: "string", default: "config" },
  reviews: { type: "string", default: "reviews" },
  publish: { type: "string", default: "folder" },
  format: { type: "string" },
  json: { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
  fix: { type: "boolean", default: false },
  explain: { type: "string" },
  "no-fetch": { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
  version: { type: "boolean", default: false },
} as const;

const width = Math.max(...Object.keys(commands).map((name) => name.length));

/** What `overpace --help` prints. */
export const help = `overpace ${version}: a weekly AI-cost review from your cost data, as Markdown that people edit

Usage: overpace <command> [flags]

Commands:
${Object.entries(commands)
  .map(([name, { does }]) => `  ${name.padEnd(width)}  ${does}`)
  .join("\n")}

Flags:
  --as-of YYYY-MM-DD  the review date; the period is the seven days before it (default: the latest scheduled weekday)
  --config DIR        folder with overpace.yaml, plan.yaml, allocation.yaml, prices.yaml (default: config)
  --reviews DIR       folder with the reviews and their ledger (default: reviews)
  --publish FORGE     folder: write the files (default); github: a pull request in GITHUB_REPOSITORY with GITHUB_TOKEN;
                      of check: its result in the pull request of the workflow; of sync: the issues of the repository
  --no-fetch          do not read the sources, use the ledger alone
  --dry-run           write nothing, say what would be done
  --fix               check: mend what is mechanical (weekdays and sprints as dates, a missing @, spellings); never prose
  --explain FIGURE    analyze: the rows, formula and rounding of a figure: its name in --json, the id of a delta or anomaly, …;
                      without a name: all figures that there are, with their values
  --format FORM       text, json; check also github (annotations), sarif (code scanning); --json is --format json
  --version, --help

Exit code: 0 good, 1 findings (check), 2 wrong call or configuration, 3 nothing could be made.
`;

function usage(message: string, remedy = "see overpace --help"): Problem {
  return new Problem(message, { remedy, kind: "usage" });
}

/** `--explain` alone asks for all figures; the parser knows no flag whose value may be left out. */
function withExplainAlone(words: readonly string[]): string[] {
  const isAlone = (next: string | undefined) => next === undefined || next.startsWith("--");
  return words.map((word, index) => (word === "--explain" && isAlone(words[index + 1]) ? "--explain=" : word));
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: withExplainAlone(words), options, allowPositionals: true, strict: true });
  } catch (cause) {
    throw usage(cause instanceof Error ? (cause.message.split(". ")[0] ?? cause.message) : "the flags cannot be read");
  }
}

async function callOf(world: World, values: ReturnType<typeof parse>["values"], files: readonly string[]): Promise<Call> {
  // Loaded here: --help and --version need no days.
  const { isDay } = await import("./core/day.ts");
  const asOf = values["as-of"] ?? null;
  if (asOf !== null && !isDay(asOf)) throw usage(`--as-of ${asOf} is not a day`, "write it as YYYY-MM-DD, such as 2026-11-23");
  for (const flag of ["config", "reviews"] as const)
    if (values[flag].trim() === "") throw usage(`--${flag} is empty`, "name a folder or leave the flag out; a variable may not be set");
  const isForge = (name: string): name is keyof typeof forges => Object.hasOwn(forges, name);
  const { publish } = values;
  if (!isForge(publish)) throw usage(`--publish ${publish} is not known`, `use one of ${Object.keys(forges).join(", ")}`);
  const format = values.json ? "json" : (values.format ?? "text");
  return {
    world,
    asOf,
    config: values.config,
    reviews: values.reviews,
    fetch: !values["no-fetch"],
    dryRun: values["dry-run"],
    fix: values.fix,
    explain: values.explain ?? null,
    publish,
    format,
    files,
  };
}

function isCommand(name: string): name is keyof typeof commands {
  return Object.hasOwn(commands, name);
}

/** What a call asks of a command that only others do. */
function refuseWhatItDoesNotTake(name: keyof typeof commands, { format, fix, explain, files }: Call): void {
  const { formats, flags, words }: Entry = commands[name];
  if (!formats.includes(format)) throw usage(`${name} cannot print --format ${format}`, `use one of ${formats.join(", ")}`);
  const given = { fix, explain: explain !== null };
  for (const flag of ["fix", "explain"] as const)
    if (given[flag] && !flags.includes(flag)) throw usage(`${name} takes no --${flag}`, `use overpace ${ownFlags[flag]}`);
  if (words === "one id" && files.length > 1) throw usage(`${name} takes the id of one action`, "name one, such as 2026-W47-1");
  if (words === "none" && files.length > 0) throw usage(`${name} takes no file names, got \`${files.join(" ")}\``);
}

async function dispatch(words: readonly string[], world: World): Promise<ExitCode> {
  const { values, positionals } = parse(words);
  const [name, ...files] = positionals;
  if (values.version) return print(world, `${version}\n`);
  if (values.help) return print(world, help);
  if (name === undefined) throw usage("no command given");
  if (!isCommand(name))
    throw usage(`there is no command \`${name}\``, `use one of ${Object.keys(commands).join(", ")}; overpace --help says what each does`);
  const call = await callOf(world, values, files);
  refuseWhatItDoesNotTake(name, call);
  return (await commands[name].load())(call);
}

function print(world: World, text: string): ExitCode {
  world.write(text);
  return 0;
}

/** Runs one command line; what is refused on purpose is printed and ends with its exit code. Anything else that is thrown is a bug. */
export async function run(words: readonly string[], world: World): Promise<ExitCode> {
  try {
    return await dispatch(words, world);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    world.log(`${problemText(error)}\n`);
    return error.kind === "usage" ? 2 : 3;
  }
}
