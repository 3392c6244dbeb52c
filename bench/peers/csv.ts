/**
 * Streaming CSV parsers in Node on the same file: cost by day, provider, service, account and model. Prints the last seven days of October 2026.
 *
 *   node bench/peers/csv.ts papaparse|csv-parse <file>
 */
import { createReadStream } from "node:fs";
import { parse } from "csv-parse";
import Papa from "papaparse";

const [parser, file = ""] = process.argv.slice(2);
const sums = new Map<string, number>();
const models = new Map<string, string>();

function modelOf(details: string): string {
  let model = models.get(details);
  if (model === undefined)
    models.set(details, (model = details === "" ? "" : String((JSON.parse(details) as { ModelId?: string }).ModelId)));
  return model;
}

function add(row: Record<string, string>): void {
  const key = [
    row["ChargePeriodStart"]?.slice(0, 10),
    row["ProviderName"],
    row["ServiceName"],
    row["SubAccountId"],
    modelOf(row["SkuPriceDetails"] ?? ""),
    row["Tags"],
  ].join("|");
  sums.set(key, (sums.get(key) ?? 0) + Number(row["EffectiveCost"]));
}

const stream = createReadStream(file);
if (parser === "csv-parse") for await (const row of stream.pipe(parse({ columns: true }))) add(row as Record<string, string>);
else
  await new Promise<void>((resolve, reject) =>
    Papa.parse<Record<string, string>>(stream, {
      header: true,
      skipEmptyLines: true,
      step: ({ data }) => add(data),
      complete: () => resolve(),
      error: reject,
    }),
  );

const total = [...sums].filter(([key]) => key >= "2026-10-25").reduce((sum, [, cost]) => sum + cost, 0);
process.stdout.write(`${sums.size} groups, ${total.toFixed(2)}\n`);
