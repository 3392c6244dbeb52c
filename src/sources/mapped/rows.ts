import { type Day, isDay } from "../../core/day.ts";
import { type ChargeCategory, type ChargeFrequency, categoryOf, frequencyOf } from "../../core/ledger/charge.ts";
import type { ExactRow } from "../../core/ledger/delivery.ts";
import { type Decimal, parseDecimal, sumOfDecimals, zero } from "../../core/money.ts";
import { dailyRow, type Line, rowsOf, type Shared, unpacked } from "../engine/packed.ts";
import type { UnpricedRow } from "../prices/estimate.ts";
import type { Mapping, TextField } from "./fields.ts";
import { type DayName, dayNames } from "./sql.ts";

/** A line as the engine gives it: texts by position. */
type Texts = readonly (string | null)[];

/** Lines, and what stands in each position of them. */
export interface Groups {
  readonly names: readonly string[];
  readonly lines: readonly Texts[];
}

/** Reads a column of a line by its name; gives null for a column that is not there. */
export function reader(groups: Pick<Groups, "names">, name: string): (line: Texts) => string | null {
  const at = groups.names.indexOf(name);
  return (line) => line[at] ?? null;
}

/** The currencies that the rows name, in capitals. */
export function currenciesOf(groups: Groups, mapping: Mapping): Set<string> {
  const constant = mapping.constants.get("currency");
  if (constant !== undefined) return new Set([constant.toUpperCase()]);
  const currency = reader(groups, "text:currency");
  return new Set(groups.lines.flatMap((line) => currency(line)?.toUpperCase() ?? []));
}

/** What the charges of a line share, and whether it names a currency. */
type MappedShared = Shared & Pick<ExactRow, "billingPeriod"> & { readonly namesCurrency: boolean };
type MappedLine = Line<MappedShared>;

/** What is the same for all lines of a source; `currency` is that of the whole source. */
export interface Common {
  readonly mapping: Mapping;
  readonly tagKeys: readonly string[];
  readonly source: string;
  readonly currency: string;
}

/** How often a charge comes where no file says it. FOCUS: a purchase is never usage-based; a fee says nothing of the days to come. */
const usualFrequency = (category: ChargeCategory): ChargeFrequency | null => (category === "Purchase" ? "One-Time" : null);

/** How what the charges of a line share is read, found once for all lines; null where the line cannot be counted. */
function sharedReader(groups: Groups, { mapping, tagKeys, source, currency }: Common): (line: Texts) => MappedShared | null {
  const text = (field: TextField) => {
    const [constant, read] = [mapping.constants.get(field), reader(groups, `text:${field}`)];
    return constant === undefined ? (line: Texts) => read(line) ?? "" : () => constant;
  };
  const isUsage = !mapping.constants.has("category") && !mapping.texts.has("category");
  const tags = tagsReader(groups, tagKeys);
  const [category, frequency, ownCurrency] = [text("category"), text("frequency"), text("currency")];
  const badNumbers = reader(groups, "badNumbers");
  const [provider, service, model] = [text("provider"), text("service"), text("model")];
  const [account, project, apiKey] = [text("account"), text("project"), text("apiKey")];
  return (line) => {
    const found = isUsage ? "Usage" : categoryOf(category(line));
    const said = frequency(line);
    const often = frequencyOf(said);
    if (found === null || (often === null && said !== "") || badNumbers(line) !== "0") return null;
    return {
      lastDay: null,
      // Follows from the day.
      billingPeriod: "",
      provider: provider(line),
      service: service(line),
      category: found,
      correction: false,
      frequency: often ?? usualFrequency(found),
      currency,
      model: model(line),
      account: account(line),
      project: project(line),
      apiKey: apiKey(line),
      tags: tags(line),
      source,
      estimated: mapping.estimated,
      namesCurrency: ownCurrency(line) !== "",
    };
  };
}

/** What lines stand for: charges whose money the files state, and those whose money they do not. */
export interface MappedRows {
  readonly stated: readonly ExactRow[];
  readonly unpriced: readonly UnpricedRow[];
}

/** The charges that lines stand for, in the order of charges; null when one cannot be counted. */
export function exactRows(groups: Groups, common: Common): MappedRows | null {
  const [sharedOf, days, isUnpriced] = [sharedReader(groups, common), reader(groups, "days"), reader(groups, "unpriced")];
  const [stated, unpriced]: [MappedLine[], MappedLine[]] = [[], []];
  for (const line of groups.lines) {
    const shared = sharedOf(line);
    if (shared === null) return null;
    (isUnpriced(line) === null ? stated : unpriced).push({ shared, texts: unpacked(days(line)) });
  }
  const names = dayNames(common.mapping);
  const rows = (lines: readonly MappedLine[]) => rowsOf(lines, names.length, rowReader(names, common.mapping));
  const [known, unknown] = [rows(stated), rows(unpriced)];
  return known === null || unknown === null ? null : { stated: known, unpriced: unknown };
}

/** How the charge of a day is read from the texts about it; null where it cannot be counted. */
function rowReader(names: readonly DayName[], mapping: Mapping) {
  const place = (name: DayName) => names.indexOf(name);
  const count = (name: DayName) => {
    const at = place(name);
    return ({ texts }: MappedLine, first: number) => (at < 0 || !texts[first + at] ? null : Number(texts[first + at]));
  };
  const [costOf, stated, validDays] = [costReader(names, mapping.scale), place("statedCount"), new Map<Day, boolean>()];
  const requests = count(mapping.rowsAreRequests ? "rowCount" : "requests");
  const [inputTokens, outputTokens] = [count("inputTokens"), count("outputTokens")];
  const [cacheReadTokens, cacheWriteTokens] = [count("cacheReadTokens"), count("cacheWriteTokens")];
  return (line: MappedLine, first: number, day: Day): ExactRow | null => {
    if (!validDays.has(day)) validDays.set(day, isDay(day));
    const { shared, texts } = line;
    const amount = costOf(texts, first);
    // A row without a cost that counts as 0 may also lack a currency.
    const lacksCurrency = !shared.namesCurrency && texts[first + stated] !== "0";
    if (validDays.get(day) !== true || amount === null || lacksCurrency) return null;
    return dailyRow(shared, {
      day,
      billingPeriod: `${day.slice(0, 7)}-01`,
      billed: amount,
      effective: amount,
      requests: requests(line, first),
      inputTokens: inputTokens(line, first),
      cacheReadTokens: cacheReadTokens(line, first),
      cacheWriteTokens: cacheWriteTokens(line, first),
      outputTokens: outputTokens(line, first),
    });
  };
}

/** The exact sum of a day, null when an amount was not read. */
function costReader(names: readonly DayName[], scale: number): (texts: readonly string[], first: number) => Decimal | null {
  const place = (name: DayName) => names.indexOf(name);
  const [costCount, rowCount, exactCost, wideCost] = [place("costCount"), place("rowCount"), place("exactCost"), place("wideCost")];
  return (texts, first) => {
    if (texts[first + costCount] !== texts[first + rowCount]) return null;
    const exact = parseDecimal(texts[first + exactCost] || "0");
    const wide = texts[first + wideCost] ? parseDecimal(texts[first + wideCost] ?? "") : zero;
    if (exact === null || wide === null) return null;
    if (wide.units === 0n) return { units: exact.units, scale: exact.scale + scale };
    const sum = sumOfDecimals([exact, wide]);
    return { units: sum.units, scale: sum.scale + scale };
  };
}

/** JSON text of the tags that a line has; the keys come sorted. */
function tagsReader(groups: Groups, tagKeys: readonly string[]): (line: Texts) => string {
  const tags = tagKeys.map((key) => ({ prefix: `${JSON.stringify(key)}:`, read: reader(groups, `tag:${key}`) }));
  return (line) => {
    const given = tags.flatMap(({ prefix, read }) => (read(line) ? [prefix + JSON.stringify(read(line))] : []));
    return given.length === 0 ? "" : `{${given.join(",")}}`;
  };
}
