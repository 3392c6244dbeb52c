import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Charge } from "../../core/ledger/charge.ts";
import { deliver, type Delivery, type ExactRow } from "../../core/ledger/delivery.ts";
import { Problem } from "../../core/problem.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import { plainName } from "../focus/files/header.ts";
import { estimated } from "../prices/estimate.ts";
import type { SourceContext } from "../source.ts";
import type { CommandConfig } from "./entry.ts";
import { jsonLinesToCsv, type LineOf, type Row } from "./lines.ts";

/** The name of a part's file in its folder. */
export const csvName = "stdout.csv";

/** Rows that a program printed, as a CSV file in a folder of its own. */
export interface Part {
  readonly folder: string;
  readonly lineOf: LineOf;
  /** They state no cost. */
  readonly isUnpriced: boolean;
}

/** What a program printed, in a file. */
interface Printed {
  readonly folder: string;
  readonly file: string;
  readonly label: string;
  readonly format: "focus-csv" | "jsonl";
}

const costs = ["billedcost", "effectivecost"];

function statesCost(row: Row): boolean {
  return Object.entries(row).some(
    ([name, value]) => costs.includes(plainName(name)) && value !== null && value !== undefined && value !== "",
  );
}

/** Stands for a cost until the estimate takes its place; not 0, as tokens that cost nothing are warned of. */
const standIn = "1";

function withStandIn(row: Row): Row {
  const others = Object.entries(row).filter(([name]) => !costs.includes(plainName(name)));
  return { ...Object.fromEntries(others), BilledCost: standIn, EffectiveCost: standIn };
}

/** Puts the rows into files that the source `focus` reads; where costs are to be estimated, rows without one are a part of their own. */
export async function partsOf({ emptyCost }: CommandConfig, { folder, file, label, format }: Printed): Promise<Part[]> {
  const isEstimated = emptyCost === "estimate";
  if (format !== "jsonl") {
    if (isEstimated)
      throw new Problem("The output is CSV, but emptyCost: estimate needs JSON lines.", {
        remedy: "Print one JSON object with FOCUS columns as keys on each line, or take emptyCost out of this source.",
        place: { file: label },
      });
    await rename(file, join(folder, csvName));
    return [{ folder, lineOf: (line) => line, isUnpriced: false }];
  }
  const part = async (name: string, isUnpriced: boolean, rowFrom: (row: Row) => Row | null) => {
    await mkdir(join(folder, name));
    const { lineOf, rows } = await jsonLinesToCsv(file, join(folder, name, csvName), label, rowFrom);
    return { folder: join(folder, name), lineOf, isUnpriced, rows };
  };
  if (!isEstimated) return [await part("stated", false, (row) => row)];
  const parts = [
    await part("stated", false, (row) => (statesCost(row) ? row : null)),
    await part("unpriced", true, (row) => (statesCost(row) ? null : withStandIn(row))),
  ];
  return parts.filter(({ rows }) => rows > 0);
}

const exact = (charge: Charge): ExactRow => ({
  ...charge,
  lastDay: null,
  billed: { units: charge.billed, scale: 6 },
  effective: { units: charge.effective, scale: 6 },
});

/** One delivery of both parts; what states no cost is priced by its tokens. */
export async function joinedDelivery(
  { name, settlingDays }: SourceConfig,
  { asOf, prices }: SourceContext,
  parts: readonly { readonly delivery: Delivery; readonly isUnpriced: boolean }[],
): Promise<Delivery> {
  const of = (unpriced: boolean) => parts.filter(({ isUnpriced }) => isUnpriced === unpriced).flatMap(({ delivery }) => delivery.charges);
  const estimates = await estimated(of(true).map(exact), prices);
  const warnings = [...new Set(parts.flatMap(({ delivery }) => delivery.warnings)), ...estimates.warnings];
  return deliver({ source: name, rows: [...of(false).map(exact), ...estimates.rows], asOf, settlingDays, warnings });
}
