import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pair, runNode } from "../measure.ts";
import { pairRow, tableHead } from "../table.ts";
import { type Suite, bundled, root } from "./suite.ts";

/** One request log to figures, against the same reduction bare in DuckDB. */
export const log: Suite = ({ pairs, rows }) => {
  const folder = mkdtempSync(join(tmpdir(), "overpace-bench-"));
  const file = join(folder, "requests.jsonl");
  mkdirSync(join(folder, "config"));
  writeFileSync(
    join(folder, "config/overpace.yaml"),
    "owners: { engineering: { login: octocat }, product: { login: hubot } }\n" +
      "sources: [{ type: log, path: requests.jsonl, mapping: litellm, fields: { feature: metadata.feature } }]\n",
  );
  runNode([resolve(root, "bench/make-log.ts"), String(rows), file], root);
  const [config, reviews] = [join(folder, "config"), join(folder, "reviews")];
  const ours = bundled("analyze", "--json", "--as-of", "2026-11-01", "--config", config, "--reviews", reviews);
  const bare = () => runNode([resolve(root, "bench/peers/duckdb-log.ts"), file], root);
  const total = (JSON.parse(ours().output) as { last7: { total: string } }).last7.total;
  const theirs = bare().output.trim().split(", ")[1];
  if (total !== theirs) throw new Error(`overpace says ${total}, the peer says ${theirs}`);
  const result = pair(ours, bare, pairs);
  rmSync(folder, { recursive: true });
  return (
    tableHead(`${rows} lines of a request log → figures`) +
    pairRow("`analyze --json`, the whole process", "the same reduction bare in DuckDB", result)
  );
};
