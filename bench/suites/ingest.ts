import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Run, pair, runNode } from "../measure.ts";
import { pairRow, singleRow, tableHead } from "../table.ts";
import { type Suite, bundled, root } from "./suite.ts";

/** @throws when the two sides do not print the same cost of the last week. */
export function sameTotal(ours: Run, peer: Run): void {
  const total = (JSON.parse(ours.output) as { last7: { total: string } }).last7.total;
  const theirs = peer.output.trim().split(", ")[1];
  if (total !== theirs) throw new Error(`overpace says ${total}, the peer says ${theirs}`);
}

/** One FOCUS CSV file to figures, against the same aggregation bare in DuckDB and against streaming parsers. */
export const ingest: Suite = ({ pairs, rows }) => {
  const folder = mkdtempSync(join(tmpdir(), "overpace-bench-"));
  const file = join(folder, "costs.csv");
  mkdirSync(join(folder, "config"));
  writeFileSync(
    join(folder, "config/overpace.yaml"),
    "owners: { engineering: { login: octocat }, product: { login: hubot } }\nsources: [{ type: focus, path: costs.csv }]\n",
  );
  runNode([resolve(root, "bench/make-focus.ts"), String(rows), file], root);
  const [config, reviews] = [join(folder, "config"), join(folder, "reviews")];
  const ours = bundled("analyze", "--json", "--as-of", "2026-11-01", "--config", config, "--reviews", reviews);
  const bare = () => runNode([resolve(root, "bench/peers/duckdb.ts"), file], root);
  sameTotal(ours(), bare());
  const result = pair(ours, bare, pairs);
  const peers = ["papaparse", "csv-parse"].map((parser) => {
    const peer = runNode([resolve(root, "bench/peers/csv.ts"), parser, file], root);
    sameTotal(result.a, peer);
    return singleRow("the same", `${parser} streaming, one run`, result.a, peer);
  });
  rmSync(folder, { recursive: true });
  return [
    tableHead(`${rows} rows of FOCUS CSV → figures`),
    pairRow("`analyze --json`, the whole process", "the same aggregation bare in DuckDB", result),
    ...peers,
  ].join("");
};
