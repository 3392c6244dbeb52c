import { daysBetween } from "../../core/day.ts";
import { deliver, type Delivery } from "../../core/ledger/delivery.ts";
import { decimalToMicros, microsText, sum, zero } from "../../core/money.ts";
import { Problem } from "../../core/problem.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import type { World } from "../../core/world.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { rangeText } from "../http/days.ts";
import { fromCents } from "../http/money.ts";
import { peerOf } from "../http/peer.ts";
import { rangeToAsk } from "../http/range.ts";
import { usageRow } from "../http/row.ts";
import { userText } from "../http/users.ts";
import type { SourceContext } from "../source.ts";
import { type CursorConfig, vendor } from "./entry.ts";
import { type UsageEvent, usageEvents } from "./events.ts";
import { excessOverSpend } from "./spend.ts";

/** The key is the name of the user; there is no password. */
function peerOfTeam(config: CursorConfig, world: World): Peer {
  const basic = (secret: string) => btoa(`${secret}:`);
  const peer = peerOf(config, vendor, world, (secret) => ({ authorization: `Basic ${basic(secret)}` }));
  return { ...peer, secrets: [...peer.secrets, ...peer.secrets.map(basic)] };
}

/**
 * Whether an event is on the invoice on top of the plan. Events that the plan includes, free ones and failed ones may bear an amount as well:
 * it says what they would have cost.
 */
export function isCharged({ kind, isChargeable }: Pick<UsageEvent, "kind" | "isChargeable">): boolean {
  return isChargeable !== false && !/included/i.test(kind);
}

/** From so many days on a range is likely to hold the start of the billing cycle. */
const daysOfCycle = 28;

/** What Cursor's own sum says of the events; when it cannot be asked for, a warning says why. */
async function reconciled(peer: Peer, source: string, charged: readonly UsageEvent[]): Promise<string[]> {
  const amounts = charged.map(({ timestamp, chargedCents }) => ({ timestamp, cost: fromCents(chargedCents) }));
  try {
    return await excessOverSpend(peer, source, amounts);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return [`source \`${source}\` could not be compared with Cursor's own sum: ${error.message}`];
  }
}

/**
 * Reads every usage event of a team into daily charges: on-demand usage at what is charged, included usage at no cost.
 * @throws Problem when the events cannot be read in full; then nothing is delivered.
 */
export async function readCursor(config: CursorConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  const peer = peerOfTeam(config, context.world);
  const asked = rangeToAsk(config, vendor, context);
  const events = await usageEvents(peer, asked, (context.piece?.number ?? 1) > 1);
  const rows = events.map((event) => {
    const { tokenUsage } = event;
    return usageRow({
      day: event.day,
      provider: "Cursor",
      service: isCharged(event) ? "On-demand usage" : "Included usage",
      currency: "USD",
      source: config.name,
      model: event.model,
      account: userText(event.userEmail, config.users),
      billed: isCharged(event) ? fromCents(event.chargedCents) : zero,
      requests: 1,
      inputTokens: tokenUsage?.inputTokens ?? null,
      cacheReadTokens: tokenUsage?.cacheReadTokens ?? null,
      cacheWriteTokens: tokenUsage?.cacheWriteTokens ?? null,
      outputTokens: tokenUsage?.outputTokens ?? null,
    });
  });
  const included = sum(events.filter((event) => !isCharged(event)).map(({ chargedCents }) => decimalToMicros(fromCents(chargedCents))));
  const warnings = [
    ...(included > 0n
      ? [
          `source \`${config.name}\`: ${microsText(included)} USD of usage is included in the plan and not counted (${rangeText(asked)}); its seats are on no API`,
        ]
      : []),
    ...(asked.end < context.asOf || daysBetween(asked.start, asked.end) < daysOfCycle
      ? []
      : await reconciled(peer, config.name, events.filter(isCharged))),
  ];
  return deliver({ source: config.name, rows, asOf: context.asOf, settlingDays: config.settlingDays, ranges: [asked], warnings });
}
