import { isRetired } from "../../document/body/refresh.ts";
import { saysFirstWeek } from "../../document/front-matter/figures.ts";
import type { Question, Remark, ReviewFile } from "./rule.ts";

/** A delta or an anomaly with what people answered below it. */
export interface Item {
  readonly id: string;
  /** What stands behind a prompt; empty text when nothing. */
  readonly answer: (name: string) => string;
  /** The line of a prompt, or of the end of the item's zone when somebody took the prompt out. */
  readonly lineOf: (name: string) => number;
  readonly zone: Question["zone"];
}

/** The deltas or anomalies of a review; those that the figures no longer list ask nothing, nor do the deltas of a first week. */
export function itemsOf({ front, questions }: ReviewFile, kind: "delta" | "anomaly"): Item[] {
  if (kind === "delta" && saysFirstWeek(front)) return [];
  return questions
    .filter(({ zone }) => zone.name === kind && !isRetired(zone))
    .map(({ zone, answers }) => ({
      id: zone.id ?? kind,
      answer: (name) => answers.get(name)?.text ?? "",
      lineOf: (name) => answers.get(name)?.line ?? zone.endLine,
      zone,
    }));
}

/** One word as people write it: in any case, in code quotes, with a full stop. */
export function wordOf(answer: string): string {
  return answer
    .toLowerCase()
    .replace(/[`*_".]/g, "")
    .trim();
}

/** Something that an answer lacks, with the prompt it is about. */
export interface Fault {
  readonly prompt: string;
  /** What is wrong with the answer; null when there is none. */
  readonly message: string | null;
  readonly remedy: string;
}

/** `Expected, Why and Decision are not answered; …`. */
function messageOf(faults: readonly Fault[]): string {
  const blank = faults.filter(({ message }) => message === null).map(({ prompt }) => `${prompt.charAt(0).toUpperCase()}${prompt.slice(1)}`);
  const last = blank.at(-1) ?? "";
  const names = blank.length < 2 ? `${last} is` : `${blank.slice(0, -1).join(", ")} and ${last} are`;
  const said = faults.map(({ message }) => message).filter((message) => message !== null);
  return [...(blank.length === 0 ? [] : [`${names} not answered`]), ...said].join("; ");
}

/** What is wrong below an item as one remark, on the line of the first fault whose prompt stands there, else on the end of the zone. */
export function itemRemark(item: Item, faults: readonly Fault[], remedy: string): Remark[] {
  if (faults.length === 0) return [];
  const standing = faults.map(({ prompt }) => item.lineOf(prompt)).filter((line) => line > item.zone.endLine);
  return [
    {
      at: item.id,
      line: standing.length > 0 ? Math.min(...standing) : item.zone.endLine,
      column: 1,
      message: `${item.id}: ${messageOf(faults)}`,
      remedy: faults.length === 1 ? (faults[0]?.remedy ?? remedy) : remedy,
    },
  ];
}

/** An answer as it is quoted in a message: one line, not too long. */
export function quoted(answer: string): string {
  const line = answer.replace(/\s+/g, " ");
  return `"${line.length > 60 ? `${line.slice(0, 59)}…` : line}"`;
}
