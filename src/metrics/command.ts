import { Problem } from "../core/problem.ts";
import type { CommandMetric } from "../core/settings/metrics.ts";
import { readText } from "../shell/files.ts";
import { askProgram } from "../shell/program/ask.ts";
import { parseExact, rowOfJson } from "./json.ts";
import { daysAsked, type ReadMetric } from "./metric.ts";
import { rowsOfCsv } from "./table.ts";

/** What a program prints: CSV with a header line, or JSON lines, told by the first brace. */
export const command: ReadMetric<CommandMetric> = (config, context) =>
  askProgram(
    { ...config, days: daysAsked },
    { ...context, expects: { rows: "rows of days and values", entry: "metric" } },
    async (printed) => {
      const label = `output of ${config.name}`;
      const text = (await readText(printed.file, label)) ?? "";
      return text.trimStart().startsWith("{") ? rowsOfLines(config, text, label) : rowsOfCsv(config, text, label);
    },
  );

function rowsOfLines(config: CommandMetric, text: string, file: string) {
  return text
    .split(/\r?\n/)
    .flatMap((line, index) => (line.trim() === "" ? [] : rowOfJson(config, parsed(line, file, index + 1), { file, line: index + 1 })));
}

function parsed(text: string, file: string, line: number): unknown {
  try {
    return parseExact(text);
  } catch (cause) {
    throw new Problem(`the line is no JSON: ${JSON.stringify(text.slice(0, 60))}`, {
      remedy: "Print one JSON object on each line; nothing of this metric was read.",
      place: { file, line },
      cause,
    });
  }
}
