import { literal } from "../../engine/literal.ts";
import type { FocusColumn, HeaderGroup } from "../files/header.ts";
import { cleanSql, columnOf, kindOf, tableSql, typeOf } from "./table.ts";
import { countedUnitSql } from "./tokens.ts";

/**
 * The texts by which rows are grouped. Those about tags and about what is priced are long: where the engine can list the distinct ones without
 * going through the rows, as in Parquet, rows are grouped by their hashes, which takes a part of the time and memory.
 */
export type TextForm = "plain" | "hashed";

/** The SQL of columns by their names, null for those that the file does not have. */
export type Columns = Readonly<Record<string, string | null>>;

/** The texts that make a group, with the columns that hold them; of two columns the first that is not null. */
export const keyColumns = {
  provider: ["ServiceProviderName", "ProviderName"],
  service: ["ServiceName"],
  category: ["ChargeCategory"],
  chargeClass: ["ChargeClass"],
  frequency: ["ChargeFrequency"],
  currency: ["BillingCurrency"],
  account: ["SubAccountId"],
  project: ["x_Project"],
  apiKey: ["x_ApiKey"],
  estimated: ["x_Estimated"],
} as const satisfies Record<string, readonly FocusColumn[]>;
/** The texts about the thing that is priced. */
const skuTexts = ["model", "details", "unit", "meter", "tokenType"] as const;

export const noText = "CAST(NULL AS VARCHAR)";

/** Whether the unit of a row is one of tokens or requests: its texts are only looked at where it is. */
export function countedSql(group: HeaderGroup): string {
  return `${countedUnitSql(columnOf(group, ["ConsumedUnit"]) ?? noText)} AS counted`;
}

/** The texts by which rows are grouped. */
export function textColumns(group: HeaderGroup, tagKeys: readonly string[]): Columns {
  const details = columnOf(group, ["SkuPriceDetails"]);
  const billing = columnOf(group, ["BillingPeriodStart"]);
  const counted = (name: FocusColumn) => {
    const column = columnOf(group, [name]);
    return column && `CASE WHEN counted THEN ${column} END`;
  };
  return {
    billingText: billing && kindOf(group.header, "BillingPeriodStart") === "time" ? `CAST(${billing} AS DATE)` : billing,
    ...Object.fromEntries(Object.entries(keyColumns).map(([name, columns]) => [name, columnOf(group, columns)])),
    tagKey: tagKeys.length > 0 ? columnOf(group, ["Tags"]) : null,
    model: columnOf(group, ["x_Model"]),
    details: details && `CASE WHEN contains(${details}, 'Model') OR contains(${details}, 'Token') THEN ${details} END`,
    unit: counted("ConsumedUnit"),
    meter: counted("SkuMeter"),
    tokenType: counted("x_TokenType"),
  };
}

const hashed: readonly FocusColumn[] = ["Tags", "SkuPriceDetails", "ConsumedUnit", "SkuMeter", "x_Model", "x_TokenType"];

/** Hashes for Parquet files that hold these texts as texts: of those the engine knows the distinct ones. */
export function formFor(groups: readonly HeaderGroup[]): TextForm {
  const areTexts = groups.every(({ header }) => header.parquet !== undefined && hashed.every((name) => typeOf(header, name) === "VARCHAR"));
  return areTexts ? "hashed" : "plain";
}

const hashOf = (texts: readonly (string | null | undefined)[]) => `hash(${texts.map((text) => text ?? noText).join(", ")})`;

/** The columns to group by: in place of the long texts `tagKey` and, of hashes, `skuKey`. */
export function groupedBy(columns: Columns, form: TextForm): Columns {
  if (form === "plain") return columns;
  const { tagKey, ...others } = columns;
  const short = Object.entries(others).filter(([name]) => !skuTexts.some((text) => text === name));
  return { ...Object.fromEntries(short), tagKey: hashOf([tagKey]), skuKey: hashOf(skuTexts.map((name) => columns[name])) };
}

/** True for a column of `groupedBy` that is no text. */
export function isHash(name: string, form: TextForm): boolean {
  return form === "hashed" && (name === "tagKey" || name === "skuKey");
}

/** The distinct texts of all files in columns of these names: the engine reads nothing else for them. */
function distinctSql(groups: readonly HeaderGroup[], tagKeys: readonly string[], names: readonly string[]): string {
  const ofGroup = (group: HeaderGroup) => {
    const columns = textColumns(group, tagKeys);
    const texts = names.map((name) => `${columns[name] ?? noText} AS ${name}`);
    return `SELECT DISTINCT ${texts.join(", ")} FROM (SELECT *, ${countedSql(group)} FROM ${tableSql(group, { wordsForNull: true })})`;
  };
  return groups.map(ofGroup).join(" UNION ");
}

/** Refuses two texts with one hash, so that nothing is added up that does not belong together: the files are then read by the texts. */
const onlyOne = (text: string) => `CASE WHEN count(*) > 1 THEN error(${literal("two texts have one hash")}) ELSE any_value(${text}) END`;

/** The distinct texts of tags as they stand, each with what stands for it in `grouped`: `tagKey`, `tagText`. */
export function tagTextsOf(groups: readonly HeaderGroup[], tagKeys: readonly string[], form: TextForm): string {
  if (form === "plain") return "SELECT DISTINCT tagKey, tagKey AS tagText FROM grouped";
  return `SELECT hash(tagKey) AS tagKey, ${onlyOne(cleanSql("tagKey"))} AS tagText FROM (${distinctSql(groups, tagKeys, ["tagKey"])}) AS texts GROUP BY hash(texts.tagKey)`;
}

/** The distinct texts about what is priced, and by what they are found from `grouped`. */
export function skuTextsOf(
  groups: readonly HeaderGroup[],
  form: TextForm,
): { readonly key: string; readonly sql: string; readonly join: string } {
  const key = form === "plain" ? skuTexts.join(", ") : "skuKey";
  if (form === "plain") {
    const join = skuTexts.map((name) => `grouped.${name} IS NOT DISTINCT FROM skuTexts.${name}`).join(" AND ");
    return { key, sql: `SELECT DISTINCT ${key} FROM grouped`, join: `ON ${join}` };
  }
  const texts = skuTexts.map((name) => `${onlyOne(cleanSql(name))} AS ${name}`);
  const sql = `SELECT ${hashOf(skuTexts)} AS skuKey, ${texts.join(", ")} FROM (${distinctSql(groups, [], skuTexts)}) GROUP BY ALL`;
  return { key, sql, join: "USING (skuKey)" };
}
