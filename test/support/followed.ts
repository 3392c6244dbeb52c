import { explain, explainers } from "../../src/core/explain/explain.ts";
import type { Facts } from "../../src/core/explain/explanation.ts";

/** Which numbers cannot be followed: those that no explanation of the review tells. */

const numbersIn = (text: string) => (text.match(/\d[\d,]*(?:\.\d+)?/g) ?? []).map((found) => Number(found.replaceAll(",", "")));

/** All numbers that the figures of a review are explained with. */
function toldIn(facts: Facts): number[] {
  const explanations = [...explainers(facts).keys()].flatMap((name) => explain(name, facts)?.explanation ?? []);
  const texts = explanations.flatMap(({ value, formula, terms }) => [value, formula, ...terms.map((term) => term.value)]);
  return [...new Set(texts.flatMap(numbersIn))];
}

/** Amounts and percentages in the text of a review that nothing tells; it prints cents and tenths of a per cent. */
export function notToldIn(text: string, facts: Facts): string[] {
  const told = toldIn(facts);
  const isNear = (number: string, least: number) => told.some((one) => Math.abs(one - Number(number.replaceAll(",", ""))) <= least);
  const amounts = [...text.matchAll(/(?:\$|\b[A-Z]{3} )(\d[\d,]*\.\d\d)/g)].filter(([, number = ""]) => !isNear(number, 0.005001));
  const percents = [...text.matchAll(/(\d+(?:\.\d)?) %/g)].filter(([, number = ""]) => !isNear(number, 0.05001));
  return [...amounts, ...percents].map(([whole]) => whole);
}

/** The same of a value of `analyze --json`, each by its path. */
export function notToldOf(value: unknown, facts: Facts): string[] {
  const told = new Set(toldIn(facts));
  const walk = (inner: unknown, path: string): string[] => {
    if (typeof inner === "object" && inner !== null) return Object.entries(inner).flatMap(([key, part]) => walk(part, `${path}.${key}`));
    const isNumber = typeof inner === "number" || (typeof inner === "string" && /^-?\d+(?:\.\d+)?$/.test(inner));
    return isNumber && !told.has(Math.abs(Number(inner))) ? [`${path}: ${String(inner)}`] : [];
  };
  return walk(value, "");
}
