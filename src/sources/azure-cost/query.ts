import * as z from "zod/mini";
import { addDays, type Day, isDay, type Period } from "../../core/day.ts";
import type { Decimal } from "../../core/money.ts";
import { Problem } from "../../core/problem.ts";
import { askJson } from "../../shell/http/ask.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { amount } from "../http/money.ts";
import { allPages } from "../http/pages.ts";

/** What costs are grouped by. */
export interface Group {
  readonly type: "Dimension" | "TagKey";
  readonly name: string;
}

/** What is asked: costs as invoices have them, or with commitments spread over the use that they cover. */
export interface Question {
  readonly type: "ActualCost" | "AmortizedCost";
  readonly asked: Period;
  /** At most two: more are refused. */
  readonly groups: readonly Group[];
  /** Values of dimensions to keep, all of them at once. */
  readonly only?: Readonly<Record<string, readonly string[]>>;
}

/** A sum of one day. */
export interface Cost {
  readonly day: Day;
  readonly amount: Decimal;
  readonly currency: string;
  /** The values of the groups, in the order in which they were asked for; empty for none. */
  readonly values: readonly string[];
}

const cell = z.nullable(z.union([z.string(), z.number()]));
const answer = z.object({
  properties: z.object({
    nextLink: z.optional(z.nullable(z.string())),
    columns: z.array(z.object({ name: z.string() })),
    rows: z.array(z.array(cell)),
  }),
});

const apiVersion = "2025-03-01";

function bodyOf({ type, asked, groups, only = {} }: Question) {
  const filters = Object.entries(only).map(([name, values]) => ({ dimensions: { name, operator: "In", values } }));
  return {
    type,
    timeframe: "Custom",
    // The last day is part of the range.
    timePeriod: { from: `${asked.start}T00:00:00Z`, to: `${addDays(asked.end, -1)}T23:59:59Z` },
    dataset: {
      granularity: "Daily",
      // The column is named like the sum or like what is summed: here they are the same.
      aggregation: { Cost: { name: "Cost", function: "Sum" } },
      grouping: groups,
      ...(filters.length === 0 ? {} : { filter: filters.length === 1 ? filters[0] : { and: filters } }),
    },
  };
}

type Cells = ReadonlyMap<string, string | number | null>;

/** The cells of a row by the names of their columns, in small letters: their order is not fixed. */
function cellsOf(columns: readonly { readonly name: string }[], row: readonly (string | number | null)[]): Cells {
  return new Map(columns.map(({ name }, index) => [name.toLowerCase(), row[index] ?? null]));
}

/** A day that is sent as the number 20261101. */
function dayOf(value: string | number | null | undefined): Day | null {
  const digits = /^(\d{4})-?(\d{2})-?(\d{2})(?:T|$)/.exec(String(value ?? ""));
  const day = digits ? digits.slice(1).join("-") : "";
  return isDay(day) ? day : null;
}

/** A tag comes in a pair of columns, whatever its key is. */
const columnOf = ({ type, name }: Group, cells: Cells) => (type === "TagKey" && cells.has("tagvalue") ? "tagvalue" : name.toLowerCase());

function costOf(cells: Cells, groups: readonly Group[]): Cost {
  const [day, sum, currency] = [dayOf(cells.get("usagedate")), amount.safeParse(cells.get("cost")), cells.get("currency")];
  const missing = groups.find((group) => !cells.has(columnOf(group, cells)));
  const strange = day === null ? "UsageDate" : !sum.success ? "Cost" : typeof currency !== "string" ? "Currency" : missing?.name;
  if (day === null || !sum.success || typeof currency !== "string" || missing !== undefined)
    throw new Problem(`Azure answered with a row whose ${strange} overpace does not understand`, {
      remedy: "Please report this; nothing of this source was read.",
    });
  return { day, amount: sum.data, currency, values: groups.map((group) => String(cells.get(columnOf(group, cells)) ?? "").trim()) };
}

/**
 * Costs by day and groups, all pages of them: each further page is asked for with the same body.
 * Source: Cost Management REST reference, Query - Usage.
 */
export async function costsBy(peer: Peer, scope: string, question: Question): Promise<Cost[]> {
  const first = { path: `/${scope}/providers/Microsoft.CostManagement/query`, query: { "api-version": apiVersion } };
  const body = bodyOf(question);
  return allPages(peer.name, async (link) => {
    const { properties } = await askJson(peer, link === null ? { ...first, body } : { path: link, body }, answer);
    const { columns, rows, nextLink } = properties;
    return { items: rows.map((row) => costOf(cellsOf(columns, row), question.groups)), next: nextLink || null };
  });
}
