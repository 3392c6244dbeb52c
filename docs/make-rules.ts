import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import type { Severity } from "../src/core/finding.ts";
import { plural } from "../src/core/text.ts";
import { blocks, table } from "../src/document/markdown.ts";
import type { Example, Rule } from "../src/rules/engine/rule.ts";
import { rules } from "../src/rules/index.ts";
import { findingsOf, remarksOf } from "../test/rules/support.ts";

const folder = new URL("rules/", import.meta.url);
const generated = "<!-- Written by `npm run rules` from src/rules: change it there. -->";

/** An example with some keys of its front matter set. */
function withKeys(example: Example, keys: Readonly<Record<string, unknown>>): Example {
  const front = (example.front === undefined ? {} : parse(example.front)) as Record<string, unknown>;
  return { ...example, front: stringify({ ...front, ...keys }) };
}

function own(rule: Rule, example: Example) {
  return findingsOf(example).filter((finding) => finding.rule === rule.name);
}

/** The severities that the rule's own examples get in a draft or in a held review. */
function severities(rule: Rule, state: "draft" | "held"): string {
  const found = new Set<Severity>(
    rule.examples.flatMap((example) => own(rule, withKeys(example, { state })).map(({ severity }) => severity)),
  );
  return (["error", "todo", "warning"] as const).filter((severity) => found.has(severity)).join(", ");
}

/** Whether a written reason silences what the rule's examples are remarked with. */
function silenceable(rule: Rule): string {
  const bad = rule.examples.filter(({ remark }) => remark !== undefined);
  const left = bad.filter((example) => {
    const silenced = remarksOf(rule, example).map(({ at }) => ({ rule: rule.name, at, reason: "agreed with finance on 3 November" }));
    return own(rule, withKeys(example, { silenced })).length > 0;
  });
  return left.length === 0 ? "yes" : left.length === bad.length ? "no" : "in part";
}

function fenced(language: string, text: string): string {
  return ["```" + language, text.trim(), "```"].join("\n");
}

/** What an example changes in the sound review. */
function changed({ front, delta, anomaly, since, notes, moved, file, known, earlier = [] }: Example, isEarlier = false): (string | null)[] {
  return [
    ...earlier.flatMap((review, index) => {
      const parts = changed(review, true).filter((part) => part !== null);
      return parts.length === 0 ? [] : [`In the review ${plural(earlier.length - index, "week")} before:`, ...parts];
    }),
    earlier.length > 0 ? "In the review itself:" : null,
    file === undefined ? null : `The file is \`${file}\`.`,
    known === undefined ? null : `Known besides: \`${JSON.stringify(known)}\`.`,
    front === undefined ? null : fenced("yaml", front),
    moved === undefined ? null : fenced("markdown", moved.map((line) => `- ${line}`).join("\n")),
    delta === undefined ? null : `Below the delta \`openai/inference\`:\n\n${fenced("markdown", delta)}`,
    anomaly === undefined
      ? null
      : `Below ${isEarlier && since === undefined ? "an anomaly of `openai/inference`" : `the anomaly \`openai/inference@${since ?? "2026-11-17"}\``}:\n\n${anomaly === "" ? "(nothing)" : fenced("markdown", anomaly)}`,
    notes === undefined ? null : `Among the notes:\n\n${fenced("markdown", notes)}`,
  ];
}

function exampleText(rule: Rule, example: Example, index: number): string {
  const [finding] = own(rule, example);
  return blocks([
    `### ${index + 1}. ${finding ? "Remarked" : "Accepted"}`,
    ...changed(example),
    finding ? `> ${finding.severity}: ${finding.message}\n>\n> Do: ${finding.remedy}.` : null,
  ]);
}

function ruleText(rule: Rule): string {
  const facts = table(
    ["In a draft", "In a held review", "Silenced by a written reason"],
    [[severities(rule, "draft"), severities(rule, "held"), silenceable(rule)]],
    "left",
  );
  const examples = rule.examples.map((example, index) => exampleText(rule, example, index));
  const parts = [generated, `# ${rule.name}`, rule.reason, facts, "## Examples", "Each changes the same sound, held review of 2026-W47."];
  return `${blocks([...parts, ...examples])}\n`;
}

function indexText(): string {
  const rows = rules.map((rule) => [
    `[${rule.name}](${rule.name}.md)`,
    rule.reason,
    severities(rule, "draft"),
    severities(rule, "held"),
    silenceable(rule),
  ]);
  return `${blocks([
    generated,
    "# Rules",
    "What `overpace check` asks of a review. A `todo` is open in a draft and an error once the review is held; warnings alone let `check` end well. S and N numbers are points of the list of requirements that the project was made from; it is not kept here, and code and tests name the same numbers.",
    table(["Rule", "What it asks, and why", "Draft", "Held", "Silenceable"], rows, "left"),
  ])}\n`;
}

/** The text of each file in docs/rules by name: the index, and one file a rule with its examples as `check` answers them. */
export function ruleTexts(): Map<string, string> {
  return new Map([["README.md", indexText()], ...rules.map((rule): [string, string] => [`${rule.name}.md`, ruleText(rule)])]);
}

if (import.meta.main) {
  const texts = ruleTexts();
  for (const name of readdirSync(folder)) if (!texts.has(name)) rmSync(new URL(name, folder));
  for (const [name, text] of texts) writeFileSync(new URL(name, folder), text);
}
