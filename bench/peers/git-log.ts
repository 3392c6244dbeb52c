/**
 * The bare limit of `overpace actions`: every version of every review file by one `git log --raw` and one `git cat-file --batch`, its front
 * matter split off and nothing more. Prints how many versions there are and how many actions their last ones name.
 *
 *   node bench/peers/git-log.ts <repository>
 */
import { spawnSync } from "node:child_process";

const folder = process.argv[2] ?? ".";
const git = (words: readonly string[], input = "") =>
  spawnSync("git", ["-C", folder, ...words], { input: Buffer.from(input), maxBuffer: 1 << 30 }).stdout;

const last = new Map<string, string>();
const blobs = new Set<string>();
const parts = git(["log", "--raw", "-z", "--no-abbrev", "--format=%H %at", "--", "reviews"]).toString().split("\0");
for (const [index, part] of parts.entries()) {
  const found = /^\n?:\S+ \S+ \S+ (\S+) \S+$/.exec(part);
  const path = parts[index + 1];
  if (!found?.[1] || path === undefined) continue;
  blobs.add(found[1]);
  if (!last.has(path)) last.set(path, found[1]);
}

const fronts = new Map<string, string>();
const output = git(["cat-file", "--batch", "--buffer"], `${[...blobs].join("\n")}\n`);
for (let at = 0; at < output.length;) {
  const feed = output.indexOf(10, at);
  const [id = "", , size = "0"] = output.toString("latin1", at, feed).split(" ");
  const text = output.toString("utf8", feed + 1, feed + 1 + Number(size));
  fronts.set(id, text.slice(4, text.indexOf("\n---", 4)));
  at = feed + 2 + Number(size);
}

const actions = [...last.values()].map((id) => fronts.get(id)?.match(/^ {2}- id: /gm)?.length ?? 0);
process.stdout.write(`${fronts.size} versions, ${actions.reduce((total, count) => total + count, 0)} actions\n`);
