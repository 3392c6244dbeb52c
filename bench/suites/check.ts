import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type Run, pair, runNode } from "../measure.ts";
import { pairRow, tableHead } from "../table.ts";
import { type Suite, bareNode, bundledIn, root } from "./suite.ts";

const peerFolder = resolve(root, "bench/peers/remark");

/** remark with its front-matter schema plugin, which reads draft 7 of JSON Schema. */
function remarkIn(folder: string): (files: string) => () => Run {
  if (!existsSync(join(peerFolder, "node_modules"))) execFileSync("npm", ["ci", "--silent"], { cwd: peerFolder, stdio: "inherit" });
  const schema: Record<string, unknown> = JSON.parse(readFileSync(resolve(root, "docs/schemas/review.schema.json"), "utf8"));
  const draft7 = { ...schema, $schema: "http://json-schema.org/draft-07/schema#" };
  writeFileSync(join(folder, "review.schema.json"), JSON.stringify(draft7));
  cpSync(join(peerFolder, "remarkrc.json"), join(folder, ".remarkrc.json"));
  cpSync(join(peerFolder, "node_modules"), join(folder, "node_modules"), { recursive: true });
  return (files) => () => runNode(["node_modules/remark-cli/cli.js", "--frail", "--quiet", "--no-stdout", files], folder);
}

/** Both sides must accept the sound files, and refuse one whose state is misspelt. */
function sameVerdict(ours: () => Run, peer: () => Run, file: string): void {
  ours();
  peer();
  const sound = readFileSync(file, "utf8");
  writeFileSync(file, sound.replace("\nstate: held\n", "\nstate: hled\n"));
  for (const side of [ours, peer]) {
    let refused = false;
    try {
      side();
    } catch {
      refused = true;
    }
    if (!refused) throw new Error("a misspelt state was accepted");
  }
  writeFileSync(file, sound);
}

/** `check` on one review and on years of them, against remark with a front-matter schema, and its own start against bare Node. */
export const check: Suite = ({ pairs, reviews }) => {
  const folder = mkdtempSync(join(tmpdir(), "overpace-bench-"));
  runNode([resolve(root, "bench/make-reviews.ts"), String(reviews), folder], root);
  const remark = remarkIn(folder);
  const file = "reviews/2026/2026-W47.md";
  const [one, all] = [bundledIn(folder, "check", file), bundledIn(folder, "check")];
  sameVerdict(one, remark(file), join(folder, file));
  const alone = join(folder, "alone/2026-W47.md");
  mkdirSync(dirname(alone));
  cpSync(join(folder, file), alone);
  const faulty = join(dirname(alone), "faulty.md");
  writeFileSync(faulty, readFileSync(alone, "utf8").replace("\nstate: held\n", "\nstate: held\nstatus: held\n"));
  const front = () => runNode([resolve(root, "dist/cli.js"), "check", "faulty.md"], dirname(faulty), 1);
  const plain = bundledIn(dirname(alone), "check", "2026-W47.md");
  const tables = [
    tableHead("`check`, one file"),
    pairRow("front matter alone: an unknown key, nothing else is read", "bare Node", pair(front, bareNode, pairs * 3)),
    pairRow("with body and rules, no settings, no ledger", "bare Node", pair(plain, bareNode, pairs * 3)),
    pairRow("with body, history and figures computed again", "bare Node", pair(one, bareNode, pairs * 3)),
    pairRow("the same", "remark-cli with a schema of the front matter", pair(one, remark(file), pairs)),
    tableHead(`\`check\`, ${reviews} reviews`),
    pairRow(
      "everything, figures computed again",
      "remark-cli with a schema of the front matter",
      pair(all, remark("reviews"), Math.min(pairs, 3)),
    ),
  ];
  rmSync(folder, { recursive: true });
  return tables.join("");
};
