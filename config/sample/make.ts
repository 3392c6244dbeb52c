/**
 * Writes the sample exports, one FOCUS CSV file for each billing period, and beside their folder the closed tickets of each day.
 *   node config/sample/make.ts [--seen YYYY-MM-DD] [--out DIR]
 * --seen writes what an export made on that day would have shown; --out names another folder than costs/.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { charges } from "./charges.ts";
import { csvOf, type Row } from "./focus-csv.ts";
import { tickets } from "./story.ts";
import { allDays, volumeOn } from "./traffic.ts";

function options(): { seen: string | undefined; out: string } {
  const { values } = parseArgs({ options: { seen: { type: "string" }, out: { type: "string" } } });
  if (values.seen !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(values.seen)) {
    throw new Error(`--seen takes a date such as 2026-11-16, not "${values.seen}"`);
  }
  return { seen: values.seen, out: values.out ?? join(import.meta.dirname, "costs") };
}

const monthOf = (row: Row): string => (row.BillingPeriodStart ?? "").slice(0, 7);

const { seen, out } = options();
const rows = charges(seen);
const months = new Set(allDays.map((day) => day.slice(0, 7)));
mkdirSync(out, { recursive: true });
for (const month of months) {
  const path = join(out, `${month}.csv`);
  const ofMonth = rows.filter((row) => monthOf(row) === month);
  // A month that the export does not reach yet must not stay behind from an earlier run.
  if (ofMonth.length === 0) rmSync(path, { force: true });
  else writeFileSync(path, csvOf(ofMonth));
}

const known = allDays.filter((day) => seen === undefined || day < seen);
const lines = known.map((day) => `${day},${Math.round(tickets.level * volumeOn(tickets, day))}`);
writeFileSync(join(dirname(out), "tickets.csv"), `${["day,closed", ...lines].join("\n")}\n`);
