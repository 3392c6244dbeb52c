/** One record of a ledger file. */
export interface LedgerRow {
  /** The physical line it begins on, from 1. */
  readonly line: number;
  /** Null when a quote in it is misplaced or never closed. */
  readonly cells: readonly string[] | null;
}

const hasOpenQuote = (text: string) => text.split('"').length % 2 === 0;

/** Where the quote that opened before `from` closes; -1 when it does not. */
function closingQuote(record: string, from: number): number {
  let end = record.indexOf('"', from);
  while (end >= 0 && record[end + 1] === '"') end = record.indexOf('"', end + 2);
  return end;
}

/** The cells of a record in which quotes stand; null when one is misplaced. */
function quotedCells(record: string): string[] | null {
  const cells: string[] = [];
  for (let at = 0; ; at++) {
    const isQuoted = record[at] === '"';
    const comma = isQuoted ? -1 : record.indexOf(",", at);
    const end = isQuoted ? closingQuote(record, at + 1) : comma < 0 ? record.length : comma;
    if (end < 0) return null;
    cells.push(isQuoted ? record.slice(at + 1, end).replaceAll('""', '"') : record.slice(at, end));
    at = isQuoted ? end + 1 : end;
    if (at >= record.length) return cells;
    if (record[at] !== ",") return null;
  }
}

/**
 * The records of a ledger file: RFC 4180, LF or CRLF, empty lines passed over. A scanner of our own because every command reads years of
 * such files, and only what overpace wrote itself.
 */
export function ledgerRows(text: string): LedgerRow[] {
  const lines = text.split("\n");
  const rows: LedgerRow[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = index + 1;
    let record = lines[index] ?? "";
    const hasQuotes = record.includes('"');
    let isOpen = hasQuotes && hasOpenQuote(record);
    while (isOpen && index + 1 < lines.length) {
      const next = lines[++index] ?? "";
      record += `\n${next}`;
      if (next.includes('"') && hasOpenQuote(next)) isOpen = false;
    }
    if (record.endsWith("\r")) record = record.slice(0, -1);
    if (record !== "") rows.push({ line, cells: hasQuotes ? quotedCells(record) : record.split(",") });
  }
  return rows;
}
