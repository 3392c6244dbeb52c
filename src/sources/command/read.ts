import type { Delivery } from "../../core/ledger/delivery.ts";
import { Problem } from "../../core/problem.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import { type Printed, askProgram } from "../../shell/program/ask.ts";
import { focus } from "../focus/index.ts";
import type { SourceContext } from "../source.ts";
import type { CommandConfig } from "./entry.ts";
import type { LineOf } from "./lines.ts";
import { outlineOf } from "./output.ts";
import { csvName, joinedDelivery, type Part, partsOf } from "./parts.ts";

/** Runs the program and reads what it prints. @throws Problem when it fails, or prints what cannot be read in full. */
export async function readCommand(config: CommandConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  const expects = { rows: "FOCUS rows", entry: "source" } as const;
  return askProgram(config, { ...context, expects }, (printed) => readPrinted(config, context, printed));
}

async function readPrinted(config: CommandConfig & SourceConfig, context: SourceContext, printed: Printed): Promise<Delivery> {
  const { file, folder, clean } = printed;
  const label = `output of ${config.name}`;
  const read: { delivery: Delivery; isUnpriced: boolean }[] = [];
  for (const part of await partsOf(config, { folder, file, label, format: await formatOf(config, file, label) })) {
    read.push({ delivery: await readPart(config, context, part, label, clean), isUnpriced: part.isUnpriced });
  }
  const [only] = read;
  return only && !read.some(({ isUnpriced }) => isUnpriced) ? only.delivery : joinedDelivery(config, context, read);
}

/** Reads the rows of a part as the source `focus` does, with the places of the output in what is said of them. */
async function readPart(
  { name, formerly, settlingDays, until }: SourceConfig,
  context: SourceContext,
  { folder, lineOf }: Part,
  label: string,
  clean: Printed["clean"],
): Promise<Delivery> {
  try {
    const delivery = await focus.read({ type: "focus", path: csvName, name, formerly, settlingDays, until }, { ...context, root: folder });
    return { ...delivery, warnings: delivery.warnings.map((warning) => clean(relabelled(warning, label, lineOf))) };
  } catch (error) {
    throw error instanceof Problem ? renamed(error, label, lineOf) : error;
  }
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

/** The refusal with the output's own name and lines. */
function renamed(problem: Problem, label: string, lineOf: LineOf): Problem {
  const { file, line } = problem.place ?? { file: "", line: undefined };
  const isCsv = file === csvName;
  const place = problem.place && (isCsv ? { file: label, ...(line === undefined ? {} : { line: lineOf(line) }) } : problem.place);
  return new Problem(relabelled(problem.message, label, lineOf), { remedy: problem.remedy, place, kind: problem.kind });
}
