import { addDays, contains, type Day, isDay, type Period } from "../../core/day.ts";
import type { Counters } from "../../core/ledger/charge.ts";
import { counterFields, deliver, type Delivery, type ExactRow } from "../../core/ledger/delivery.ts";
import { type Decimal, decimalToMicros, microsPerCent, microsText, sum, zero } from "../../core/money.ts";
import { Problem } from "../../core/problem.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { inParallel } from "../../shell/parallel.ts";
import { rangeText } from "../http/days.ts";
import { minus } from "../http/money.ts";
import { peerOf } from "../http/peer.ts";
import { rangeToAsk } from "../http/range.ts";
import { usageRow } from "../http/row.ts";
import { assertSameSums } from "../http/sums.ts";
import type { SourceContext } from "../source.ts";
import { type VercelConfig, vendor } from "./entry.ts";
import { countersOf, type Result, resultsOf } from "./report.ts";

/** A part of a day: what was charged for one model, provider, tag or user. */
interface Part {
  readonly day: Day;
  readonly name: string;
  readonly cost: Decimal;
  readonly counters: Counters;
}

const isUsed = ({ cost, counters }: Part) => cost.units !== 0n || counterFields.some((field) => (counters[field] ?? 0) !== 0);

/** Every day that something was used on, as a whole. @throws Problem for a row of another day. */
async function wholeDays(peer: Peer, asked: Period): Promise<Part[]> {
  const results = await resultsOf(peer, asked, "day");
  const parts = results.map((result) => {
    const day = (result.day ?? "").slice(0, 10);
    if (!isDay(day) || !contains(asked, day))
      throw new Problem(`${peer.name} answered with a row of ${day || "no day"}, which was not asked for`, {
        remedy: "Please report this; nothing of this source was read.",
      });
    return { day, name: "", cost: result.total_cost, counters: countersOf(result) };
  });
  return parts.filter(isUsed);
}

/** What the parts leave of a whole day: requests without a tag or a user. */
function restOf(whole: Part, parts: readonly Part[]): Part {
  const left = (field: keyof Counters) =>
    Math.max(
      0,
      parts.reduce((rest, { counters }) => rest - (counters[field] ?? 0), whole.counters[field] ?? 0),
    );
  return {
    ...whole,
    cost: parts.reduce((rest, { cost }) => minus(rest, cost), whole.cost),
    counters: Object.fromEntries(counterFields.map((field) => [field, left(field)])) as Record<keyof Counters, number>,
  };
}

/** The parts of a day, which add up to it. @throws Problem when they do not: requests with two tags stand in both. */
function partsOf(peer: Peer, groupBy: VercelConfig["groupBy"], whole: Part, results: readonly Result[]): Part[] {
  const parts = results.map((result) => ({
    day: whole.day,
    name: result[groupBy] ?? "",
    cost: result.total_cost,
    counters: countersOf(result),
  }));
  if (groupBy === "model" || groupBy === "provider") {
    const amounts = parts.map(({ day, cost }) => ({ day, amount: cost }));
    assertSameSums(peer.name, amounts, [{ day: whole.day, amount: whole.cost }]);
    return parts;
  }
  const rest = restOf(whole, parts);
  if (decimalToMicros(rest.cost) < -microsPerCent)
    throw new Problem(`${peer.name} charges less on ${whole.day} than its ${groupBy}s add up to: requests with several count in each`, {
      remedy: "Use groupBy: model for this source, or let each request bear one only.",
    });
  return decimalToMicros(rest.cost) === 0n && !isUsed({ ...rest, cost: zero }) ? parts : [...parts, rest];
}

function rowOf({ day, name, cost, counters }: Part, { groupBy, name: source }: VercelConfig & SourceConfig): ExactRow {
  const places = { model: "model", provider: "service", tag: "project", user: "account" } as const;
  const place = name === "" ? {} : { [places[groupBy]]: name };
  return usageRow({ day, provider: "Vercel", service: "AI Gateway", currency: "USD", source, billed: cost, ...counters, ...place });
}

/** What own keys cost at their providers by list: rows that Vercel charges nothing for. */
function ownKeys(source: string, asked: Period, results: readonly Result[]): string[] {
  const own = results.filter(({ total_cost, market_cost }) => total_cost.units === 0n && market_cost);
  const cost = sum(own.map(({ market_cost }) => decimalToMicros(market_cost ?? zero)));
  return cost > 0n
    ? [
        `source \`${source}\`: usage of ${microsText(cost)} USD by list is not charged by Vercel (keys of your own, ${rangeText(asked)}) and not counted`,
      ]
    : [];
}

/**
 * Reads what the gateway charged: all days in one report, then a report for each day that something was used on, as Vercel groups by one thing
 * at a time.
 * @throws Problem when a report cannot be read, or its groups do not add up; then nothing is delivered.
 */
export async function readVercel(config: VercelConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  const peer = peerOf(config, vendor, context.world, (secret) => ({ authorization: `Bearer ${secret}` }));
  const asked = rangeToAsk(config, vendor, context);
  const days = await wholeDays(peer, asked);
  const reports = await inParallel(days, 4, async (whole) => {
    const results = await resultsOf(peer, { start: whole.day, end: addDays(whole.day, 1) }, config.groupBy);
    return { results, parts: partsOf(peer, config.groupBy, whole, results) };
  });
  return deliver({
    source: config.name,
    rows: reports.flatMap(({ parts }) => parts.map((part) => rowOf(part, config))),
    asOf: context.asOf,
    settlingDays: config.settlingDays,
    ranges: [asked],
    warnings: ownKeys(
      config.name,
      asked,
      reports.flatMap(({ results }) => results),
    ),
  });
}
