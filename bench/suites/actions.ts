import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pair, runNode } from "../measure.ts";
import { pairRow, tableHead } from "../table.ts";
import { type Suite, bundledIn, root } from "./suite.ts";

/** The history of years of reviews, against git alone reading the same versions. */
export const actions: Suite = ({ pairs, reviews }) => {
  const folder = mkdtempSync(join(tmpdir(), "overpace-bench-"));
  runNode([resolve(root, "bench/make-history.ts"), String(reviews), folder], root);
  const warm = bundledIn(folder, "actions", "--json", "--as-of", "2030-01-07");
  const cold = () => {
    rmSync(join(folder, ".git/overpace"), { recursive: true, force: true });
    return warm();
  };
  const bare = () => runNode([resolve(root, "bench/peers/git-log.ts"), folder], root);
  const count = (JSON.parse(cold().output) as { actions: unknown[] }).actions.length;
  const theirs = bare().output.trim();
  if (theirs !== `${reviews * 5} versions, ${count} actions`) throw new Error(`overpace lists ${count} actions, the peer ${theirs}`);
  const tables = [
    tableHead(`${reviews} reviews in ${reviews * 5} commits → every change of every action`),
    pairRow("`actions --json`, first run", "`git log --raw` + `git cat-file --batch`, split only", pair(cold, bare, pairs)),
    pairRow("the same with its cache", "the same", pair(warm, bare, pairs)),
  ];
  rmSync(folder, { recursive: true });
  return tables.join("");
};
