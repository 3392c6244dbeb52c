import { CST, Lexer, type Scalar, isScalar } from "yaml";
import { type Day, isDay } from "../../core/day.ts";
import type { Finding } from "../../core/finding.ts";
import type { Sprint } from "../../core/settings/schedule.ts";
import { decisions } from "../front-matter/decisions.ts";
import { type SplitDocument, fencesOf } from "../front-matter/split.ts";
import { valueAt } from "../front-matter/value.ts";
import type { Fix } from "./change.ts";
import { isLogin, respelled } from "./spelling.ts";
import { type SpokenDay, spokenDay } from "./spoken-day.ts";

type Path = readonly (string | number)[];

/** `owner: @octocat` is no YAML, because `@` is reserved: such logins are put in quotes. */
export function loginFixes(text: string, file: string): Fix[] {
  const { opening, closing } = fencesOf(text, file);
  const fixes: Fix[] = [];
  let offset = opening.next;
  let line = 2;
  let isText = false;
  for (const token of new Lexer().lex(text.slice(opening.next, closing.start))) {
    if (!isText && (token === CST.SCALAR || token === CST.DOCUMENT || token === CST.FLOW_END)) {
      isText = token === CST.SCALAR;
      continue;
    }
    if (isText && token.startsWith("@") && isLogin(token.slice(1))) {
      const edit = { start: offset, end: offset + token.length, text: `"${token}"` };
      fixes.push({ edit, change: { line, key: "login", from: token, to: edit.text } });
    }
    isText = false;
    offset += token.length;
    line += token.split("\n").length - 1;
  }
  return fixes;
}

function listAt(data: unknown, key: string): unknown[] {
  const list = valueAt(data, [key]);
  return Array.isArray(list) ? list : [];
}

const states = ["draft", "held"];
const statuses = ["open", "done", "dropped"];

/** The state of a review, in whatever spelling; null when it says none. */
export function stateOf({ data }: SplitDocument): string | null {
  const said = valueAt(data, ["state"]);
  return typeof said === "string" ? (respelled(said, states) ?? said) : null;
}

/** Values with a fixed list of words. */
function wordPaths(data: unknown): [Path, readonly string[]][] {
  return [
    [["state"], states],
    [["outcome"], ["actions", "no-action-needed"]],
    ...listAt(data, "actions").flatMap((_, index): [Path, readonly string[]][] => [
      [["actions", index, "decision"], decisions],
      [["actions", index, "status"], statuses],
    ]),
    ...listAt(data, "previous").map((_, index): [Path, readonly string[]] => [["previous", index, "status"], statuses]),
  ];
}

function personPaths(data: unknown): Path[] {
  const others = valueAt(data, ["attendees", "others"]);
  return [
    ["attendees", "engineering"],
    ["attendees", "product"],
    ...(Array.isArray(others) ? others.map((_, index) => ["attendees", "others", index]) : []),
    ...listAt(data, "actions").flatMap((_, index) => [
      ["actions", index, "owner"],
      ["actions", index, "to"],
    ]),
    ...listAt(data, "waivers").map((_, index) => ["waivers", index, "by"]),
  ];
}

function dayPaths(data: unknown): Path[] {
  return (["actions", "previous"] as const).flatMap((key) => listAt(data, key).map((_, index) => [key, index, "due"]));
}

/** The text at a path, unless it is a block of lines or no text. */
function textAt(split: SplitDocument, path: Path): (Scalar<string> & { range: readonly number[] }) | null {
  const node = split.yaml.document.getIn(path, true);
  if (!isScalar<unknown>(node) || typeof node.value !== "string" || !node.range || node.type?.startsWith("BLOCK")) return null;
  return node as Scalar<string> & { range: readonly number[] };
}

/** Puts a value of letters, digits, dashes and `@` in the place of a text, with the quotes that stand there or that it needs. */
function fixAt(split: SplitDocument, path: Path, to: string): Fix[] {
  const node = textAt(split, path);
  const [start = 0, end = 0] = node?.range ?? [];
  if (node === null) return [];
  const quote = node.type === "QUOTE_SINGLE" ? "'" : node.type === "QUOTE_DOUBLE" || to.startsWith("@") ? '"' : "";
  const edit = { start: split.yamlStart + start, end: split.yamlStart + end, text: `${quote}${to}${quote}` };
  return [
    {
      edit,
      change: { line: split.yaml.placeOf(path).line, key: String(path.findLast((part) => typeof part === "string")), from: node.value, to },
    },
  ];
}

function missingText(missing: "sprint" | "next"): Pick<Finding, "message" | "remedy"> {
  return missing === "sprint"
    ? {
        message: "no sprint is configured, so its last day is not known",
        remedy:
          "write schedule: { sprint: { start: 2026-11-16, weeks: 2 } } with the first day of a sprint into overpace.yaml, or the day itself",
      }
    : { message: "the next review date is not known", remedy: "write next: and a day, such as next: 2026-11-30, or the due day itself" };
}

function dayAt(data: unknown, path: Path): Day | null {
  const value = valueAt(data, path);
  return typeof value === "string" && isDay(value) ? value : null;
}

/** The values of a sound front matter that can be written as the schema wants them, and due days that cannot be told. */
export function valueFixes(split: SplitDocument, sprint: Sprint | null): { fixes: Fix[]; findings: Finding[] } {
  const { data, file, yaml } = split;
  const reviewDate = dayAt(data, ["period", "end"]);
  const spoken = (path: Path): SpokenDay | null => {
    const said = textAt(split, path)?.value ?? "";
    return reviewDate === null || isDay(said) ? null : spokenDay(said, { reviewDate, next: dayAt(data, ["next"]), sprint });
  };
  const days = dayPaths(data).map((path) => ({ path, meant: spoken(path) }));
  const words = wordPaths(data).flatMap(([path, list]) => {
    const word = respelled(textAt(split, path)?.value ?? "", list);
    return word === null ? [] : fixAt(split, path, word);
  });
  const persons = personPaths(data).flatMap((path) => {
    const login = textAt(split, path)?.value ?? "";
    return isLogin(login) ? fixAt(split, path, `@${login}`) : [];
  });
  const fixes = [
    ...days.flatMap(({ path, meant }) => (meant && "day" in meant ? fixAt(split, path, meant.day) : [])),
    ...words,
    ...persons,
  ];
  const findings = days.flatMap(({ path, meant }): Finding[] =>
    meant && "missing" in meant ? [{ rule: "fix", severity: "error", file, ...yaml.placeOf(path), ...missingText(meant.missing) }] : [],
  );
  return { fixes: fixes.toSorted((a, b) => a.edit.start - b.edit.start), findings };
}
