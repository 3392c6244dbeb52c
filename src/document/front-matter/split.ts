import { utf8ToBytes } from "@noble/hashes/utils.js";
import matter from "gray-matter";
import { Problem } from "../../core/problem.ts";
import { parseYaml } from "../../core/yaml/parse.ts";
import type { YamlText } from "../../core/yaml/whole.ts";
import { marksConflict, unresolved } from "../conflict.ts";
import { type Line, breakOf, lineAt, linesOf, trimBlank } from "../lines.ts";

/** A file taken apart by offsets into its original text; nothing is normalised. */
export interface SplitDocument {
  readonly file: string;
  /** The text begins with a byte order mark. */
  readonly bom: boolean;
  /** The line break of the first line. */
  readonly eol: "\n" | "\r\n";
  /** The YAML text, from the line after the opening fence up to the closing fence. */
  readonly yamlStart: number;
  readonly yamlEnd: number;
  readonly bodyStart: number;
  /** The line of the file, from 1, on which the body begins. */
  readonly bodyLine: number;
  readonly data: unknown;
  readonly yaml: YamlText;
}

const fence = "---";
const longestFile = 10 * 1024 * 1024;
const longestFrontMatter = 64 * 1024;
const sayFence = "begin the file with a line `---`, then the keys as YAML, then a line `---`";

/** Where the front matter of a file stands; what is in it need not be sound. */
interface Fences {
  readonly opening: Line;
  readonly closing: Line;
  /** The line of the file, from 1, of the closing fence. */
  readonly line: number;
}

/**
 * Finds the front matter of a file without reading it.
 * @throws Problem with line and remedy for a missing, unclosed, oversized or foreign front matter, or one with an unresolved conflict.
 */
export function fencesOf(text: string, file: string): Fences {
  if (bytesBeyond(text, longestFile)) {
    throw new Problem("the file is larger than 10 MB", {
      remedy: "a review is a page of text: move what is attached elsewhere",
      place: { file },
    });
  }
  const opening = lineAt(text, text.startsWith("\uFEFF") ? 1 : 0);
  checkOpening(text.slice(opening.start, opening.end), file);
  const { closing, line } = findClosing(text, opening, file);
  if (bytesBeyond(text.slice(opening.next, closing.start), longestFrontMatter)) {
    throw new Problem("the front matter is larger than 64 KB", {
      remedy: "keep the keys short and put prose below the front matter",
      place: { file, line: 1 },
    });
  }
  return { opening, closing, line };
}

/**
 * Splits a file into front matter and body. The front matter is plain YAML and never anything that runs.
 * @throws Problem with line and remedy for a front matter that is missing, oversized, foreign or no plain YAML.
 */
export function splitDocument(text: string, file: string): SplitDocument {
  const { opening, closing, line } = fencesOf(text, file);
  const bom = text.startsWith("\uFEFF");
  const source = text.slice(opening.next, closing.start);
  const yaml = parseYaml(source, file, 2);
  const parts = { yamlStart: opening.next, yamlEnd: closing.start, bodyStart: closing.next, bodyLine: line + 1 };
  return { file, bom, eol: breakOf(text, opening), ...parts, data: grayMatter(source, yaml), yaml };
}

function bytesBeyond(text: string, limit: number): boolean {
  return text.length > limit || (text.length * 3 > limit && utf8ToBytes(text).length > limit);
}

/** The opening fence names no language but `yaml`: gray-matter evaluates a document that names `js`. */
function checkOpening(line: string, file: string): void {
  const place = { file, line: 1 };
  if (marksConflict(line)) throw unresolved(file, 1, line);
  if (!line.startsWith(fence) || line.startsWith(`${fence}-`)) {
    throw new Problem("the file has no front matter: its first line is not `---`", { remedy: sayFence, place });
  }
  const language = trimBlank(line.slice(fence.length)).replace(/^[ \t]+/, "");
  if (language === "" || language === "yaml") return;
  throw new Problem("the front matter names a language other than YAML after its opening `---`", {
    remedy: "write the first line as `---` and the front matter as YAML",
    place: { ...place, column: fence.length + 1 },
  });
}

function findClosing(text: string, opening: Line, file: string): { closing: Line; line: number } {
  let line = 1;
  for (const closing of linesOf(text, opening.next)) {
    line++;
    const said = text.slice(closing.start, closing.end);
    if (marksConflict(said)) throw unresolved(file, line, said);
    if (!text.startsWith(fence, closing.start)) continue;
    if (trimBlank(text.slice(closing.start, closing.end)) === fence) return { closing, line };
    throw new Problem("a line of the front matter begins with `---` but is not its closing line", {
      remedy: "write `---` alone on the closing line; inside the front matter indent or quote a value that begins with `---`",
      place: { file, line },
    });
  }
  throw new Problem("the front matter is not closed: no line `---` follows the first one", { remedy: sayFence, place: { file, line: 1 } });
}

function refuse(): never {
  throw new Error("only YAML front matter is read");
}

const refused = { js: refuse, javascript: refuse, json: refuse, toml: refuse, coffee: refuse, coffeescript: refuse, cson: refuse };

/**
 * Hands the front matter to gray-matter with YAML of ours as the only engine; the options object also switches its cache off.
 * It searches comments by a pattern that takes quadratic time over blank lines, so it is given the text without those, and it looks
 * for `excerpt_separator` in what the engine returns, so the value comes wrapped.
 */
function grayMatter(source: string, yaml: YamlText): unknown {
  const solid = source
    .split("\n")
    .map((line) => line.replace(/[\r\u2028\u2029]/g, " "))
    .filter((line) => line.trim() !== "");
  const parsed = matter([fence, ...solid, fence, ""].join("\n"), { engines: { ...refused, yaml: () => ({ value: yaml.value }) } });
  return parsed.data["value"] ?? {};
}
