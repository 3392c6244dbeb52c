import { resolve } from "node:path";
import { Problem } from "../core/problem.ts";
import type { CsvMetric } from "../core/settings/metrics.ts";
import { readText } from "../shell/files.ts";
import type { ReadMetric } from "./metric.ts";
import { rowsOfCsv } from "./table.ts";

/** A CSV file with a header line and a row for each day. */
export const csv: ReadMetric<CsvMetric> = async (config, { root }) => {
  const text = await readText(resolve(root, config.path), config.path);
  if (text === null)
    throw new Problem("there is no such file", {
      remedy: "Correct path of this metric in config/overpace.yaml (it counts from the folder that holds config/), or put the file there.",
      place: { file: config.path },
    });
  return rowsOfCsv(config, text, config.path);
};
