import { join, resolve } from "node:path";
import { explain, explainers } from "../../core/explain/explain.ts";
import type { Earlier, Explanation, Facts, Row } from "../../core/explain/explanation.ts";
import { sumOf } from "../../core/explain/rows.ts";
import { dayKey } from "../../core/ledger/ledger.ts";
import { microsText } from "../../core/money.ts";
import { isSlipOf, nearest } from "../../core/nearest.ts";
import { Problem } from "../../core/problem.ts";
import type { Review } from "../../core/review/review.ts";
import { jsonText, logText, plural } from "../../core/text.ts";
import { openActions, pastActions } from "../../document/actions/history.ts";
import { readReviews } from "../../shell/reviews.ts";
import type { Call } from "../command.ts";
import type { Gathered } from "../figures/gather.ts";
import { frontMatterOf } from "../reviews/files.ts";
import { forecastsIn } from "../reviews/record.ts";

/** More rows than this are for `--json`. */
const mostRows = 40;
const mostNames = 12;

/** The ledger file that a row stands in, or will stand in: the newest that holds its day wins. */
function ledgerFileOf({ ledger }: Gathered, { reviews }: Call): (row: Row) => string {
  const files = new Map(ledger.older.flatMap(({ name, days }) => [...days.keys()].map((key) => [key, join(reviews, "ledger", name)])));
  for (const key of ledger.own.keys()) files.set(key, ledger.path);
  return ({ charge }) => files.get(dayKey(charge.source, charge.day)) ?? ledger.path;
}

const separators = /[./:@]/;

/** Names like one that is none, the likest first: those that hold its first word, else those with a word that it is a slip of. */
function suggestions(name: string, names: readonly string[]): string {
  const wanted = name.toLowerCase();
  const word = wanted.split(separators)[0] ?? "";
  const holding = names.filter((known) => known.toLowerCase().includes(word));
  const isSlip = (known: string) =>
    known
      .toLowerCase()
      .split(separators)
      .some((part) => isSlipOf(word, part));
  const alike = word === "" ? [] : holding.length > 0 ? holding : names.filter(isSlip);
  return (alike.length > 0 ? nearest(wanted, alike, mostNames) : names.slice(0, mostNames)).join(", ");
}

function wideTable(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    `  ${row.map((cell, column) => (column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0))).join("  ")}`.trimEnd(),
  );
}

function nameOf({ provider, service, model, category }: Row["charge"]): string {
  return [provider, service, model, category === "Usage" ? "" : category].filter((part) => part !== "").join(" · ");
}

/** `831.88 EUR`; percentages, days and words as they are. */
const valueText = (value: string, currency: string) => `${value}${/^-?\d+\.\d\d$/.test(value) ? ` ${currency}` : ""}`;

function textOf(
  figure: string,
  currency: string,
  { value, formula, terms, rounding, rows }: Explanation,
  fileOf: (row: Row) => string,
): string {
  const shown = rows.slice(0, mostRows);
  const table = shown.map((row) => [row.charge.day, microsText(row.amount), nameOf(row.charge), row.charge.source, fileOf(row)]);
  const rest = rows.length - shown.length;
  const lines = [
    `${figure} = ${valueText(value, currency)}`,
    `formula:  ${formula}`,
    ...terms.map(({ name, value: text }) => `  ${name}: ${text}`),
    `rounding: ${rounding}`,
    ...(rows.length === 0
      ? []
      : [`rows:     ${plural(rows.length, "charge")} of a day, together ${microsText(sumOf(rows))}`, ...wideTable(table)]),
    ...(rest > 0 ? [`  … and ${rest} more, together ${microsText(sumOf(rows.slice(mostRows)))}; --json prints all`] : []),
  ];
  return lines.map(logText).join("\n");
}

function jsonOf(figure: string, currency: string, { rows, ...explanation }: Explanation, fileOf: (row: Row) => string) {
  const listed = rows.map((row) => {
    const { day, source, provider, service, category, model, account, project, apiKey, tags } = row.charge;
    const { requests, inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens } = row.charge;
    return {
      day,
      amount: microsText(row.amount),
      provider,
      service,
      category,
      model,
      account,
      project,
      apiKey,
      tags,
      ...(requests === null ? {} : { requests }),
      ...(inputTokens === null && outputTokens === null ? {} : { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens }),
      source,
      ledger: fileOf(row),
    };
  });
  return { figure, currency, ...explanation, exact: rows.length === 0 ? null : microsText(sumOf(rows)), rows: listed };
}

/** What the files of earlier reviews say. */
export async function earlierOf({ world, reviews: folder }: Call, review: Review): Promise<Earlier> {
  const reviews = await readReviews(resolve(world.cwd, folder), folder, (id) => id < review.id);
  const fronts = reviews.map(frontMatterOf).filter((front) => front !== null);
  return {
    forecasts: forecastsIn(reviews, review),
    actions: openActions(fronts, review.asOf).shown,
    past: pastActions(fronts, review.asOf),
  };
}

/** Every figure that the review has, with its value, for whoever looks for a number. */
function listed(facts: Facts, { format }: Call): string {
  const figures = [...explainers(facts)].flatMap(([figure, tell]) => {
    const value = tell(facts)?.value;
    return value === undefined ? [] : [{ figure, value }];
  });
  const { id, currency } = facts.review;
  if (format === "json") return jsonText({ currency, figures });
  const width = Math.max(...figures.map(({ figure }) => figure.length));
  const lines = figures.map(({ figure, value }) => `${figure.padEnd(width)}  ${valueText(value, currency)}`);
  return [`the figures of ${id}; --explain NAME tells where one comes from and what it is printed with`, ...lines].map(logText).join("\n");
}

/** Prints where a figure comes from; without a name which figures there are. @throws Problem for a name that the review has no figure of. */
export async function explained(name: string, call: Call, gathered: Gathered): Promise<string> {
  const { input, review, listPrices } = gathered;
  const facts = { input, review, listPrices, earlier: await earlierOf(call, review) };
  if (name === "") return listed(facts, call);
  const found = explain(name, facts);
  if (found === null) {
    const known = [...explainers(facts)].flatMap(([other, tell]) => (tell(facts) === null ? [] : [other]));
    throw new Problem(`the review of ${review.id} has no figure \`${name}\``, {
      remedy: `name one such as ${suggestions(name, known)}; --explain without a name lists all`,
      kind: "usage",
    });
  }
  const { figure, explanation } = found;
  const { currency } = review;
  const fileOf = ledgerFileOf(gathered, call);
  return call.format === "json" ? jsonText(jsonOf(figure, currency, explanation, fileOf)) : textOf(figure, currency, explanation, fileOf);
}
