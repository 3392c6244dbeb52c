import { pair } from "../measure.ts";
import { pairRow, tableHead } from "../table.ts";
import { type Suite, bareNode, bundled } from "./suite.ts";

/** What a command costs before it does anything, on the project's own reviews. */
export const startup: Suite = ({ pairs }) => {
  const many = pairs * 3;
  const against = (name: string, ...words: string[]) => pairRow(name, "bare Node", pair(bundled(...words), bareNode, many));
  return [
    tableHead("Start-up of the bundle, on the project's own reviews"),
    against("`--help`", "--help"),
    against("`analyze --no-fetch`, four weeks of ledger", "analyze", "--no-fetch", "--as-of", "2026-11-16"),
  ].join("");
};
