import { answersIn, promptLength, textBelow } from "../body/answers.ts";
import { scanZones } from "../body/zone.ts";
import type { SplitDocument } from "../front-matter/split.ts";
import { valueAt } from "../front-matter/value.ts";
import { linesOf } from "../lines.ts";
import type { Fix } from "./change.ts";
import { respelled } from "./spelling.ts";

/** Ids as they have to be: where an action's own is misspelt, the answer that names it may be right. */
function actionIds(data: unknown): string[] {
  const actions = valueAt(data, ["actions"]);
  const ids = Array.isArray(actions) ? actions.map((action: unknown) => valueAt(action, ["id"])) : [];
  return ids.filter((id) => typeof id === "string").filter((id) => /^\d{4}-W\d{2}-\d+$/.test(id));
}

/** Answers that are a word of a fixed list in another spelling; what people explain is never touched. */
export function answerFixes(text: string, split: SplitDocument): Fix[] {
  const body = text.slice(split.bodyStart);
  const zones = scanZones(body, split.file, split.bodyLine);
  const lines = [...linesOf(body)];
  const below = textBelow(body, zones);
  const words = new Map([
    ["expected", ["yes", "no", "partly"]],
    ["status", ["open", "closed"]],
    ["decision", ["leave-as-is", ...actionIds(split.data)]],
  ]);
  return zones
    .filter(({ name }) => name === "delta" || name === "anomaly")
    .flatMap((zone) => [...answersIn(below.get(zone.key) ?? "", zone.endLine)])
    .flatMap(([label, answer]): Fix[] => {
      const to = respelled(answer.text, words.get(label) ?? []);
      const line = lines[answer.line - split.bodyLine];
      if (to === null || !line) return [];
      const written = body.slice(line.start, line.end);
      const prompt = promptLength(written);
      const start = prompt + written.slice(prompt).search(/\S/);
      if (!written.startsWith(answer.text, start)) return [];
      const from = split.bodyStart + line.start + start;
      return [
        {
          edit: { start: from, end: from + answer.text.length, text: to },
          change: { line: answer.line, key: label, from: answer.text, to },
        },
      ];
    });
}
