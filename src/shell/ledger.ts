import { join } from "node:path";
import { parseLedger } from "../core/ledger/csv.ts";
import { type LedgerFile, parseLedgerName } from "../core/ledger/ledger.ts";
import { namesIn, readText } from "./files.ts";

/** A ledger file as it stands on disk. */
export interface StoredLedger extends LedgerFile {
  readonly text: string;
}

/**
 * The ledger files under a folder of reviews, ordered by name. `names` gives the present names of renamed sources.
 * @throws Problem for a file that cannot be read, with file and line.
 */
export async function readLedger(reviews: string, shown: string, names: ReadonlyMap<string, string>): Promise<StoredLedger[]> {
  const files = (await namesIn(join(reviews, "ledger"))).filter((name) => parseLedgerName(name) !== null);
  const read = files.map(async (name) => {
    const file = join(shown, "ledger", name);
    const text = (await readText(join(reviews, "ledger", name), file)) ?? "";
    return { ...parseLedger(name, text, file, names), text };
  });
  return Promise.all(read);
}
