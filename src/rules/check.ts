import type { Finding } from "../core/finding.ts";
import { inOrder, readReview } from "./engine/read.ts";
import type { Remark, ReviewFile, Rule, Surroundings } from "./engine/rule.ts";
import { silence } from "./engine/silence.ts";
import { rules } from "./index.ts";

/** What is known when a file is checked by itself. */
export const alone: Surroundings = {
  recomputed: { state: "unknown", why: "the file was checked by itself" },
  earlier: [],
  config: null,
  assignable: null,
};

const isLast = (rule: Rule) => rule.last === true;
const [first, last] = [rules.filter((rule) => !isLast(rule)), rules.filter(isLast)];

/** What the rules say of a review that was read, in the order of the file. */
export function judgeReview(review: ReviewFile, around: Surroundings): Finding[] {
  const open = review.front.state === "draft" ? "todo" : "error";
  const finding = (rule: string, { at: _, ...remark }: Remark): Finding => ({ rule, file: review.file, severity: open, ...remark });
  const ask = (list: readonly Rule[]) => list.flatMap((rule) => rule.check(review, around).map((remark) => ({ rule, remark })));
  const { kept, refused } = silence(review, ask(first), rules);
  const found = [...kept.map(({ rule, remark }) => finding(rule.name, remark)), ...refused.map((remark) => finding("silenced", remark))];
  if (found.every(({ severity }) => severity === "warning")) found.push(...ask(last).map(({ rule, remark }) => finding(rule.name, remark)));
  return inOrder(found);
}

/** What is wrong or open in one review file, in the order of the file; nothing is thrown for what stands in it. */
export function checkReview(text: string, file: string, around: Surroundings = alone): Finding[] {
  const { review, findings } = readReview(text, file);
  return review === null ? [...findings] : inOrder([...findings, ...judgeReview(review, around)]);
}
