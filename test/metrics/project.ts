import { stringify } from "yaml";
import { addDays } from "../../src/core/day.ts";
import { folderWith } from "../support/world.ts";

const days = Array.from({ length: 50 }, (_, index) => new Date(Date.UTC(2026, 9, 4 + index)).toISOString().slice(0, 10));
const next = (day: string) => addDays(day, 1);
const header =
  "ChargePeriodStart,ChargePeriodEnd,BillingPeriodStart,BillingCurrency,BilledCost,EffectiveCost,ChargeCategory,ServiceProviderName,ServiceName,Tags";
const row = (day: string, cost: number, customer: string) =>
  `${day}T00:00:00Z,${next(day)}T00:00:00Z,${day.slice(0, 8)}01T00:00:00Z,USD,${cost},${cost},Usage,OpenAI,Inference,"{""customer"":""${customer}""}"`;

const two = { acme: 60, globex: 40 };

/** A folder with costs of customers a day (of two, $100, where not stated) until 2026-11-22, and these metrics. */
export function metricProject(
  metrics: readonly Record<string, unknown>[],
  more: Record<string, unknown> = {},
  customers: Readonly<Record<string, number>> = two,
): string {
  const config = {
    owners: { engineering: { login: "octocat" }, product: { login: "hubot" } },
    sources: [{ type: "focus", path: "costs/*.csv" }],
    ...(metrics.length === 0 ? {} : { metrics }),
    ...more,
  };
  return folderWith({
    "config/overpace.yaml": stringify(config),
    "costs/all.csv": `${[header, ...days.flatMap((day) => Object.entries(customers).map(([name, cost]) => row(day, cost, name)))].join("\n")}\n`,
  });
}
