import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pair, runNode } from "../measure.ts";
import { pairRow, tableHead } from "../table.ts";
import { sameTotal } from "./ingest.ts";
import { type Suite, bundled, root } from "./suite.ts";

/** The rows of `ingest` in the other forms of exports, each against the same aggregation bare in DuckDB on the same files. */
export const formats: Suite = ({ pairs, rows }) => {
  const folder = mkdtempSync(join(tmpdir(), "overpace-bench-"));
  const csv = join(folder, "costs.csv");
  runNode([resolve(root, "bench/make-focus.ts"), String(rows), csv], root);
  const measured = (name: string, form: string, target: string) => {
    const place = join(folder, form);
    mkdirSync(join(place, "config"), { recursive: true });
    mkdirSync(join(place, "costs"));
    const owners = "owners: { engineering: { login: octocat }, product: { login: hubot } }";
    writeFileSync(join(place, "config/overpace.yaml"), `${owners}\nsources: [{ type: focus, path: costs }]\n`);
    runNode([resolve(root, "bench/convert-focus.ts"), csv, form, join(place, "costs", target)], root);
    const files = readdirSync(join(place, "costs")).map((file) => join(place, "costs", file));
    const words = ["--config", join(place, "config"), "--reviews", join(place, "reviews")];
    const ours = bundled("analyze", "--json", "--as-of", "2026-11-01", ...words);
    const bare = () => runNode([resolve(root, "bench/peers/duckdb.ts"), ...files], root);
    sameTotal(ours(), bare());
    const line = pairRow(name, "the same aggregation bare in DuckDB", pair(ours, bare, pairs));
    rmSync(place, { recursive: true });
    return line;
  };
  const tables = [
    tableHead(`${rows} rows of FOCUS in other forms → figures`),
    measured("Parquet", "parquet", "costs.parquet"),
    measured("CSV.gz", "gzip", "costs.csv.gz"),
    measured("30 CSV files with two headers", "split", ""),
  ];
  rmSync(folder, { recursive: true });
  return tables.join("");
};
