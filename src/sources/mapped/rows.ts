import { type Day, isDay } from "../../core/day.ts";
import type { ExactRow } from "../../core/ledger/delivery.ts";
import { type Decimal, parseDecimal } from "../../core/money.ts";
import { categoryOf } from "../focus/faults.ts";
import type { UnpricedRow } from "../prices/estimate.ts";
import type { Mapping, TextField } from "./fields.ts";

/** One group of rows as the engine gives it: texts by position. */
type Row = readonly (string | null)[];

/** Groups of rows, and what stands in each position. */
export interface Groups {
  readonly names: readonly string[];
  readonly rows: readonly Row[];
}

/** Reads a column of a group by its name; gives null for a column that is not there. */
export function reader(groups: Groups, name: string): (row: Row) => string | null {
  const at = groups.names.indexOf(name);
  return (row) => row[at] ?? null;
}

/** The currencies that the rows name, in capitals. */
export function currenciesOf(groups: Groups, mapping: Mapping): Set<string> {
  const constant = mapping.constants.get("currency");
  if (constant !== undefined) return new Set([constant.toUpperCase()]);
  const currency = reader(groups, "text:currency");
  return new Set(groups.rows.flatMap((row) => currency(row)?.toUpperCase() ?? []));
}

/** How the fields of a charge are read from a group, found once for all groups. */
function readersOf(groups: Groups, mapping: Mapping) {
  const text = (field: TextField) => {
    const [constant, read] = [mapping.constants.get(field), reader(groups, `text:${field}`)];
    return constant === undefined ? (row: Row) => read(row) ?? "" : () => constant;
  };
  const number = (name: string) => {
    const read = reader(groups, name);
    return (row: Row) => count(read(row));
  };
  const isUsage = !mapping.constants.has("category") && !mapping.texts.has("category");
  const category = text("category");
  return {
    day: reader(groups, "day"),
    badNumbers: reader(groups, "badNumbers"),
    statedCount: reader(groups, "statedCount"),
    unpriced: reader(groups, "unpriced"),
    cost: costReader(groups, mapping.scale),
    category: (row: Row) => (isUsage ? "Usage" : categoryOf(category(row))),
    currency: text("currency"),
    provider: text("provider"),
    service: text("service"),
    model: text("model"),
    account: text("account"),
    project: text("project"),
    apiKey: text("apiKey"),
    requests: number(mapping.rowsAreRequests ? "rowCount" : "requests"),
    inputTokens: number("inputTokens"),
    cacheReadTokens: number("cacheReadTokens"),
    cacheWriteTokens: number("cacheWriteTokens"),
    outputTokens: number("outputTokens"),
  };
}

/** What groups of rows stand for: those whose money the files state, and those whose money they do not. */
export interface MappedRows {
  readonly stated: readonly ExactRow[];
  readonly unpriced: readonly UnpricedRow[];
}

/** The charges that groups of rows stand for, those left out that cannot be counted. `currency` is that of the whole source. */
export function exactRows(groups: Groups, mapping: Mapping, tagKeys: readonly string[], source: string, currency: string): MappedRows {
  const read = readersOf(groups, mapping);
  const tags = tagsReader(groups, tagKeys);
  const validDays = new Map<string, boolean>();
  const [stated, unpriced]: [ExactRow[], UnpricedRow[]] = [[], []];
  for (const row of groups.rows) {
    const [day, amount, category] = [read.day(row) ?? "", read.cost(row), read.category(row)];
    if (!validDays.has(day)) validDays.set(day, isDay(day));
    if (validDays.get(day) !== true || amount === null || category === undefined || read.badNumbers(row) !== "0") continue;
    // A row without a cost that counts as 0 may also lack a currency.
    if (read.currency(row) === "" && read.statedCount(row) !== "0") continue;
    const found = {
      day,
      lastDay: null,
      billingPeriod: monthStart(day),
      provider: read.provider(row),
      service: read.service(row),
      category,
      correction: false,
      frequency: null,
      currency,
      model: read.model(row),
      account: read.account(row),
      project: read.project(row),
      apiKey: read.apiKey(row),
      tags: tags(row),
      source,
      requests: read.requests(row),
      inputTokens: read.inputTokens(row),
      cacheReadTokens: read.cacheReadTokens(row),
      cacheWriteTokens: read.cacheWriteTokens(row),
      outputTokens: read.outputTokens(row),
    };
    if (read.unpriced(row) !== null) unpriced.push(found);
    else stated.push({ ...found, estimated: mapping.estimated, billed: amount, effective: amount });
  }
  return { stated, unpriced };
}

const monthStart = (day: Day): Day => `${day.slice(0, 7)}-01`;
const count = (text: string | null) => (text ? Number(text) : null);

/** The exact sum of a group, null when an amount was not read. */
function costReader(groups: Groups, scale: number): (row: Row) => Decimal | null {
  const [costCount, rowCount] = [reader(groups, "costCount"), reader(groups, "rowCount")];
  const [exactCost, wideCost] = [reader(groups, "exactCost"), reader(groups, "wideCost")];
  return (row) => {
    if (costCount(row) !== rowCount(row)) return null;
    const [exact, wide] = [parseDecimal(exactCost(row) ?? "0"), parseDecimal(wideCost(row) ?? "0")];
    if (exact === null || wide === null) return null;
    if (wide.units === 0n) return { units: exact.units, scale: exact.scale + scale };
    const most = Math.max(exact.scale, wide.scale);
    const at = ({ units, scale }: Decimal) => units * 10n ** BigInt(most - scale);
    return { units: at(exact) + at(wide), scale: most + scale };
  };
}

/** JSON text of the tags that a group has; the keys come sorted. */
function tagsReader(groups: Groups, tagKeys: readonly string[]): (row: Row) => string {
  const tags = tagKeys.map((key) => ({ prefix: `${JSON.stringify(key)}:`, read: reader(groups, `tag:${key}`) }));
  return (row) => {
    const given = tags.flatMap(({ prefix, read }) => (read(row) ? [prefix + JSON.stringify(read(row))] : []));
    return given.length === 0 ? "" : `{${given.join(",")}}`;
  };
}
