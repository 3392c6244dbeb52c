import * as z from "zod/mini";
import { contains, type Day, isDay, type Period } from "../../core/day.ts";
import type { Decimal } from "../../core/money.ts";
import { Problem } from "../../core/problem.ts";
import { askJson } from "../../shell/http/ask.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { amount } from "../http/money.ts";
import { allPages } from "../http/pages.ts";
import { assertSameSums } from "../http/sums.ts";
import { type Condition, type Dimension, expressionOf, valueOf } from "./dimension.ts";

/** Cost Explorer as one reading asks it. */
export interface Explorer {
  readonly peer: Peer;
  readonly asked: Period;
  /** The metrics that stand for money billed and money by use. */
  readonly billed: string;
  readonly effective: string;
  /** How many requests may be made, and how many were: each page is one, and costs a cent. */
  readonly most: number;
  readonly spent: { requests: number };
  /** Names of accounts by their numbers, as far as answers told them. */
  readonly names: Map<string, string>;
}

/** The costs of one day and one group. */
export interface Line {
  readonly day: Day;
  /** One value for each dimension that was grouped by. */
  readonly keys: readonly string[];
  readonly billed: Decimal;
  readonly effective: Decimal;
  readonly currency: string;
  readonly quantity: { readonly amount: Decimal; readonly unit: string } | null;
}

const metrics = z.record(z.string(), z.object({ Amount: amount, Unit: z.string() }));
const page = z.object({
  ResultsByTime: z.array(
    z.object({
      TimePeriod: z.object({ Start: z.string() }),
      Total: z.optional(z.nullable(metrics)),
      Groups: z.optional(z.nullable(z.array(z.object({ Keys: z.array(z.string()), Metrics: metrics })))),
    }),
  ),
  DimensionValueAttributes: z.optional(
    z.nullable(z.array(z.object({ Value: z.string(), Attributes: z.optional(z.record(z.string(), z.string())) }))),
  ),
  NextPageToken: z.optional(z.nullable(z.string())),
});
type Result = z.output<typeof page>["ResultsByTime"][number];

function unknownShape({ peer }: Explorer, what: string): Problem {
  return new Problem(`${peer.name} answered ${what}`, {
    remedy: "Update overpace; if it is the newest version, please report this sentence. Nothing of this source was read.",
  });
}

function linesOf(explorer: Explorer, groupBy: readonly Dimension[], result: Result): Line[] {
  const day = result.TimePeriod.Start.slice(0, 10);
  if (!isDay(day)) throw unknownShape(explorer, `with a period from ${JSON.stringify(day)}, which is no day`);
  const groups = groupBy.length > 0 ? (result.Groups ?? []) : [{ Keys: [], Metrics: result.Total ?? {} }];
  return groups.map(({ Keys, Metrics }) => {
    const [billed, effective, quantity] = [Metrics[explorer.billed], Metrics[explorer.effective], Metrics["UsageQuantity"]];
    if (!billed || !effective)
      throw unknownShape(explorer, `without ${billed ? explorer.effective : explorer.billed}, which it was asked for`);
    if (Keys.length !== groupBy.length) throw unknownShape(explorer, `with ${Keys.length} keys of a group instead of ${groupBy.length}`);
    return {
      day,
      keys: Keys.map((key, index) => (groupBy[index] ? valueOf(groupBy[index], key) : key)),
      billed: billed.Amount,
      effective: effective.Amount,
      currency: billed.Unit,
      quantity: quantity ? { amount: quantity.Amount, unit: quantity.Unit } : null,
    };
  });
}

/** Makes sure, before they are paid for, that so many requests more may be made. @throws Problem when not. */
export function afford({ spent, most, peer }: Explorer, count: number): void {
  if (spent.requests + count <= most) return;
  throw new Problem(`${peer.name} would need more than ${most} requests, at $0.01 each, for what this source asks for`, {
    remedy: "Shorten groupBy of this source, or raise its mostRequests; an export to S3 (source focus) costs nothing to ask for.",
  });
}

/**
 * Costs by day in at most two groups, every page of them, inside the days asked for.
 * @throws Problem for a refusal, an unknown answer, or one request too many.
 */
export async function askCosts(
  explorer: Explorer,
  groupBy: readonly Dimension[],
  conditions: readonly Condition[] = [],
): Promise<readonly Line[]> {
  const { peer, asked, billed, effective, names, spent } = explorer;
  const body = {
    TimePeriod: { Start: asked.start, End: asked.end },
    Granularity: "DAILY",
    Metrics: [...new Set([billed, effective]), "UsageQuantity"],
    ...(groupBy.length > 0 ? { GroupBy: groupBy } : {}),
    ...(conditions.length > 0 ? { Filter: expressionOf(conditions) } : {}),
  };
  const headers = { "x-amz-target": "AWSInsightsIndexService.GetCostAndUsage" };
  const lines = await allPages(peer.name, async (NextPageToken) => {
    afford(explorer, 1);
    spent.requests += 1;
    const answer = await askJson(peer, { path: "/", headers, body: NextPageToken === null ? body : { ...body, NextPageToken } }, page);
    for (const { Value, Attributes } of answer.DimensionValueAttributes ?? []) names.set(Value, Attributes?.["description"] ?? "");
    return { items: answer.ResultsByTime.flatMap((result) => linesOf(explorer, groupBy, result)), next: answer.NextPageToken || null };
  });
  return lines.filter(({ day }) => contains(asked, day));
}

/** Makes sure that the parts add up to the whole in both kinds of money, day by day. @throws Problem */
export function assertWhole({ peer }: Pick<Explorer, "peer">, parts: readonly Line[], whole: readonly Line[]): void {
  for (const money of ["billed", "effective"] as const) {
    const amounts = (lines: readonly Line[]) => lines.map((line) => ({ day: line.day, amount: line[money] }));
    assertSameSums(peer.name, amounts(parts), amounts(whole));
  }
}
