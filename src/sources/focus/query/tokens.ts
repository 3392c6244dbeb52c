import { literal } from "../../engine/literal.ts";

/**
 * How a row says what its ConsumedQuantity counts. There is no token column in FOCUS up to 1.4: tokens travel as ConsumedQuantity with a unit,
 * and their kind stands in SkuMeter or SkuPriceDetails (draft properties TokenDirection and TokenCacheAction), or in a column x_TokenType.
 */

const tokenUnits = [
  { factor: 1, names: ["Tokens", "tokens", "TOKENS", "Token", "token"] },
  { factor: 1000, names: ["1K Tokens", "1K tokens", "1000 Tokens", "1000 tokens"] },
  { factor: 1_000_000, names: ["1M Tokens", "1M tokens", "1000000 Tokens", "1000000 tokens"] },
];
const requestUnits = ["Requests", "requests", "REQUESTS", "Request", "request"];

const list = (names: readonly string[]) => `(${names.map(literal).join(", ")})`;

/**
 * True for a unit that may be one of tokens or requests: a cheap look, run on every row (a list of names would become a join). All other units
 * are left out of the grouping, which they would only make larger.
 */
export function countedUnitSql(unit: string): string {
  return `(contains(${unit}, 'oken') OR contains(${unit}, 'equest') OR prefix(${unit}, 'TOKEN') OR prefix(${unit}, 'REQUEST'))`;
}

/** What one of the unit is worth in tokens or requests; null for a unit that is neither. */
export function unitFactorSql(unit: string): string {
  const units = [...tokenUnits, { factor: 1, names: requestUnits }];
  return `CASE ${units.map(({ factor, names }) => `WHEN ${unit} IN ${list(names)} THEN ${factor}`).join(" ")} END`;
}

/** `requests`, `input`, `cacheRead`, `cacheWrite` or `output`, from the unit and a text that names the kind; null when they do not say. */
export function countedKindSql(unit: string, text: string): string {
  // "Uncached input" and "cache miss" are ordinary input.
  const plain = `regexp_replace(replace(lower(${text}), '_', ' '), '(un|non|not|no)[ -]?cached?|cache miss', '', 'g')`;
  return `CASE WHEN ${unit} IN ${list(requestUnits)} THEN 'requests'
    WHEN regexp_matches(${plain}, 'cache.*(writ|creat)|(writ|creat).*cache') THEN 'cacheWrite'
    WHEN regexp_matches(${plain}, 'cached|cache.*(read|hit)|(read|hit).*cache') THEN 'cacheRead'
    WHEN regexp_matches(${plain}, 'output|completion') THEN 'output'
    WHEN regexp_matches(${plain}, 'input|prompt') THEN 'input' END`;
}
