import type { Severity } from "../../core/finding.ts";
import type { FrontMatter } from "../../document/front-matter/schema.ts";
import { judge } from "../wording/judge.ts";
import type { Remark, ReviewFile, Rule } from "./rule.ts";

/** A remark with the rule it comes from. */
export interface Remarked {
  readonly rule: Rule;
  readonly remark: Remark;
}

type Entry = NonNullable<FrontMatter["silenced"]>[number];

const fewestWords = 3;

function isSilenceable({ rule, remark }: Remarked): boolean {
  return rule.silenceable === true || remark.severity === "warning";
}

/** Which remark is meant: its rule and its item, spelled in any case. */
function keyOf(rule: string, at: string): string {
  return `${rule.trim()}\n${at.trim().toLowerCase()}`;
}

/** The remarks by key, and the items of each rule's remarks. */
interface Index {
  readonly byKey: ReadonlyMap<string, readonly Remarked[]>;
  readonly items: ReadonlyMap<string, ReadonlySet<string>>;
}

function indexOf(remarks: readonly Remarked[], rules: readonly Rule[]): Index {
  const byKey = new Map<string, Remarked[]>();
  const items = new Map(rules.map(({ name }) => [name, new Set<string>()]));
  for (const remarked of remarks) {
    const { rule, remark } = remarked;
    const key = keyOf(rule.name, remark.at);
    const same = byKey.get(key);
    if (same) same.push(remarked);
    else byKey.set(key, [remarked]);
    items.get(rule.name)?.add(remark.at);
  }
  return { byKey, items };
}

function isReason(text: string): boolean {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length >= fewestWords && judge(text, "text") === null;
}

interface Refusal {
  readonly severity: Severity;
  readonly key: "rule" | "at" | "reason";
  readonly message: string;
  readonly remedy: string;
}

/** Why an entry silences nothing, or null. */
function refusalOf(entry: Entry, { byKey, items }: Index): Refusal | null {
  const name = entry.rule.slice(0, 60);
  const others = items.get(entry.rule.trim());
  if (!others)
    return {
      severity: "error",
      key: "rule",
      message: `there is no rule \`${name}\``,
      remedy: "write the name that stands in [brackets] behind the remark",
    };
  const meant = byKey.get(keyOf(entry.rule, entry.at)) ?? [];
  if (meant.length > 0 && !meant.some(isSilenceable))
    return {
      severity: "error",
      key: "rule",
      message: `what \`${name}\` remarks is no matter of judgement and cannot be silenced`,
      remedy: "do what the remark asks for and remove this entry",
    };
  if (!isReason(entry.reason))
    return {
      severity: "error",
      key: "reason",
      message: `"${entry.reason.slice(0, 60)}" is no reason to silence \`${name}\`; expected a sentence that can be understood later`,
      remedy: `write why the remark does not apply here, in at least ${fewestWords} words`,
    };
  if (meant.length > 0) return null;
  return {
    severity: "warning",
    key: "at",
    message: `this silences nothing: \`${name}\` has no remark at \`${entry.at.slice(0, 80)}\``,
    remedy: others.size === 0 ? "remove the entry" : `write at: ${[...others].slice(0, 3).join(" or ")}, or remove the entry`,
  };
}

/** The remarks that people did not silence, and what is wrong with the entries of `silenced`. */
export function silence(
  { front, placeOf }: ReviewFile,
  remarks: readonly Remarked[],
  rules: readonly Rule[],
): { kept: Remarked[]; refused: Remark[] } {
  const entries = front.silenced ?? [];
  const index = indexOf(remarks, rules);
  const refusals = entries.map((entry) => refusalOf(entry, index));
  const sound = new Set(entries.filter((_, at) => refusals[at] === null).map(({ rule, at }) => keyOf(rule, at)));
  return {
    kept: remarks.filter((remarked) => !isSilenceable(remarked) || !sound.has(keyOf(remarked.rule.name, remarked.remark.at))),
    refused: refusals.flatMap((refusal, index): Remark[] => {
      if (!refusal) return [];
      const { key, ...said } = refusal;
      return [{ at: "silenced", ...placeOf(["silenced", index, key]), ...said }];
    }),
  };
}
