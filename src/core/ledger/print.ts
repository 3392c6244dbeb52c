import Papa from "papaparse";
import { microsText } from "../money.ts";
import { csvCell } from "../text.ts";
import type { Charge } from "./charge.ts";
import { type FurtherColumn, furtherColumns, ledgerColumns } from "./columns.ts";
import { compareCharges } from "./delivery.ts";
import { type DayKey, type Days, splitDayKey } from "./ledger.ts";

const countText = (count: number | null) => (count === null ? "" : String(count));

function cells(charge: Charge): string[] {
  return [
    charge.day,
    charge.billingPeriod,
    csvCell(charge.provider),
    csvCell(charge.service),
    charge.category,
    charge.correction ? "Correction" : "",
    charge.frequency ?? "",
    charge.currency,
    microsText(charge.billed),
    microsText(charge.effective),
    csvCell(charge.model),
    csvCell(charge.account),
    csvCell(charge.project),
    csvCell(charge.apiKey),
    charge.tags,
    countText(charge.requests),
    countText(charge.inputTokens),
    countText(charge.cacheReadTokens),
    countText(charge.cacheWriteTokens),
    countText(charge.outputTokens),
    csvCell(charge.source),
    charge.estimated ? "true" : "",
  ];
}

/** What a charge says in a further column; empty text where it needs none. */
const furtherCell: Readonly<Record<FurtherColumn, (charge: Charge) => string>> = {
  ListCost: ({ list }) => (list === undefined ? "" : microsText(list)),
  x_AccountId: ({ accountId }) => csvCell(accountId ?? ""),
  x_ProjectId: ({ projectId }) => csvCell(projectId ?? ""),
  x_ApiKeyId: ({ apiKeyId }) => csvCell(apiKeyId ?? ""),
};

/** A day that was delivered empty: costs 0, all else but day and source empty. */
function emptyDayCells(key: DayKey): string[] {
  const { day, source } = splitDayKey(key);
  return ledgerColumns.map((column) => {
    if (column === "ChargePeriodStart") return day;
    if (column === "x_Source") return csvCell(source);
    return column === "BilledCost" || column === "EffectiveCost" ? "0" : "";
  });
}

/** The text of a ledger file (`foldDays` first): rows sorted, LF, the same days give the same bytes. */
export function printLedger(days: Days): string {
  const charges = [...days.values()].flat().sort(compareCharges);
  const further = furtherColumns.filter((column) => charges.some((charge) => furtherCell[column](charge) !== ""));
  const filled = charges.map((charge) => [...cells(charge), ...further.map((column) => furtherCell[column](charge))]);
  const emptyKeys = [...days].filter(([, list]) => list.length === 0).map(([key]) => key);
  const empty = emptyKeys.sort().map((key) => [...emptyDayCells(key), ...further.map(() => "")]);
  const rows = [...filled, ...empty].map((row, index) => ({ row, index }));
  rows.sort((a, b) => ((a.row[0] ?? "") === (b.row[0] ?? "") ? a.index - b.index : (a.row[0] ?? "") < (b.row[0] ?? "") ? -1 : 1));
  const data = rows.map(({ row }) => row);
  return `${Papa.unparse({ fields: [...ledgerColumns, ...further], data }, { newline: "\n" })}\n`;
}
