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
  /** The line of a second answer behind a prompt that says something else than the first. */
  readonly againAt: (name: string) => number | undefined;
  /** Whether something stands below the item in the place of a prompt, in a form that is none. */
  readonly isUnread: (name: string) => boolean;
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
      againAt: (name) => answers.get(name)?.again,
      isUnread: (name) => answers.get(name)?.unread ?? false,
      zone,
    }));
}

/** Whether an anomaly went up or down, as its heading says; empty text where it says neither. */
export function directionOf({ zone }: Item): string {
  return / (up|down) (?:on|from) /.exec(zone.text)?.[1] ?? "";
}

/** Something that an answer lacks, with the prompt it is about. */
export interface Fault {
  readonly prompt: string;
  /** What is wrong with the answer; null when there is none. */
  readonly message: string | null;
  readonly remedy: string;
}

function capital(prompt: string): string {
  return `${prompt.charAt(0).toUpperCase()}${prompt.slice(1)}`;
}

/** `Expected, Why and Decision are not answered; …`. */
function messageOf(faults: readonly Fault[]): string {
  const blank = faults.filter(({ message }) => message === null).map(({ prompt }) => capital(prompt));
  const last = blank.at(-1) ?? "";
  const names = blank.length < 2 ? `${last} is` : `${blank.slice(0, -1).join(", ")} and ${last} are`;
  const said = faults.map(({ message }) => message).filter((message) => message !== null);
  return [...(blank.length === 0 ? [] : [`${names} not answered`]), ...said].join("; ");
}

/** Two people behind one prompt who say different things; nobody could tell later which holds. */
export function twoAnswers(item: Item, prompt: string): Fault[] {
  const again = item.againAt(prompt);
  if (again === undefined) return [];
  const message = `${capital(prompt)} is answered twice and differently, on lines ${item.lineOf(prompt)} and ${again}`;
  return [{ prompt, message, remedy: "keep the answer that both agree on, and delete the other line" }];
}

/** How an answer is to be written that stands there in another form. */
function formRemedy(item: Item, faults: readonly Fault[]): string {
  const unread = faults.find(({ prompt, message }) => message === null && item.isUnread(prompt))?.prompt;
  if (unread === undefined) return "";
  return `what stands on line ${item.lineOf(unread)} is not read as an answer: write the label as \`- **${capital(unread)}:**\`, with both stars before and behind it and the answer after them; `;
}

/** What is wrong below an item as one remark, on the line of the first fault whose prompt stands there, else on the end of the zone. */
export function itemRemark(item: Item, faults: readonly Fault[], remedy: string): Remark[] {
  if (faults.length === 0) return [];
  const [first] = faults;
  const own = faults.every((fault) => fault.remedy === first?.remedy) ? first?.remedy : undefined;
  const standing = faults.map(({ prompt }) => item.lineOf(prompt)).filter((line) => line > item.zone.endLine);
  return [
    {
      at: item.id,
      line: standing.length > 0 ? Math.min(...standing) : item.zone.endLine,
      column: 1,
      message: `${item.id}: ${messageOf(faults)}`,
      remedy: `${formRemedy(item, faults)}${own ?? remedy}`,
    },
  ];
}

/** An answer as it is quoted in a message: one line, not too long. */
export function quoted(answer: string): string {
  const line = answer.replace(/\s+/g, " ");
  return `"${line.length > 60 ? `${line.slice(0, 59)}…` : line}"`;
}
