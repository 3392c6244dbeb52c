/**
 * Writes a FOCUS 1.2 CSV file of hourly rows for measuring: 45 columns, six tags, about 900 bytes a row, 30 days of October 2026.
 * The same arguments give the same bytes.
 *
 *   node bench/make-focus.ts <rows> <file>
 */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { randomFrom } from "./random.ts";

const columns = (
  "AvailabilityZone,BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,ChargeClass," +
  "ChargeDescription,ChargeFrequency,ChargePeriodEnd,ChargePeriodStart,CommitmentDiscountCategory,CommitmentDiscountId,CommitmentDiscountName," +
  "CommitmentDiscountStatus,CommitmentDiscountType,ConsumedQuantity,ConsumedUnit,ContractedCost,ContractedUnitPrice,EffectiveCost,InvoiceIssuerName," +
  "ListCost,ListUnitPrice,PricingCategory,PricingQuantity,PricingUnit,ProviderName,PublisherName,RegionId,RegionName,ResourceId,ResourceName," +
  "ResourceType,ServiceCategory,ServiceName,SkuId,SkuMeter,SkuPriceDetails,SkuPriceId,SubAccountId,SubAccountName,Tags"
).split(",");

const providers = [
  { name: "OpenAI", service: "OpenAI API", models: ["gpt-5", "gpt-5-mini", "gpt-5-nano"] },
  { name: "Anthropic", service: "Claude API", models: ["claude-opus-4-5", "claude-sonnet-4-5", "claude-haiku-4-5"] },
  { name: "AWS", service: "Amazon Bedrock", models: ["nova-pro", "nova-lite", "llama-4-70b"] },
];
const kinds = [
  { meter: "Input Tokens", direction: "Input", cache: "Uncached", price: 3 },
  { meter: "Cache Read Input Tokens", direction: "Input", cache: "Read", price: 0.3 },
  { meter: "Output Tokens", direction: "Output", cache: "Uncached", price: 15 },
];
const features = ["chat", "search", "summaries", "triage", "drafts"];
const hours = 720;
const start = Date.UTC(2026, 9, 1);

function pick<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new RangeError("nothing to pick from");
  return item;
}

const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const time = (milliseconds: number) => new Date(milliseconds).toISOString().replace(".000Z", "Z");

function seriesFields(series: number): Record<string, string> {
  const kind = pick(kinds, series);
  const provider = pick(providers, Math.floor(series / 3));
  const model = pick(provider.models, Math.floor(series / 9));
  const sku = `${model}-${kind.meter.toLowerCase().replaceAll(" ", "-")}`;
  const account = `acct-${String(1000 + (Math.floor(series / 3) % 7))}`;
  const tags = {
    application: "support-desk",
    customer: `customer-${String(Math.floor(series / 27) % 40).padStart(3, "0")}`,
    environment: pick(["production", "staging"], Math.floor(series / 3) % 5 === 0 ? 1 : 0),
    feature: pick(features, Math.floor(series / 27)),
    owner: `squad-${Math.floor(series / 3) % 4}`,
    team: pick(["platform", "support", "growth"], Math.floor(series / 27)),
  };
  return {
    AvailabilityZone: "us-east-1a",
    BillingAccountId: "123456789012",
    BillingAccountName: "Acme Corp",
    BillingCurrency: "USD",
    BillingPeriodEnd: "2026-11-01T00:00:00Z",
    BillingPeriodStart: "2026-10-01T00:00:00Z",
    ChargeCategory: "Usage",
    ChargeDescription: `${kind.meter} of ${model}, on demand, per 1M tokens`,
    ChargeFrequency: "Usage-Based",
    ConsumedUnit: "Tokens",
    ContractedUnitPrice: String(kind.price),
    InvoiceIssuerName: provider.name,
    ListUnitPrice: String(kind.price),
    PricingCategory: "Standard",
    PricingUnit: "1M Tokens",
    ProviderName: provider.name,
    PublisherName: provider.name,
    RegionId: "us-east-1",
    RegionName: "US East (N. Virginia)",
    ResourceId: `arn:model:us-east-1:123456789012:inference-profile/${model}/${series}`,
    ResourceName: `profile-${series}`,
    ResourceType: "Inference Profile",
    ServiceCategory: "AI and Machine Learning",
    ServiceName: provider.service,
    SkuId: sku,
    SkuMeter: kind.meter,
    SkuPriceId: `${sku}-standard`,
    SkuPriceDetails: JSON.stringify({ ModelId: model, TokenDirection: kind.direction, TokenCacheAction: kind.cache }),
    SubAccountId: account,
    SubAccountName: `Account ${account}`,
    Tags: JSON.stringify(tags),
  };
}

/** The row of a series as text with two gaps for each hour: everything that does not change is made once. */
function rowMaker(series: number): (hour: number, tokens: number) => string {
  const fixed = seriesFields(series);
  const price = pick(kinds, series).price;
  const texts = columns.map((name) => cell(fixed[name] ?? ""));
  const at = (name: string) => columns.indexOf(name);
  const costs = ["BilledCost", "EffectiveCost", "ContractedCost", "ListCost"].map(at);
  return (hour, tokens) => {
    const cost = ((tokens * price) / 1e6).toFixed(10).replace(/\.?0+$/, "");
    for (const index of costs) texts[index] = cost;
    texts[at("ChargePeriodStart")] = time(start + hour * 3_600_000);
    texts[at("ChargePeriodEnd")] = time(start + (hour + 1) * 3_600_000);
    texts[at("ConsumedQuantity")] = String(tokens);
    texts[at("PricingQuantity")] = String(tokens / 1e6);
    return `${texts.join(",")}\n`;
  };
}

async function main(rows: number, file: string): Promise<void> {
  const random = randomFrom(20261001);
  const makers = Array.from({ length: Math.ceil(rows / hours) }, (_, series) => rowMaker(series));
  const output = createWriteStream(file);
  output.write(`${columns.join(",")}\n`);
  let written = 0;
  for (let hour = 0; written < rows; hour += 1) {
    let text = "";
    for (const make of makers) {
      if (written === rows) break;
      text += make(hour, Math.floor(1000 + random() * 2_000_000));
      written += 1;
    }
    if (!output.write(text)) await once(output, "drain");
  }
  output.end();
  await once(output, "close");
}

const [rows, file] = process.argv.slice(2);
if (rows === undefined || file === undefined || !/^\d+$/.test(rows)) {
  process.stderr.write("usage: node bench/make-focus.ts <rows> <file>\n");
  process.exitCode = 2;
} else {
  await main(Number(rows), file);
}
