import type { Charge } from "../../core/ledger/charge.ts";
import { compareCharges, type Delivery } from "../../core/ledger/delivery.ts";
import { Problem } from "../../core/problem.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import { readCsv } from "../csv/read.ts";
import { readFocus } from "../focus/read.ts";
import type { SourceContext } from "../source.ts";
import type { PineconeConfig } from "./entry.ts";

/** The line that fills a month up to what was promised: it follows no use, so it is no usage of the day it stands on. */
function isMinimum({ category, service, model }: Charge): boolean {
  return category === "Usage" && /\bminimum\b/i.test(`${service} ${model}`);
}

async function readExport(config: PineconeConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  try {
    return await readFocus({ ...config, type: "focus" }, context);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { message, place, cause } = error;
    const remedy = `${error.remedy} If it is what Pinecone's console downloads, name its columns under columns of this source.`;
    throw new Problem(message, { remedy, cause, ...(place ? { place } : {}) });
  }
}

function readDownload(
  config: PineconeConfig & SourceConfig,
  columns: PineconeConfig["columns"],
  context: SourceContext,
): Promise<Delivery> {
  const constants = { provider: { constant: "Pinecone" }, currency: { constant: "USD" } };
  return readCsv({ ...config, type: "csv", columns: { ...constants, ...columns } }, context);
}

/**
 * Reads exports of Pinecone into daily charges; the minimum of a month becomes a purchase, which neither deltas nor anomalies take for usage.
 * @throws Problem at the first thing that would make totals wrong.
 */
export async function readPinecone(config: PineconeConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  const { columns } = config;
  const delivery = await (columns === undefined ? readExport(config, context) : readDownload(config, columns, context));
  const charges = delivery.charges.map((charge): Charge =>
    isMinimum(charge) ? { ...charge, category: "Purchase", frequency: "Recurring" } : charge,
  );
  return { ...delivery, charges: charges.toSorted(compareCharges) };
}
